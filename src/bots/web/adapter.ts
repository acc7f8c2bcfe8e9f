import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import { AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { SYSTEM_CLOCK } from '../../queue/clock.ts';
import { randomId } from '../../store/sql/ids.ts';
import type { WebContent } from '../../store/web-chat.ts';
import { picturesOf } from '../messages.ts';
import type {
  AdapterCapabilities,
  AttachmentReference,
  ChatAdapter,
  Destination,
  IncomingMessage,
  Painting,
  PostedMessage,
  Receive,
} from '../types.ts';
import { asPlatformError, messageGone, threadGone } from './adapter-errors.ts';
import { Bells } from './bells.ts';
import type { WebParts } from './parts.ts';
import { incomingMessage, PLATFORM } from './said.ts';
import { makeServer } from './server.ts';
import { takeSaying } from './take-saying.ts';
import { UploadFolder } from './upload-folder.ts';

/** The chat in the browser, and how it is reached. */
export interface WebAdapter extends ChatAdapter {
  /** Such as `http://127.0.0.1:8787/`; undefined until it has started. */
  readonly url: string | undefined;
  /**
   * Begins a thread, as the person would do in the page.
   * @return The message: by its key its turn is found.
   */
  say(
    text: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
    call: Call,
  ): Promise<IncomingMessage>;
}

const CAPABILITIES: AdapterCapabilities = {
  maxMessageCharacters: 200_000,
  maxTextCharacters: 100_000,
  maxAltCharacters: 2_000,
  maxLabelCharacters: 80,
  maxButtons: 25,
  editIntervalMs: 100,
  postIntervalMs: 10,
};

/** Messages looked at before more are asked for, at the start. */
const BATCH = 100;

/** The chat in the browser, served by this process once it is started. */
export function openWebAdapter(parts: WebParts): WebAdapter {
  return new LocalChat(parts);
}

class LocalChat implements WebAdapter {
  readonly platform = PLATFORM;
  readonly capabilities = CAPABILITIES;
  readonly accounts = 'of-platform';
  readonly #parts: WebParts;
  readonly #bells = new Bells();
  readonly #uploads: UploadFolder;
  readonly #closing = new AbortController();
  #server: FastifyInstance | undefined;
  #receive: Receive = () => Promise.reject(new Error('The chat has not started.'));

  constructor(parts: WebParts) {
    this.#parts = parts;
    // Each request in hand listens to it.
    setMaxListeners(0, this.#closing.signal);
    const folder = join(parts.settings.DATA_DIR, 'uploads');
    this.#uploads = new UploadFolder(folder, parts.clock ?? SYSTEM_CLOCK);
  }

  get url(): string | undefined {
    const address = this.#server?.server.address();
    if (!address || typeof address === 'string') return undefined;
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${host}:${address.port}/`;
  }

  /**
   * Listens, and hands over what the bot has not heard in an earlier life.
   * @throws {AppError} `BAD_SETTINGS` where it can't listen there.
   */
  async start(receive: Receive, { signal }: Call): Promise<void> {
    signal.throwIfAborted();
    const { chat, images, settings, clock = SYSTEM_CLOCK } = this.#parts;
    const tools = {
      chat,
      images,
      clock,
      bells: this.#bells,
      uploads: this.#uploads,
      receive,
      maxUploadBytes: settings.MAX_IMAGE_MEGABYTES * 1e6,
      signal: this.#closing.signal,
    };
    this.#receive = receive;
    const server = await makeServer(tools, this.#parts);
    await this.#handOver(receive);
    await this.#listen(server);
    this.#server = server;
  }

  async #listen(server: FastifyInstance): Promise<void> {
    const { WEB_HOST: host, WEB_PORT: port } = this.#parts.settings;
    try {
      await server.listen({ host, port });
    } catch (error) {
      await server.close();
      throw new AppError(
        'BAD_SETTINGS',
        `The chat can’t be served at ${host}:${port}; set another WEB_PORT or WEB_HOST.`,
        { cause: error },
      );
    }
  }

  async #handOver(receive: Receive): Promise<void> {
    const { chat } = this.#parts;
    for (;;) {
      const unheard = await chat.unheard(BATCH);
      for (const said of unheard) {
        await receive(incomingMessage(said));
        await chat.heard(said.messageId);
      }
      if (unheard.length < BATCH) return;
    }
  }

  async say(
    text: string,
    { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
    call: Call,
  ): Promise<IncomingMessage> {
    const limits = { maxBytes: bytes.length };
    const upload = await this.#uploads.keep(Readable.from([bytes]), limits, call);
    const saying = { key: randomId(), text, uploads: [{ ...upload, name }] };
    const tools = { chat: this.#parts.chat, bells: this.#bells, receive: this.#receive };
    return takeSaying(tools, saying);
  }

  async postMessage(
    { place, context }: Destination,
    painting: Painting,
    marker: string,
    call: Call,
  ): Promise<PostedMessage> {
    const { answers } = context;
    const messageId = await this.#write(call, () =>
      this.#parts.chat.post(place.thread ?? '', {
        marker,
        ...contentOf(painting),
        ...(answers !== undefined && { answers }),
      }),
    );
    if (messageId === undefined) throw threadGone();
    return { messageId };
  }

  async updateMessage(
    { place }: Destination,
    messageId: string,
    painting: Painting,
    call: Call,
  ): Promise<void> {
    const isThere = await this.#write(call, () =>
      this.#parts.chat.update(place.thread ?? '', messageId, contentOf(painting)),
    );
    if (!isThere) throw messageGone();
  }

  async findMessage(
    { place }: Destination,
    marker: string,
    since: number,
    call: Call,
  ): Promise<PostedMessage | undefined> {
    const messageId = await this.#reach(call, () =>
      this.#parts.chat.find(place.thread ?? '', marker, since),
    );
    return messageId === undefined ? undefined : { messageId };
  }

  deleteMessage({ place }: Destination, messageId: string, call: Call): Promise<void> {
    return this.#write(call, () => this.#parts.chat.remove(place.thread ?? '', messageId));
  }

  fetchAttachment(
    { reference }: AttachmentReference,
    limits: { readonly maxBytes: number },
    call: Call,
  ): Promise<Uint8Array> {
    return this.#uploads.read(reference, limits, call);
  }

  /** All there is: nobody else writes here. */
  async forgetPerson(_author: unknown, call: Call): Promise<void> {
    for (;;) {
      const { threads, isWhole } = await this.#reach(call, () =>
        this.#parts.chat.changes(0, undefined, BATCH),
      );
      const left = threads.filter(({ isDeleted }) => !isDeleted);
      for (const { id } of left) await this.#write(call, () => this.#parts.chat.removeThread(id));
      if (isWhole) return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(
      new AppError('SHUTDOWN', 'The chat is closing; it is back soon.', { retryable: true }),
    );
    await this.#server?.close();
  }

  async #write<T>(call: Call, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#reach(call, work);
    } finally {
      this.#bells.ring();
    }
  }

  async #reach<T>({ signal }: Call, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      throw asPlatformError(error);
    }
  }
}

function contentOf({ message }: Painting): WebContent {
  const shown = picturesOf(message);
  const origin = message.kind === 'status' ? message.origin : undefined;
  const pictures = origin ? [...shown, origin.picture] : shown;
  const images = pictures.map(({ image }) => image);
  return {
    content: JSON.stringify(message),
    pictures: origin?.mask ? [...images, origin.mask] : images,
  };
}
