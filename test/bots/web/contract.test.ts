import { describe } from 'vitest';

import { picturesOf, type ChatMessage } from '../../../src/bots/messages.ts';
import { AppError } from '../../../src/errors.ts';
import type { WebChat } from '../../../src/store/web-chat.ts';
import { chatAdapterContract } from '../../contract/chat-adapter.ts';
import type { AdapterHome } from '../../contract/chat-adapter/home.ts';
import { textsIn } from '../../support/message-texts.ts';
import { WebChatClient } from '../../support/web-chat-client.ts';
import { openWebHome, urlOf } from '../../support/web-home.ts';

type Trouble = Parameters<AdapterHome['trouble']>[0];

const FAILURES: Readonly<Record<Trouble, () => AppError>> = {
  'rate-limited': () =>
    new AppError('RATE_LIMITED', 'Too much.', { retryable: true, retryAfterMs: 10 }),
  'hangs-up': () => new AppError('STORE_UNAVAILABLE', 'Gone.', { retryable: true }),
  lost: () => new AppError('STORE_UNAVAILABLE', 'Gone.', { retryable: true }),
};

/** A chat whose next call goes wrong when it is told to. */
function troubled(chat: WebChat, next: () => Trouble | undefined): WebChat {
  return {
    ...chat,
    post: async (...call) => {
      const trouble = next();
      if (trouble !== undefined && trouble !== 'lost') throw FAILURES[trouble]();
      const posted = await chat.post(...call);
      if (trouble === 'lost') throw FAILURES.lost();
      return posted;
    },
  };
}

async function webHome(): Promise<AdapterHome> {
  const home = await openWebHome();
  const troubles: Trouble[] = [];
  const adapter = home.adapter({ chat: troubled(home.chat, () => troubles.shift()) });
  const thread = await home.chat.open('A garden');
  const client = () => new WebChatClient(urlOf(adapter));
  return {
    adapter,
    destination: { place: { platform: 'web', channel: 'local', thread }, context: {} },
    thread: async () =>
      (await client().read(thread)).map(({ id, content }) => {
        const message = content as ChatMessage;
        return {
          messageId: id,
          text: textsIn(message).join('\n'),
          pictures: picturesOf(message).map(({ alt, image }) => ({ alt, imageId: image.id })),
          actions: message.buttons.map(({ label: _label, style: _style, ...action }) => action),
        };
      }),
    rest: () => Promise.resolve(),
    trouble: (kind) => void troubles.push(kind),
    deleteMessage: (messageId) => home.chat.remove(thread, messageId),
    removePlace: async () => {
      await client().fetch(`/api/threads/${thread}`, { method: 'DELETE' });
    },
    say: async (text, file) => {
      await client().say(text, { thread, ...(file && { files: [file.bytes] }) });
    },
    press: async (messageId, action) => {
      await client().press(messageId, action);
    },
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

describe('the local chat', () => {
  chatAdapterContract(webHome);
});
