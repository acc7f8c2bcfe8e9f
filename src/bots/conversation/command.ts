import type { Call } from '../../pipeline/types.ts';
import type { IncomingCommand } from '../types.ts';
import { forgetConversation, forgetPerson } from './forget.ts';
import type { Occasion, Tools } from './parts.ts';
import { whisper } from './say.ts';
import { history } from './tell.ts';

/** Does what a command asks for that is no request. */
export async function hearCommand(
  tools: Tools,
  occasion: Occasion<IncomingCommand>,
  call: Call,
): Promise<void> {
  const { incoming, sentences } = occasion;
  const { command, place } = incoming;
  const conversation = await tools.store.findConversation(place);
  switch (command) {
    case 'help':
      return whisper(tools, occasion, conversation, sentences.replies.help, call);
    case 'history':
      return conversation
        ? history(tools, { ...occasion, conversation }, call)
        : whisper(tools, occasion, undefined, sentences.replies.noHistory, call);
    case 'forget-me':
      return forgetPerson(tools, occasion, call);
    case 'home':
    case 'settings':
      return;
    case 'forget-conversation':
      return conversation && forgetConversation(tools, occasion, conversation, call);
  }
  return command satisfies never;
}
