import { picturesOf, type ChatMessage, type Picture } from '../../../src/bots/messages.ts';
import { textsIn } from '../message-texts.ts';
import type { Product } from '../product.ts';
import { WebChatClient, type SentMessage } from '../web-chat-client.ts';
import type { Shown, ShownPicture, Surface } from './surface.ts';

/** The chat in the browser, spoken to as its page does. */
export function openWeb(): Promise<Surface> {
  const closed = new AbortController();
  let client: WebChatClient | undefined;
  return Promise.resolve({
    settings: {},
    arrival: ({ url }: Product) => {
      client = new WebChatClient(url);
      return Promise.resolve();
    },
    ask: async (request, picture) => {
      if (!client) throw new Error('No bot is there.');
      const chat = client;
      const { thread } = await chat.say(request, { files: [picture] });
      const messages = new Map<string, SentMessage>();
      void read(chat.events(thread, undefined, closed.signal), messages);
      return {
        look: () =>
          [...messages.values()]
            .filter(({ isDeleted }) => !isDeleted)
            .toSorted((one, other) => one.position - other.position)
            .map((message) => shown(message, chat)),
        says: (text) => chat.say(text, { thread }),
      };
    },
    [Symbol.asyncDispose]: () => {
      closed.abort();
      return Promise.resolve();
    },
  } satisfies Surface);
}

/** Keeps the latest state of each message, until the reader leaves. */
async function read(
  events: ReturnType<WebChatClient['events']>,
  messages: Map<string, SentMessage>,
): Promise<void> {
  try {
    for await (const { messages: news } of events) {
      for (const message of news) messages.set(message.id, message);
    }
  } catch {
    // What it misses by that, a test will miss as well.
  }
}

function shown({ id, content }: SentMessage, client: WebChatClient): Shown {
  if (!content || !('kind' in content)) {
    return { kind: 'person', text: content?.text ?? '', pictures: [], buttons: [] };
  }
  return {
    kind: content.kind === 'round' || content.kind === 'final' ? content.kind : 'other',
    text: textsIn(content).join('\n'),
    pictures: picturesOf(content).map((picture) => shownPicture(picture, client)),
    buttons: buttonsOf(content).map(({ label, ...action }) => ({
      label,
      press: () => client.press(id, action),
    })),
  };
}

const buttonsOf = ({ buttons }: ChatMessage) =>
  buttons.map(({ style: _style, ...button }) => button);

const shownPicture = ({ alt, image, format }: Picture, client: WebChatClient): ShownPicture => ({
  alt,
  bytes: async () => {
    const form = new URLSearchParams({ name: 'picture', ...(format && { format }) });
    const response = await client.fetch(`/files/${image.id}?${form.toString()}`);
    if (!response.ok) throw new Error(`The picture came to ${response.status}.`);
    return new Uint8Array(await response.arrayBuffer());
  },
});
