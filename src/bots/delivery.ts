import { setMaxListeners } from 'node:events';

import { AppError, toAppError } from '../errors.ts';
import type { Call } from '../pipeline/types.ts';
import { SYSTEM_CLOCK } from '../queue/clock.ts';
import { PlatformPace } from './delivery/platform-pace.ts';
import { Courier, type CourierTools } from './delivery/courier.ts';
import { DELIVERY_TIMING, type DeliveryParts } from './delivery/parts.ts';
import { postNote, type Note } from './delivery/post-note.ts';

/** Keeps threads equal to their turns: whatever happens, nothing is lost there and nothing told twice. */
export interface Delivery extends AsyncDisposable {
  /** Takes care of what an earlier life left, and from then on looks for that every minute. */
  start(): Promise<void>;
  /**
   * Takes a turn that was just written, or that changed: to the queue, if it may run, and to its
   * thread. Returns at once; doing so any number of times does no harm.
   */
  take(turnId: string): void;
  /**
   * Says something in a conversation, once per slot, and waits for a platform that is not there.
   * @return The id of the message; undefined where the conversation was forgotten.
   * @throws {AppError} What the platform does not take; the reason of the signal.
   */
  note(note: Note, call: Call): Promise<string | undefined>;
  /** Resolves when nothing is being done any more for turns that were taken. */
  idle(): Promise<void>;
}

export type { Note } from './delivery/post-note.ts';

/** Turns looked at by one sweep. */
const SWEEP_LIMIT = 1_000;

export function openDelivery(parts: DeliveryParts): Delivery {
  return new TurnDelivery(parts);
}

class TurnDelivery implements Delivery {
  readonly #tools: CourierTools;
  readonly #couriers = new Map<string, { courier: Courier; done: Promise<void>; again: boolean }>();
  readonly #shutdown = new AbortController();
  #cancelTimers: (() => void)[] = [];
  #sweeping: Promise<void> = Promise.resolve();

  constructor({ timing, adapters, ...parts }: DeliveryParts) {
    // Each turn in hand listens to it.
    setMaxListeners(0, this.#shutdown.signal);
    this.#tools = {
      clock: SYSTEM_CLOCK,
      onFault: () => {},
      limits: {},
      ...parts,
      timing: { ...DELIVERY_TIMING, ...timing },
      adapterFor: (platform) => adapters.find((adapter) => adapter.platform === platform),
      pace: new PlatformPace(),
      sureOf: new Map(),
      onReleased: ({ id }) => this.take(id),
    };
  }

  async start(): Promise<void> {
    const { sweepIntervalMs, positionIntervalMs } = this.#tools.timing;
    await this.#sweep();
    this.#every(sweepIntervalMs, () => this.#sweep());
    this.#every(positionIntervalMs, () => this.#placeAll());
  }

  take(turnId: string): void {
    if (this.#shutdown.signal.aborted) return;
    const running = this.#couriers.get(turnId);
    if (running) {
      running.again = true;
      return;
    }
    const courier = new Courier(this.#tools, turnId);
    const done = this.#runToEnd(courier, turnId);
    this.#couriers.set(turnId, { courier, done, again: false });
  }

  async #runToEnd(courier: Courier, turnId: string): Promise<void> {
    await courier.run({ signal: this.#shutdown.signal });
    const again = this.#couriers.get(turnId)?.again;
    this.#couriers.delete(turnId);
    if (again) this.take(turnId);
  }

  note(note: Note, call: Call): Promise<string | undefined> {
    return postNote(this.#tools, note, call);
  }

  async idle(): Promise<void> {
    while (this.#couriers.size > 0) {
      await Promise.all([...this.#couriers.values()].map(({ done }) => done));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shutdown.abort(
      new AppError('SHUTDOWN', 'The bot is shutting down; it goes on after that.', {
        retryable: true,
      }),
    );
    for (const cancel of this.#cancelTimers) cancel();
    await this.#sweeping;
    await this.idle();
  }

  /** Does some work again and again, each time a while after it was done. */
  #every(intervalMs: number, work: () => Promise<void>): void {
    if (this.#shutdown.signal.aborted) return;
    const index = this.#cancelTimers.length;
    const arm = () => {
      this.#cancelTimers[index] = this.#tools.clock.after(intervalMs, () => {
        void work().then(() => this.#shutdown.signal.aborted || arm());
      });
    };
    arm();
  }

  /** Takes every turn that is open or not delivered yet; those that others care for stay theirs. */
  #sweep(): Promise<void> {
    this.#sweeping = this.#quietly(async () => {
      const { store, queue } = this.#tools;
      const [open, undelivered] = await Promise.all([
        store.openTurns(),
        store.undelivered(SWEEP_LIMIT),
      ]);
      const ids = new Set([...open, ...undelivered].map(({ id }) => id));
      const followed = [...ids].filter((id) => this.#couriers.get(id)?.courier.isFollowing);
      const positions = await queue.position(followed);
      for (const id of ids) {
        const running = this.#couriers.get(id);
        if (!running) this.take(id);
        else if (running.courier.isFollowing && !positions.has(id)) running.courier.recheck();
      }
    });
    return this.#sweeping;
  }

  /** Tells the turns in the queue where they are. */
  #placeAll(): Promise<void> {
    return this.#quietly(async () => {
      const following = [...this.#couriers].filter(([, { courier }]) => courier.isFollowing);
      if (following.length === 0) return;
      const positions = await this.#tools.queue.position(following.map(([id]) => id));
      for (const [id, { courier }] of following) courier.place(positions.get(id));
    });
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#shutdown.signal.aborted) this.#tools.onFault({ error: toAppError(error) });
    }
  }
}
