import { toAppError, type AppError } from '../errors.ts';
import type { Call } from '../pipeline/types.ts';
import { SYSTEM_CLOCK, type Clock } from './clock.ts';
import { atTime } from './deadline.ts';
import { EngineLine } from './engine-line.ts';
import { shuttingDown, stopped, updatesGone } from './failures.ts';
import { PRIORITY_HEAD_START, type Ticket } from './fair-queue.ts';
import type { EditJob } from './job.ts';
import { LocalTurn } from './local-turn.ts';
import { restAfter } from './rest.ts';
import type { Depth, EditQueue, EditWorker, Position } from './types.ts';
import type { EditUpdate } from './update.ts';
import { outcomeWithoutRun, type Ending } from './worker.ts';

export interface LocalQueueOptions {
  /** Stays the caller's, like its engines: to be disposed of after the queue. */
  readonly worker: EditWorker;
  /** Turns that run at the same time, by engine. Default 1: a hosted engine does one thing at a time. */
  readonly concurrency?: Readonly<Record<string, number>>;
  /** Runs of a turn that may fail before the turn does. */
  readonly maxAttempts?: number;
  /** Wait before the second run, twice as long before each further one; longer where the failure asks for that. */
  readonly retryDelayMs?: number;
  readonly clock?: Clock;
}

const DEFAULTS = {
  concurrency: {},
  maxAttempts: 3,
  retryDelayMs: 1_000,
  clock: SYSTEM_CLOCK,
} as const satisfies Omit<Required<LocalQueueOptions>, 'worker'>;

/** A queue in this process. What it knows ends with it: see `EditQueue` for how turns outlive that. */
export function openLocalQueue(options: LocalQueueOptions): EditQueue {
  return new LocalQueue({ ...DEFAULTS, ...options });
}

/** It goes first once it has rested; how long it takes then nobody knows. */
const RESTING: Position = { ahead: 0 };

class LocalQueue implements EditQueue {
  readonly #options: Required<LocalQueueOptions>;
  readonly #turns = new Map<string, LocalTurn>();
  readonly #lines = new Map<string, EngineLine>();
  readonly #runs = new Set<Promise<void>>();
  #disposed = false;

  constructor(options: Required<LocalQueueOptions>) {
    this.#options = options;
  }

  async enqueue(job: EditJob): Promise<void> {
    this.#checkOpen();
    const turn = new LocalTurn(job);
    const { turnId, person, hasPriority } = turn.address;
    if (this.#turns.has(turnId)) return;
    this.#turns.set(turnId, turn);
    const line = this.#lineOf(turn);
    line.waiting.push(person, turn, hasPriority ? PRIORITY_HEAD_START : 0);
    this.#watchDeadline(turn);
    this.#startNext(line);
  }

  async *updates(
    turnId: string,
    after: string | undefined,
    call: Call,
  ): AsyncGenerator<EditUpdate, void> {
    const turn = this.#turns.get(turnId);
    if (!turn) throw updatesGone();
    yield* turn.log.read(after, call);
  }

  async position(turnIds: readonly string[]): Promise<Map<string, Position>> {
    const positions = new Map<string, Position>();
    const byLine = new Map<EngineLine, Map<LocalTurn, Position>>();
    for (const turnId of turnIds) {
      const turn = this.#turns.get(turnId);
      if (!turn || turn.log.hasEnded) continue;
      const line = this.#lineOf(turn);
      const ofLine = byLine.get(line) ?? line.positions(this.#options.clock.now());
      byLine.set(line, ofLine);
      const position = turn.state.kind === 'resting' ? RESTING : ofLine.get(turn);
      if (position) positions.set(turnId, position);
    }
    return positions;
  }

  async cancel(turnId: string, reason: string): Promise<'removed' | 'signalled' | 'not-found'> {
    this.#checkOpen();
    const turn = this.#turns.get(turnId);
    if (!turn || turn.log.hasEnded) return 'not-found';
    if (turn.state.kind !== 'running') {
      this.#endWithoutRun(turn, { kind: 'stopped', reason });
      return 'removed';
    }
    turn.cancelReason ??= reason;
    turn.state.controller.abort(stopped(turn.cancelReason));
    return 'signalled';
  }

  async release(turnId: string): Promise<void> {
    if (this.#turns.get(turnId)?.log.hasEnded) this.#turns.delete(turnId);
  }

  async depths(): Promise<Map<string, Depth>> {
    return new Map([...this.#lines].map(([engine, line]) => [engine, line.depth]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    for (const { state, cancelDeadline } of this.#turns.values()) {
      cancelDeadline();
      if (state.kind === 'resting') state.cancelTimer();
      if (state.kind === 'running') state.controller.abort(shuttingDown());
    }
    await Promise.all(this.#runs);
    for (const { log } of this.#turns.values()) log.close(shuttingDown());
  }

  #checkOpen(): void {
    if (this.#disposed) throw shuttingDown();
  }

  #lineOf({ address: { engine } }: LocalTurn): EngineLine {
    const line = this.#lines.get(engine) ?? new EngineLine(this.#options.concurrency[engine] ?? 1);
    this.#lines.set(engine, line);
    return line;
  }

  #startNext(line: EngineLine): void {
    while (!this.#disposed && !line.isFull) {
      const ticket = line.waiting.take();
      if (!ticket) return;
      const run = this.#run(line, ticket).finally(() => this.#runs.delete(run));
      this.#runs.add(run);
    }
  }

  /** One run of a turn, and what follows from how it went. Never rejects. */
  async #run(line: EngineLine, ticket: Ticket<LocalTurn>): Promise<void> {
    const { clock, maxAttempts, worker } = this.#options;
    const turn = ticket.item;
    const controller = new AbortController();
    turn.state = { kind: 'running', controller };
    turn.attempts += 1;
    line.start(turn, clock.now());
    try {
      await worker.run(
        {
          turnId: turn.address.turnId,
          job: turn.job,
          facts: turn.log.facts,
          log: turn.log.begin(),
          isLastAttempt: turn.attempts >= maxAttempts,
        },
        { signal: controller.signal },
      );
      turn.cancelDeadline();
    } catch (error) {
      this.#goOn(line, ticket, toAppError(error));
    }
    line.finish(turn, clock.now(), turn.log.hasEnded);
    this.#startNext(line);
  }

  /** What follows from a run that did not end its turn. */
  #goOn(line: EngineLine, ticket: Ticket<LocalTurn>, error: AppError): void {
    const turn = ticket.item;
    if (this.#disposed) {
      turn.state = { kind: 'waiting' };
      line.waiting.putBack(ticket);
    } else if (turn.cancelReason !== undefined) {
      this.#endWithoutRun(turn, { kind: 'stopped', reason: turn.cancelReason });
    } else if (error.retryable && turn.attempts < this.#options.maxAttempts) {
      this.#rest(line, ticket, error);
    } else {
      this.#endWithoutRun(turn, { kind: 'failed', code: error.code });
    }
  }

  /** Leaves the engine to others for a while, then comes first among those of the same person. */
  #rest(line: EngineLine, ticket: Ticket<LocalTurn>, error: AppError): void {
    const { clock, retryDelayMs } = this.#options;
    const turn = ticket.item;
    const cancelTimer = clock.after(restAfter(error, retryDelayMs, turn.attempts), () => {
      turn.state = { kind: 'waiting' };
      line.waiting.putBack(ticket);
      this.#startNext(line);
    });
    turn.state = { kind: 'resting', cancelTimer };
    this.#watchDeadline(turn);
  }

  /** A run watches the deadline itself. */
  #watchDeadline(turn: LocalTurn): void {
    turn.cancelDeadline();
    turn.cancelDeadline = atTime(this.#options.clock, turn.deadlineAt, () => {
      if (turn.state.kind !== 'running') this.#endWithoutRun(turn, { kind: 'expired' });
    });
  }

  #endWithoutRun(turn: LocalTurn, ending: Ending): void {
    turn.cancelDeadline();
    if (turn.state.kind === 'resting') turn.state.cancelTimer();
    const line = this.#lineOf(turn);
    line.waiting.remove(turn.address.person, turn);
    turn.log.end(outcomeWithoutRun(turn.job, turn.log.facts, ending));
  }
}
