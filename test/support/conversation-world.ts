import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, vi } from 'vitest';

import { openConversations, type Conversations } from '../../src/bots/conversation.ts';
import type { ConversationLimits } from '../../src/bots/conversation/parts.ts';
import { openDelivery, type Delivery } from '../../src/bots/delivery.ts';
import type { ChatAdapter } from '../../src/bots/types.ts';
import type { AppError } from '../../src/errors.ts';
import { openIntake, type Intake } from '../../src/image/intake.ts';
import { SYSTEM_CLOCK } from '../../src/queue/clock.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import type { EditQueue } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import type { Conversation, Turn } from '../../src/store/records.ts';
import { openFileImages } from '../../src/store/images/file-images.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import type { ConversationStore, ImageStore } from '../../src/store/types.ts';
import { Chat } from './chat.ts';
import { HeldEngine } from './held-engine.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const call = { signal: new AbortController().signal };

export interface WorldOptions {
  readonly limits?: Partial<ConversationLimits>;
  readonly seeded?: boolean;
  readonly admins?: readonly string[];
  readonly priorityRoles?: readonly string[];
  readonly adapter?: Partial<ChatAdapter>;
}

/** A whole bot but for its engine, with people who talk to it. New for each test. */
export class ConversationWorld {
  readonly chat = new Chat();
  readonly engine = new HeldEngine();
  readonly faults: AppError[] = [];
  store!: ConversationStore;
  images!: ImageStore;
  conversations!: Conversations;
  #folder!: string;
  #queue!: EditQueue;
  #delivery!: Delivery;
  #intake!: Intake;

  async open(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'reasonedit-talk-'));
    this.store = await openConversationStore({ DATA_DIR: this.#folder, AUDIT_TEXT: false });
    this.images = await openFileImages(join(this.#folder, 'images'));
    this.#intake = openIntake();
    for (const [name, color] of Object.entries({ photo: '#a63', other: '#36a', third: '#3a6' })) {
      const image = sharp({ create: { width: 24, height: 16, channels: 3, background: color } });
      this.chat.files.set(name, await image.png().toBuffer());
    }
    this.chat.files.set('broken', Buffer.from('not a picture at all'));
  }

  /** Starts the bot; again after `stop`. */
  async start({
    limits,
    seeded = true,
    admins = [],
    priorityRoles = [],
    adapter,
  }: WorldOptions = {}): Promise<void> {
    const { store, images, engine } = this;
    const worker = createWorker({ engine: () => Promise.resolve(engine), images });
    this.#queue = openLocalQueue({ worker, retryDelayMs: 5 });
    const adapters = [this.chat.adapter(adapter)];
    const onFault = ({ error }: { readonly error: AppError }) => void this.faults.push(error);
    const facts = { ...engine.capabilities, seeded };
    this.#delivery = openDelivery({
      store,
      images,
      queue: this.#queue,
      adapters,
      engines: () => facts,
      owner: 'bots',
      onFault,
      timing: { retryMs: 5 },
    });
    this.conversations = openConversations({
      store,
      images,
      intake: this.#intake,
      queue: this.#queue,
      delivery: this.#delivery,
      adapters,
      engines: { defaultName: 'held', find: (name) => (name === 'held' ? facts : undefined) },
      limits: { maxRounds: 3, maxBytes: 1e6, maxPromptCharacters: 200, turns: {}, ...limits },
      admins: new Set(admins),
      priorityRoles: new Set(priorityRoles),
      // So that no test crosses a minute by itself.
      clock: { ...SYSTEM_CLOCK, now: () => NOON },
      onFault,
    });
    await this.#delivery.start();
    await this.conversations.start();
    for (const each of adapters) await each.start(this.conversations.receive, call);
  }

  /** Everything has been dealt with and told. */
  async idle(): Promise<void> {
    await this.conversations.idle();
    await this.#delivery.idle();
  }

  /** Somebody says something, and all comes of it that can. */
  async says(...saying: Parameters<Chat['says']>): Promise<string> {
    const key = await this.chat.says(...saying);
    await this.idle();
    return key;
  }

  /** The same where a turn is held: until it has been dealt with, and no longer. */
  async mentions(...saying: Parameters<Chat['says']>): Promise<string> {
    const key = await this.chat.says(...saying);
    await this.conversations.idle();
    return key;
  }

  /** Resolves once the turn of a message is at work on its edit. */
  async atWork(key: string): Promise<Turn> {
    return vi.waitFor(async () => {
      const turn = await this.store.turnOfMessage(key);
      if (!turn?.thought) throw new Error('It is not at work yet.');
      return turn;
    });
  }

  async turn(key: string): Promise<Turn> {
    const turn = await this.store.turnOfMessage(key);
    if (!turn) throw new Error('That message became no turn.');
    return turn;
  }

  async conversation(thread = 'thread-1'): Promise<Conversation> {
    const place = { platform: 'recording', channel: 'garden', thread };
    const conversation = await this.store.findConversation(place);
    if (!conversation) throw new Error('There is no conversation.');
    return conversation;
  }

  /** All notes of the bot, in order. */
  get notes(): readonly string[] {
    return this.chat.messages.flatMap(({ message }) =>
      message.kind === 'note' ? [message.text] : [],
    );
  }

  async stop(): Promise<void> {
    await this.conversations[Symbol.asyncDispose]();
    await this.#delivery[Symbol.asyncDispose]();
    await this.#queue[Symbol.asyncDispose]();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#intake[Symbol.asyncDispose]();
    await this.store[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true });
  }
}

/** A world for each test of a file, started unless the test does so itself. */
export function useConversationWorld(options?: WorldOptions): {
  readonly world: ConversationWorld;
} {
  let world = new ConversationWorld();
  beforeEach(async () => {
    world = new ConversationWorld();
    await world.open();
    await world.start(options);
  });
  afterEach(async () => {
    await world.close();
  });
  return {
    get world() {
      return world;
    },
  };
}
