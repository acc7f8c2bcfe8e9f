import type { Call } from '../../pipeline/types.ts';
import type { IncomingCommand } from '../types.ts';
import { forgetConversation, forgetPerson } from './forget.ts';
import type { Occasion, Tools } from './parts.ts';
import { showHome, tellRecent } from './recent.ts';
import { whisper } from './say.ts';
import { hearSettings } from './settings.ts';
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
        : tellRecent(tools, occasion, call);
    case 'home':
      return showHome(tools, occasion, call);
    case 'settings':
      return hearSettings(tools, occasion, call);
    case 'forget-me':
      return forgetPerson(tools, occasion, call);
    case 'forget-conversation':
      return conversation && forgetConversation(tools, occasion, conversation, call);
  }
  return command satisfies never;
}
