import { shuttingDown, stopped } from '../failures.ts';
import type { Clock } from '../clock.ts';
import type { TurnLog } from '../types.ts';
import type { Fact } from '../update.ts';
import type { Snapshot } from './ending.ts';
import { appendFacts, showLive } from './runs.ts';
import type { TurnHome } from './script.ts';

/** One run of a turn as its worker holds it: what the run says, and what it is told. */
export class TurnControl {
  readonly #home: TurnHome;
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  #turn: Snapshot;
  #isClosing = false;
  /** Whether the round that was in hand is done, so that a further one would be another. */
  #isAtRest = false;

  constructor(home: TurnHome, turn: Snapshot, clock: Clock) {
    this.#home = home;
    this.#turn = turn;
    this.#clock = clock;
  }

  /** The turn with all that was logged so far. */
  get turn(): Snapshot {
    return this.#turn;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly log: TurnLog = {
    append: async (facts) => {
      const now = this.#clock.now();
      const { entries, cancelReason } = await appendFacts(this.#home, this.#turn, facts, now);
      this.#turn = { ...this.#turn, entries };
      this.#isAtRest ||= this.#isClosing && facts.some(isCheckpoint);
      this.stop(cancelReason);
    },
    show: async (state) => {
      if (this.#isAtRest && state.stage === 'editing') this.handBack();
      else this.stop(await showLive(this.#home, this.#turn, state));
    },
  };

  /** Stops the run if there is a reason why the turn was cancelled. */
  stop(cancelReason: string | undefined): void {
    if (cancelReason !== undefined) this.#controller.abort(stopped(cancelReason));
  }

  /** Lets the round in hand come to its end, and hands the turn back where another one would begin. */
  close(): void {
    this.#isClosing = true;
  }

  /** Breaks the run off, for another one to go on. */
  handBack(): void {
    this.#controller.abort(shuttingDown());
  }
}

/** Whether all that was done is told, and something new would begin. */
function isCheckpoint(fact: Fact): boolean {
  return fact.type === 'thought' || (fact.type === 'round' && fact.round.reflection !== undefined);
}
