import { cardOf } from '../../src/bots/card.ts';
import { messagesOf } from '../../src/bots/card-messages.ts';
import { openDelivery, type Delivery } from '../../src/bots/delivery.ts';
import type { DeliveryFault, DeliveryTiming } from '../../src/bots/delivery/parts.ts';
import { fitted } from '../../src/bots/fit.ts';
import type { ChatMessage } from '../../src/bots/messages.ts';
import { sentencesFor } from '../../src/bots/sentences.ts';
import type { AdapterCapabilities, ChatAdapter } from '../../src/bots/types.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import type { EditQueue } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import type { NewTurn, Turn } from '../../src/store/records.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import type { ConversationStore } from '../../src/store/types.ts';
import type { HomeSettings } from './conversation-homes.ts';
import { GatedEngine, promptOf, SOURCE, type Play } from './gated-engine.ts';
import { Life, type Death } from './life.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryImages } from './memory-images.ts';
import { recordingAdapter, RECORDING_CAPABILITIES } from './recording-adapter.ts';
import { RecordingPlatform } from './recording-platform.ts';
import { add } from './turns.ts';

export interface WorldOptions {
  /** What the adapter does otherwise. */
  readonly adapter?: Partial<ChatAdapter>;
  readonly capabilities?: AdapterCapabilities;
  readonly timing?: Partial<DeliveryTiming>;
}

/** A process takes a while to start. */
const STARTING_MS = 2_000;
/** More rounds of the clock than any story needs. */
const PATIENCE = 3_000;

/** A bot with a scripted engine, a chat platform in memory, and time that passes when it is told. */
export class DeliveryWorld implements AsyncDisposable {
  readonly clock: ManualClock;
  readonly engine = new GatedEngine();
  readonly images = new MemoryImages();
  readonly platform: RecordingPlatform;
  readonly faults: DeliveryFault[] = [];
  readonly #options: WorldOptions;
  readonly store: ConversationStore;

  private constructor(store: ConversationStore, clock: ManualClock, options: WorldOptions) {
    this.store = store;
    this.clock = clock;
    this.#options = options;
    this.platform = new RecordingPlatform(this.capabilities, () => this.clock.now());
  }

  /** Over a database of its own or of another world's. */
  static async open(home: HomeSettings, options: WorldOptions = {}): Promise<DeliveryWorld> {
    const clock = new ManualClock();
    const store = await openConversationStore(home, { now: () => clock.now() });
    return new DeliveryWorld(store, clock, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]();
  }

  get capabilities(): AdapterCapabilities {
    return this.#options.capabilities ?? RECORDING_CAPABILITIES;
  }

  /** A turn in a channel's conversation, by what the engine is to do with it. */
  async ask(channel: string, play: Play, part: Partial<NewTurn> = {}): Promise<Turn> {
    const { id: conversationId } = await this.store.openConversation({
      platform: 'recording',
      channel,
    });
    const image = await this.images.put(SOURCE);
    return add(this.store, {
      conversationId,
      person: 'recording:ann',
      messageKey: `recording:${play.name}`,
      prompt: promptOf(play),
      base: { kind: 'image', image },
      engine: 'gated',
      seed: 7,
      maxRounds: 3,
      ...part,
    });
  }

  openQueue(): EditQueue {
    const worker = createWorker({
      engine: () => Promise.resolve(this.engine),
      images: this.images,
      clock: this.clock,
    });
    return openLocalQueue({ worker, clock: this.clock, concurrency: { gated: 2 } });
  }

  openDelivery(queue: EditQueue, life = new Life(), owner = 'bots'): Delivery {
    return openDelivery({
      store: life.sees(this.store),
      images: this.images,
      queue: life.sees(queue, ['updates']),
      adapters: [
        life.sees(recordingAdapter(this.platform, this.capabilities, this.#options.adapter)),
      ],
      engines: () => ({ seeded: true }),
      owner,
      clock: this.clock,
      onFault: (fault) => this.faults.push(fault),
      ...(this.#options.timing && { timing: this.#options.timing }),
    });
  }

  /**
   * Lives until all turns are delivered, one life after the other.
   * @param keepsQueue Whether the queue is another process, which outlives the bots.
   */
  async live(deaths: readonly Death[], keepsQueue: boolean): Promise<void> {
    let queue = this.openQueue();
    for (const death of [...deaths, undefined]) {
      const life = new Life(death);
      const delivery = this.openDelivery(queue, life);
      void delivery.start();
      await this.until(async () => life.isOver || (await this.isDelivered()), life);
      if (!life.isOver) {
        await delivery[Symbol.asyncDispose]();
        break;
      }
      this.platform.meetAnother();
      this.clock.advance(STARTING_MS);
      if (keepsQueue) continue;
      await queue[Symbol.asyncDispose]();
      queue = this.openQueue();
    }
    await queue[Symbol.asyncDispose]();
  }

  /** Lets time pass until something is so. */
  async until(isSo: () => Promise<boolean> | boolean, life = new Life()): Promise<void> {
    for (let count = 0; count < PATIENCE; count += 1) {
      await this.settle(life);
      if (await isSo()) return;
      this.clock.advanceToNext();
    }
    throw new Error('It did not come to be.');
  }

  /** Lets all happen that needs no time. */
  async settle(life = new Life()): Promise<void> {
    do {
      for (let count = 0; count < 8; count += 1) await new Promise(setImmediate);
    } while (life.pending > 0 && !life.isOver);
  }

  async isDelivered(): Promise<boolean> {
    return (await this.store.undelivered(1)).length === 0;
  }

  /** What the threads have to show, by the turns as they are kept. */
  expected(turns: readonly Turn[]): ChatMessage[] {
    return turns.flatMap((turn) =>
      messagesOf(cardOf(turn, { seeded: true }), sentencesFor(undefined)).map(({ message }) =>
        fitted(message, this.capabilities),
      ),
    );
  }
}
