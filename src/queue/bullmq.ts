import { toAppError, type AppError } from '../errors.ts';
import type { Call, Capabilities } from '../pipeline/types.ts';
import { announcedEngines } from './bullmq/announcements.ts';
import { checkRedisSettings } from './bullmq/check-settings.ts';
import { connect, reach } from './bullmq/connection.ts';
import { depthsIn } from './bullmq/depths.ts';
import { endTurn, overdueTurns, requestCancel } from './bullmq/ending.ts';
import { followTurn } from './bullmq/follow-turn.ts';
import { DEFAULT_PREFIX, keysUnder } from './bullmq/keys.ts';
import { NewsFeed } from './bullmq/news-feed.ts';
import { positionsOf } from './bullmq/positions.ts';
import { repeatedly, type Repetition } from './bullmq/repeatedly.ts';
import type { TurnHome } from './bullmq/script.ts';
import { TicketOffice } from './bullmq/tickets.ts';
import { enqueueTurn, releaseTurn } from './bullmq/turns.ts';
import { SYSTEM_CLOCK, type Clock } from './clock.ts';
import { shuttingDown } from './failures.ts';
import { readAddress, writeJob, type EditJob } from './job.ts';
import type { Depth, EditQueue, Position } from './types.ts';
import type { EditUpdate } from './update.ts';

export interface BullQueueOptions {
  readonly redisUrl: string;
  /** What all names in Redis begin with, the same for the workers. */
  readonly prefix?: string;
  /** Hears of each failure, for the log. */
  readonly onFault?: (error: AppError) => void;
  readonly clock?: Clock;
}

/** A queue in Redis, which any number of workers serve; `openBullWorker` opens one. */
export interface BullQueue extends EditQueue {
  /** The engines that workers serve now, by their names, and what each of these workers can do. */
  engines(): Promise<Map<string, Capabilities>>;
  /** What the settings of this Redis can make it lose: a sentence for each. */
  warnings(): Promise<string[]>;
}

const DEFAULTS = {
  prefix: DEFAULT_PREFIX,
  onFault: () => {},
  clock: SYSTEM_CLOCK,
} as const satisfies Omit<Required<BullQueueOptions>, 'redisUrl'>;

/** How long one command may take, a lost connection included. */
const COMMAND_MS = 5_000;
/** How late a turn that waits may be ended. */
const DEADLINES_MS = 1_000;
/** Turns ended at a time. */
const OVERDUE_LIMIT = 100;
const TICKETS_MS = 30_000;
/** How long readers may take with their last facts at the end. */
const FAREWELL_MS = 1_000;

/** Calls reject with `STORE_UNAVAILABLE` while Redis can not be reached. */
export function openBullQueue(options: BullQueueOptions): BullQueue {
  return new RedisQueue({ ...DEFAULTS, ...options });
}

class RedisQueue implements BullQueue, EditQueue {
  readonly #options: Required<BullQueueOptions>;
  readonly #home: TurnHome;
  readonly #feed: NewsFeed;
  readonly #tickets: TicketOffice;
  readonly #repetitions: readonly Repetition[];
  /** Aborts at their end. */
  readonly #connections = new AbortController();
  readonly #readers = new Set<Promise<void>>();
  #disposal: Promise<void> | undefined;

  constructor(options: Required<BullQueueOptions>) {
    const { redisUrl, prefix, onFault, clock } = options;
    const call = this.#connections;
    const redis = connect(redisUrl, { commandTimeout: COMMAND_MS }, onFault, call);
    const subscriber = connect(redisUrl, { autoResubscribe: false }, onFault, call);
    this.#options = options;
    this.#home = { redis, keys: keysUnder(prefix) };
    this.#feed = new NewsFeed(subscriber, this.#home.keys);
    this.#tickets = new TicketOffice(this.#home);
    this.#repetitions = [
      repeatedly(clock, DEADLINES_MS, () => this.#quietly(() => this.#endOverdue())),
      repeatedly(clock, TICKETS_MS, () => this.#quietly(() => this.#tickets.makeUp())),
    ];
  }

  async enqueue(job: EditJob): Promise<void> {
    const json = writeJob(job);
    const address = readAddress(JSON.parse(json));
    await this.#whileOpen(async () => {
      const { life, isWaiting } = await enqueueTurn(this.#home, address, json);
      // Whoever enqueued it before may have died before this.
      if (isWaiting) await this.#tickets.issue(address.engine, life);
    });
  }

  async *updates(
    turnId: string,
    after: string | undefined,
    call: Call,
  ): AsyncGenerator<EditUpdate, void> {
    this.#checkOpen();
    let leave = () => {};
    const reader = new Promise<void>((resolve) => (leave = resolve));
    this.#readers.add(reader);
    try {
      yield* followTurn(this.#home, this.#feed, turnId, after, call);
    } finally {
      this.#readers.delete(reader);
      leave();
    }
  }

  position(turnIds: readonly string[]): Promise<Map<string, Position>> {
    const { clock } = this.#options;
    return this.#whileOpen(() => positionsOf(this.#home, turnIds, clock.now()));
  }

  cancel(turnId: string, reason: string): Promise<'removed' | 'signalled' | 'not-found'> {
    return this.#whileOpen(async () => {
      for (;;) {
        const turn = await requestCancel(this.#home, turnId, reason);
        if (turn === undefined) return 'not-found';
        if (turn === 'running') return 'signalled';
        if (await endTurn(this.#home, turn, { kind: 'stopped', reason })) return 'removed';
      }
    });
  }

  release(turnId: string): Promise<void> {
    return this.#whileOpen(() => releaseTurn(this.#home, turnId));
  }

  depths(): Promise<Map<string, Depth>> {
    return this.#whileOpen(() => depthsIn(this.#home));
  }

  warnings(): Promise<string[]> {
    return this.#whileOpen(() => reach(checkRedisSettings(this.#home.redis)));
  }

  engines(): Promise<Map<string, Capabilities>> {
    return this.#whileOpen(async () => {
      const engines = await announcedEngines(this.#home);
      return new Map([...engines].map(([name, { capabilities }]) => [name, capabilities]));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    // Without Redis there is nothing to wait for.
    if (this.#home.redis.status !== 'ready') this.#connections.abort();
    this.#feed.close();
    await Promise.all(this.#repetitions.map((repetition) => repetition.stop()));
    let cancelTimer = () => {};
    const patience = new Promise<void>((resolve) => {
      cancelTimer = this.#options.clock.after(FAREWELL_MS, resolve);
    });
    await Promise.race([Promise.all(this.#readers), patience]);
    cancelTimer();
    await this.#tickets.close();
    this.#connections.abort();
  }

  /** Ends turns that wait past their deadline, and those whose worker is gone for good. */
  async #endOverdue(): Promise<void> {
    const now = this.#options.clock.now();
    for (const turn of await overdueTurns(this.#home, now, OVERDUE_LIMIT)) {
      await endTurn(this.#home, turn, { kind: 'expired' });
    }
  }

  #checkOpen(): void {
    if (this.#disposal) throw shuttingDown();
  }

  /** Some work, which can be cut off by the queue's end. */
  async #whileOpen<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#checkOpen();
    try {
      return await work();
    } catch (error) {
      throw this.#disposal ? shuttingDown() : error;
    }
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#disposal) this.#options.onFault(toAppError(error));
    }
  }
}
