import { toAppError, type AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { EditUpdate } from '../../queue/update.ts';
import type { Turn, TurnEnd } from '../../store/records.ts';
import type { EndedTurn } from '../../store/types.ts';
import { jobOf } from '../job.ts';
import { copyFact, copyOutcome } from './copy-facts.ts';
import type { Tools } from './parts.ts';
import { delayAfter, hasCode, patiently, pause } from './patience.ts';

export interface FollowerEvents {
  /** The queue has the turn. */
  readonly onEnqueued: () => void;
  /** What an update tells is written down already. */
  readonly onUpdate: (update: EditUpdate) => void;
  /** The turn's end made this one the next of its conversation. */
  readonly onReleased: (turn: Turn) => void;
}

/**
 * Takes a turn to the queue, and writes down what comes of it until it has ended; takes it there
 * again as often as the queue has lost it, with all that was written down before.
 */
export class TurnFollower {
  readonly #tools: Tools;
  readonly #turnId: string;
  readonly #events: FollowerEvents;
  #reading: AbortController | undefined;

  constructor(tools: Tools, turnId: string, events: FollowerEvents) {
    this.#tools = tools;
    this.#turnId = turnId;
    this.#events = events;
  }

  /** Makes sure that the queue still knows the turn. */
  recheck(): void {
    this.#reading?.abort();
  }

  /**
   * @param begun The turn as it is now.
   * @return The turn with its end; undefined where it was forgotten. Rejects with the reason of the
   *   signal; and when the database fails in a way that does not pass.
   */
  async run(begun: Turn, call: Call): Promise<Turn | undefined> {
    const { store, clock, timing, onFault } = this.#tools;
    let cursor: string | undefined;
    let turn: Turn | undefined = begun;
    for (let failures = 0; ; turn = await this.#persist(() => store.turn(this.#turnId), call)) {
      if (!turn || turn.endedAt !== undefined) return turn;
      try {
        const refusal = await this.#enqueue(turn, call);
        if (refusal) return await this.#ended(() => store.endTurn(this.#turnId, refusal), call);
        for await (const update of this.#updates(cursor, call)) {
          failures = 0;
          cursor = update.cursor;
          if (update.type === 'ended') {
            const end = () => copyOutcome(store, this.#turnId, update.outcome);
            return await this.#ended(end, call);
          }
          await this.#hear(update, call);
        }
      } catch (error) {
        call.signal.throwIfAborted();
        if (hasCode(error, 'UPDATES_GONE')) continue;
        failures += 1;
        const fault = toAppError(error);
        onFault({ turnId: this.#turnId, error: fault });
        await pause(clock, delayAfter(failures, fault, timing), call);
      }
    }
  }

  /** The end of a turn that no queue can take. */
  async #enqueue(turn: Turn, call: Call): Promise<TurnEnd | undefined> {
    const { store, queue, limits } = this.#tools;
    const job = await this.#persist(() => jobOf(store, turn, limits), call);
    if (!job) return { state: 'failed', code: 'IMAGE_NOT_FOUND' };
    try {
      await queue.enqueue(job);
      this.#events.onEnqueued();
      return undefined;
    } catch (error) {
      if (!hasCode(error, 'JOB_UNREADABLE')) throw error;
      return { state: 'failed', code: error.code };
    }
  }

  /** Updates until somebody calls for a recheck. */
  async *#updates(after: string | undefined, call: Call): AsyncGenerator<EditUpdate> {
    const reading = new AbortController();
    const stop = () => reading.abort();
    call.signal.addEventListener('abort', stop, { once: true });
    this.#reading = reading;
    try {
      yield* this.#tools.queue.updates(this.#turnId, after, { signal: reading.signal });
    } catch (error) {
      if (!reading.signal.aborted) throw error;
    } finally {
      call.signal.removeEventListener('abort', stop);
      this.#reading = undefined;
    }
    call.signal.throwIfAborted();
  }

  async #hear(update: Exclude<EditUpdate, { type: 'ended' }>, call: Call): Promise<void> {
    const { store, queue } = this.#tools;
    if (update.type !== 'live') {
      const isThere = await this.#persist(() => copyFact(store, this.#turnId, update), call);
      // Its end is all that is still waited for, so that the queue can forget it as well.
      if (!isThere) await queue.cancel(this.#turnId, 'forgotten');
    }
    this.#events.onUpdate(update);
  }

  async #ended(end: () => Promise<EndedTurn | undefined>, call: Call): Promise<Turn | undefined> {
    const { queue, onFault } = this.#tools;
    const ended = await this.#persist(end, call);
    if (ended?.released) this.#events.onReleased(ended.released);
    try {
      await queue.release(this.#turnId);
    } catch (error) {
      onFault({ turnId: this.#turnId, error: toAppError(error) });
    }
    return ended?.turn;
  }

  #persist<Value>(work: () => Promise<Value>, call: Call): Promise<Value> {
    const onFault = (error: AppError) => this.#tools.onFault({ turnId: this.#turnId, error });
    return patiently(work, { ...this.#tools, onFault }, call);
  }
}
