import type { Action } from '../../src/bots/actions.ts';
import type { ChatMessage } from '../../src/bots/messages.ts';
import type { WebMessage, WebThread } from '../../src/store/web-chat.ts';

/** A message as it goes over the wire: what was written is there as a value. */
export interface SentMessage extends Omit<WebMessage, 'content'> {
  readonly content?: ChatMessage | PersonContent;
}

export interface PersonContent {
  readonly text: string;
  readonly uploads: readonly { readonly id: string; readonly name: string }[];
  readonly repliedTo?: string;
}

export interface ChatEvent {
  readonly type: string;
  readonly id: string | undefined;
  readonly threads: readonly WebThread[];
  readonly messages: readonly SentMessage[];
}

let count = 0;

/** A key that nobody had before. */
export function freshKey(): string {
  count += 1;
  return `key${String(count).padStart(17, '0')}`;
}

/** Speaks to a chat as its page does. */
export class WebChatClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const origin = new URL(this.#url).origin;
    return fetch(new URL(path, this.#url), {
      ...init,
      headers: { origin, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  send(path: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async upload(bytes: Uint8Array): Promise<{ id: string; bytes: number }> {
    const response = await this.fetch('/api/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(bytes),
    });
    if (response.status !== 201) throw new Error(`The upload came to ${response.status}.`);
    return (await response.json()) as { id: string; bytes: number };
  }

  async say(
    text: string,
    { thread, files = [] }: { thread?: string | undefined; files?: readonly Uint8Array[] } = {},
  ): Promise<{ thread: string; message: string }> {
    const uploads = [];
    for (const bytes of files) uploads.push({ name: 'photo.png', ...(await this.upload(bytes)) });
    const saying = { key: freshKey(), text, uploads, ...(thread !== undefined && { thread }) };
    const response = await this.send('/api/messages', saying);
    if (response.status !== 201) throw new Error(`The message came to ${response.status}.`);
    return (await response.json()) as { thread: string; message: string };
  }

  press(messageId: string, action: Action): Promise<Response> {
    return this.send('/api/actions', { key: freshKey(), messageId, action });
  }

  /** Events as they come, from the last one seen on; ends with the caller's interest. */
  async *events(
    thread: string | undefined,
    lastEventId?: string,
    signal: AbortSignal = new AbortController().signal,
  ): AsyncGenerator<ChatEvent, void> {
    const path = thread === undefined ? '/api/events' : `/api/events?thread=${thread}`;
    const left = new AbortController();
    const response = await this.fetch(path, {
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
      signal: AbortSignal.any([left.signal, signal]),
    });
    if (response.status !== 200) throw new Error(`The events came to ${response.status}.`);
    let text = '';
    try {
      for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const events = `${text}${part}`.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const parsed = parseEvent(event);
          if (parsed) yield parsed;
        }
      }
    } finally {
      left.abort();
    }
  }

  /** All that a reader who comes now sees of a thread, in its order. */
  async read(thread: string | undefined): Promise<SentMessage[]> {
    const messages: SentMessage[] = [];
    for await (const event of this.events(thread)) {
      messages.push(...event.messages);
      if (event.type === 'ready') break;
    }
    return messages
      .filter(({ isDeleted }) => !isDeleted)
      .toSorted((one, other) => one.position - other.position);
  }
}

function parseEvent(text: string): ChatEvent | undefined {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
  const type = field('event');
  if (type === undefined) return undefined;
  const data = JSON.parse(field('data') ?? '{}') as Partial<ChatEvent>;
  return { type, id: field('id'), threads: data.threads ?? [], messages: data.messages ?? [] };
}
