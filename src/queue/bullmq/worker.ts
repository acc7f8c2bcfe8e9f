import { randomUUID } from 'node:crypto';

import { Worker } from 'bullmq';

import { toAppError, type AppError } from '../../errors.ts';
import { untilAborted } from '../../image/until-aborted.ts';
import type { Capabilities } from '../../pipeline/types.ts';
import { SYSTEM_CLOCK, type Clock } from '../clock.ts';
import { atTime } from '../deadline.ts';
import { turnLost } from '../failures.ts';
import type { EditWorker } from '../types.ts';
import { announce, ANNOUNCEMENT_INTERVAL_MS, withdraw } from './announcements.ts';
import { hearCancels } from './hear-cancels.ts';
import { connect, reach, redisUnavailable } from './connection.ts';
import { DEFAULT_PREFIX, encodeEngine, keysUnder } from './keys.ts';
import { repeatedly, type Repetition } from './repeatedly.ts';
import { runTicket, type RunTools } from './run-ticket.ts';
import type { TurnControl } from './turn-control.ts';

export interface BullWorkerOptions {
  readonly redisUrl: string;
  /** What all names in Redis begin with, the same for the queues. */
  readonly prefix?: string;
  /** Plays the turns. Stays the caller's, like its engines: to be disposed of after this. */
  readonly worker: EditWorker;
  /** The engines it plays turns on, by their names. */
  readonly engines: Readonly<Record<string, Capabilities>>;
  /** Turns that run at the same time, by engine. Default 1: a hosted engine does one thing at a time. */
  readonly concurrency?: Readonly<Record<string, number>>;
  /** Runs of a turn that may fail, deaths of its workers included, before the turn does. */
  readonly maxAttempts?: number;
  /** Wait before the second run, twice as long before each further one; longer where the failure asks for that. */
  readonly retryDelayMs?: number;
  /** After this time without a sign of life others take over what this worker runs. */
  readonly lockMs?: number;
  /** How long rounds in hand may take to come to their end when this is disposed of. */
  readonly finishMs?: number;
  /** Hears of failures that are not those of turns, for the log. */
  readonly onFault?: (error: AppError) => void;
  readonly clock?: Clock;
}

const DEFAULTS = {
  prefix: DEFAULT_PREFIX,
  concurrency: {},
  maxAttempts: 3,
  retryDelayMs: 1_000,
  lockMs: 10_000,
  finishMs: 20_000,
  onFault: () => {},
  clock: SYSTEM_CLOCK,
} as const satisfies Omit<Required<BullWorkerOptions>, 'redisUrl' | 'worker' | 'engines'>;

/** How long it may take to hand back what runs. */
const HAND_BACK_MS = 5_000;

/** Serves the turns of some engines until it is disposed of: then it hands back what runs. */
export interface BullWorker extends AsyncDisposable {
  /** @throws {AppError} `STORE_UNAVAILABLE` while there is no connection to Redis. */
  ping(): Promise<void>;
}

export function openBullWorker(options: BullWorkerOptions): BullWorker {
  return new RedisWorker({ ...DEFAULTS, ...options });
}

class RedisWorker implements BullWorker {
  readonly #options: Required<BullWorkerOptions>;
  readonly #id = randomUUID();
  readonly #tools: RunTools;
  /** Aborts at their end. */
  readonly #connections = new AbortController();
  readonly #workers: readonly Worker[];
  readonly #announcing: Repetition;
  #disposal: Promise<void> | undefined;

  constructor(options: Required<BullWorkerOptions>) {
    const { redisUrl, prefix, engines, worker, maxAttempts, retryDelayMs, clock, onFault } =
      options;
    this.#options = options;
    const redis = connect(redisUrl, {}, onFault, this.#connections);
    const subscriber = connect(redisUrl, { autoResubscribe: false }, onFault, this.#connections);
    const home = { redis, keys: keysUnder(prefix) };
    const controls = new Set<TurnControl>();
    const isClosing = () => this.#disposal !== undefined;
    this.#tools = { home, worker, maxAttempts, retryDelayMs, clock, controls, isClosing };
    hearCancels(home, subscriber, controls);
    this.#workers = Object.keys(engines).map((name) => this.#serve(name));
    this.#announcing = repeatedly(clock, ANNOUNCEMENT_INTERVAL_MS, () => this.#announce());
  }

  async ping(): Promise<void> {
    const { redis } = this.#tools.home;
    // A command would wait for a connection as long as it takes.
    if (redis.status !== 'ready') throw redisUnavailable(`The connection is ${redis.status}.`);
    await reach(redis.ping());
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  #serve(engine: string): Worker {
    const { concurrency, lockMs, onFault } = this.#options;
    const worker = new Worker(
      encodeEngine(engine),
      (ticket, token) => runTicket(this.#tools, engine, ticket, token),
      {
        connection: this.#tools.home.redis,
        prefix: this.#tools.home.keys.tickets,
        concurrency: concurrency[engine] ?? 1,
        lockDuration: lockMs,
        stalledInterval: lockMs / 2,
        // How often a turn is tried is counted with the turn.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
      },
    );
    worker.on('error', (error) => onFault(faultOf(error)));
    return worker;
  }

  async #announce(): Promise<void> {
    const { engines, concurrency, onFault } = this.#options;
    const served = Object.entries(engines).map(([name, capabilities]) => {
      return [name, { capabilities, slots: concurrency[name] ?? 1 }] as const;
    });
    try {
      await announce(this.#tools.home, this.#id, Object.fromEntries(served));
    } catch (error) {
      onFault(toAppError(error));
    }
  }

  async #dispose(): Promise<void> {
    const { clock, finishMs } = this.#options;
    const { home, controls } = this.#tools;
    for (const control of controls) control.close();
    if (controls.size === 0 && home.redis.status !== 'ready') this.#connections.abort();
    const limitAt = clock.now() + finishMs;
    const cancelTimers = [
      atTime(clock, limitAt, () => controls.forEach((control) => control.handBack())),
      // Without Redis nothing can be handed back, and the locks run out.
      atTime(clock, limitAt + HAND_BACK_MS, () => this.#connections.abort()),
    ];
    const closed = Promise.all([this.#leave(), ...this.#workers.map((worker) => worker.close())]);
    await untilAborted(closed, this.#connections.signal).catch(() => {});
    for (const cancel of cancelTimers) cancel();
    this.#connections.abort();
  }

  async #leave(): Promise<void> {
    try {
      await this.#announcing.stop();
      await withdraw(this.#tools.home, this.#id);
    } catch {
      // It expires.
    }
  }
}

/** What BullMQ has to say of a lock that is another's, or of Redis. */
function faultOf(error: Error): AppError {
  return /\block\b/.test(error.message) ? turnLost(error) : redisUnavailable(error);
}
