import { setMaxListeners } from 'node:events';

import { AppError, toAppError } from '../errors.ts';
import { SYSTEM_CLOCK } from '../queue/clock.ts';
import { UNCHANGED_SETTINGS } from '../store/workspace-settings.ts';
import { hearCommand } from './conversation/command.ts';
import { inboxKey, lineAt, lineOf, readIncoming, writeIncoming } from './conversation/incoming.ts';
import { Lines } from './conversation/lines.ts';
import { hearMessage, type Dealt } from './conversation/message.ts';
import {
  personOf,
  type ConversationParts,
  type Occasion,
  type Tools,
} from './conversation/parts.ts';
import { hearPress, hearReaction } from './conversation/press.ts';
import { reasonOf } from './reason.ts';
import { whisper } from './conversation/say.ts';
import { settingsIn } from './conversation/settings.ts';
import { sentencesFor } from './sentences.ts';
import type { ChatAdapter, Incoming, Receive } from './types.ts';

export type { EngineDirectory, EngineFacts } from './conversation/parts.ts';

/** Makes turns and answers of what comes in, the same on every platform. */
export interface Conversations extends AsyncDisposable {
  /** For the adapters. What it has resolved for is dealt with, also when this process ends before. */
  readonly receive: Receive;
  /** Deals with what an earlier life left, and from then on looks for that every minute. */
  start(): Promise<void>;
  /** Resolves when all that came in has been dealt with. */
  idle(): Promise<void>;
}

export function openConversations(parts: ConversationParts): Conversations {
  return new DurableConversations(parts);
}

const SWEEP = { intervalMs: 60_000, limit: 1_000 } as const;

class DurableConversations implements Conversations {
  readonly #tools: Tools;
  readonly #lines = new Lines();
  /** Keys of what is waiting or being dealt with here. */
  readonly #inHand = new Set<string>();
  readonly #shutdown = new AbortController();
  #cancelSweep = () => {};

  constructor(parts: ConversationParts) {
    this.#tools = { clock: SYSTEM_CLOCK, onFault: () => {}, ...parts };
    // Each message in hand listens to it.
    setMaxListeners(0, this.#shutdown.signal);
  }

  receive = async (incoming: Incoming): Promise<void> => {
    const adapter = this.#adapterOf(incoming);
    if (!adapter || incoming.author.isBot) return;
    const key = inboxKey(incoming);
    const person = personOf(incoming.place, incoming.author, adapter);
    this.#shutdown.signal.throwIfAborted();
    const payload = writeIncoming(incoming);
    if ((await this.#tools.store.receive({ key, person, payload })) === 'seen') return;
    this.#take(key, incoming, false);
  };

  async start(): Promise<void> {
    await this.#sweep();
    this.#armSweep();
  }

  idle(): Promise<void> {
    return this.#lines.idle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shutdown.abort(
      new AppError('SHUTDOWN', 'The bot is shutting down; it goes on after that.', {
        retryable: true,
      }),
    );
    this.#cancelSweep();
    await this.idle();
  }

  #armSweep(): void {
    this.#cancelSweep = this.#tools.clock.after(SWEEP.intervalMs, () => {
      void this.#sweep().then(() => this.#shutdown.signal.aborted || this.#armSweep());
    });
  }

  /** Takes what nobody has dealt with. What another process has in hand is dealt with twice, to the same end. */
  async #sweep(): Promise<void> {
    try {
      for (const { key, payload } of await this.#tools.store.undealt(SWEEP.limit)) {
        const incoming = readIncoming(payload);
        if (incoming) this.#take(key, incoming, true);
        else await this.#tools.store.settle(key);
      }
    } catch (error) {
      if (!this.#shutdown.signal.aborted) this.#tools.onFault({ error: toAppError(error) });
    }
  }

  #take(key: string, incoming: Incoming, isRepeat: boolean): void {
    const adapter = this.#adapterOf(incoming);
    if (!adapter || this.#inHand.has(key)) return;
    this.#inHand.add(key);
    const { place, author } = incoming;
    const person = personOf(place, author, adapter);
    let dealt = Promise.resolve();
    const occasion: Occasion = {
      incoming,
      key,
      person,
      isAdmin: author.isAdmin || this.#tools.admins.has(person),
      adapter,
      sentences: sentencesFor(author.locale),
      settings: UNCHANGED_SETTINGS,
      holdBack: (other) => {
        const line = lineAt(other);
        if (line !== lineOf(incoming)) this.#lines.push(line, () => dealt);
      },
      isRepeat,
    };
    // Who wants something to stop does not want to wait for what comes before it.
    const isUrgent = incoming.type === 'action' && incoming.action.action === 'stop';
    const work = () => {
      dealt = this.#deal(occasion).finally(() => this.#inHand.delete(key));
      return dealt;
    };
    this.#lines.push(isUrgent ? key : lineOf(incoming), work);
  }

  #adapterOf({ place }: Incoming): ChatAdapter | undefined {
    return this.#tools.adapters.find(({ platform }) => platform === place.platform);
  }

  /** Never rejects. What fails in a way that can pass is left for the next sweep. */
  async #deal(occasion: Occasion): Promise<void> {
    const { store, onFault } = this.#tools;
    const { signal } = this.#shutdown;
    try {
      try {
        signal.throwIfAborted();
        const dealt = await this.#hear(occasion);
        await store.settle(occasion.key, { keepPayload: dealt === 'keep' });
      } catch (thrown) {
        signal.throwIfAborted();
        const error = toAppError(thrown);
        onFault({ key: occasion.key, error });
        if (error.retryable) return;
        const text = reasonOf(error, occasion.sentences);
        const { place } = occasion.incoming;
        await store.settle(occasion.key);
        const conversation = await store.findConversation(place);
        await whisper(this.#tools, occasion, conversation, text, { signal });
      }
    } catch (thrown) {
      if (!signal.aborted) onFault({ key: occasion.key, error: toAppError(thrown) });
    }
  }

  async #hear(heard: Occasion): Promise<Dealt> {
    const call = { signal: this.#shutdown.signal };
    const { incoming } = heard;
    const occasion = { ...heard, settings: await settingsIn(this.#tools, incoming.place) };
    switch (incoming.type) {
      case 'message':
        return hearMessage(this.#tools, { ...occasion, incoming }, call);
      case 'action':
        await hearPress(this.#tools, { ...occasion, incoming }, call);
        return 'done';
      case 'reaction':
        await hearReaction(this.#tools, { ...occasion, incoming }, call);
        return 'done';
      case 'command':
        await hearCommand(this.#tools, { ...occasion, incoming }, call);
        return 'done';
    }
    return incoming satisfies never;
  }
}
