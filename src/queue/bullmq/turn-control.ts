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
      this.stop(cancelReason);
      if (this.#isClosing && facts.some(isFollowedByARound)) this.handBack();
    },
    show: async (state) => {
      this.stop(await showLive(this.#home, this.#turn, state));
    },
  };

  /** Stops the run if there is a reason why the turn was cancelled. */
  stop(cancelReason: string | undefined): void {
    if (cancelReason !== undefined) this.#controller.abort(stopped(cancelReason));
  }

  /** Lets the round in hand come to its end, and hands the turn back before the next. */
  close(): void {
    this.#isClosing = true;
  }

  /** Breaks the run off, for another one to go on. */
  handBack(): void {
    this.#controller.abort(shuttingDown());
  }
}

/** Whether all that was done is told, and another round begins unless they are used up. */
function isFollowedByARound(fact: Fact): boolean {
  return fact.type === 'thought'
    ? fact.thought.kind === 'plan'
    : fact.type === 'round' &&
        fact.round.reflection !== undefined &&
        fact.round.reflection.verdict !== 'success';
}
