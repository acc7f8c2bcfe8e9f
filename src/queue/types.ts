import type { EncodedImage } from '../image/types.ts';
import type { Call } from '../pipeline/types.ts';
import type { ImageReference } from '../store/image-reference.ts';
import type { EditJob } from './job.ts';
import type { EditUpdate, Fact, LiveState, Outcome } from './update.ts';

/**
 * Takes turns to workers and their updates back. Turns wait per engine; each person's wait in order,
 * and persons take turns, so that nobody keeps the others waiting. What a queue knows can get lost:
 * the caller keeps the facts it was told, and enqueues a turn again with them as `finished`.
 *
 * Once disposed of, a queue rejects with `SHUTDOWN`; turns that ran were handed back, not ended.
 */
export interface EditQueue extends AsyncDisposable {
  /**
   * Takes a job. One turn id is one job: while the turn is known, which is until its release, a
   * second one changes nothing. A job that workers can't read ends as `failed`, with that code.
   * @throws {AppError} `JOB_UNREADABLE` when it does not even tell its turn, engine and person.
   */
  enqueue(job: EditJob): Promise<void>;
  /**
   * The facts of a turn in order, and between them, for those who read as it happens, its live
   * states: the latest only, none twice, none that a fact has overtaken. `ended` is the last.
   * Can be called any number of times, at any time.
   * @param after Cursor of the last update that is known; undefined, or a cursor of an earlier life
   *   of the turn: from the first fact on.
   * @throws {AppError} `UPDATES_GONE` where the turn is not known: what the caller has kept of it
   *   tells whether to enqueue it again. `SHUTDOWN` after the last fact where no more will come;
   *   the reason of the signal.
   */
  updates(turnId: string, after: string | undefined, call: Call): AsyncIterable<EditUpdate>;
  /** How soon turns will be done; no entry for one that has ended or is not known. */
  position(turnIds: readonly string[]): Promise<Map<string, Position>>;
  /**
   * Ends a turn that waits, with the best of what it had: `removed`. Makes one that runs answer
   * with its best round: `signalled`, which holds over the loss of its worker; it may still end in
   * another way that was under way. `not-found` when it has ended, or is not known.
   * @param reason For the outcome: who or what wanted it.
   */
  cancel(turnId: string, reason: string): Promise<'removed' | 'signalled' | 'not-found'>;
  /** Forgets a turn that has ended and all its updates; does nothing to any other. */
  release(turnId: string): Promise<void>;
  /** How much there is to do, by engine; an engine that never had any turn may be missing. */
  depths(): Promise<Map<string, Depth>>;
}

/** Turns of one engine. Those that rest between two runs are in neither. */
export interface Depth {
  readonly waiting: number;
  readonly running: number;
}

export interface Position {
  /** How many waiting turns will be started before it; 0 for one that runs. */
  readonly ahead: number;
  /** Expected time until it has ended, milliseconds; absent while nothing was measured yet. */
  readonly etaMs?: number;
}

/** What a worker needs of an image store. */
export interface TurnImages {
  /** @throws {AppError} `IMAGE_NOT_FOUND` when it is not kept. */
  get(reference: ImageReference, call: Call): Promise<EncodedImage>;
  put(image: EncodedImage, call: Call): Promise<ImageReference>;
}

/**
 * Says what a worker may work on and show. It has no default: without a verdict it rejects, and no
 * picture is made or kept.
 *
 * Both methods reject with the reason of the signal once it aborts, and else with
 * `MODERATION_UNAVAILABLE`, retryable where that can pass.
 */
export interface ContentCheck {
  /** Whether an engine may act on these words: a request, or an instruction that was made of one. */
  allowsText(text: string, call: Call): Promise<boolean>;
  /** Whether a picture may be edited, kept and shown. Absent where words alone are checked. */
  allowsImage?(image: EncodedImage, call: Call): Promise<boolean>;
}

/** Where one run of a turn says what happens. Both reject with `TURN_LOST` once another run began. */
export interface TurnLog {
  /** Durable when it resolves: all of them, or none. After `ended` nothing is taken. */
  append(facts: readonly Fact[]): Promise<void>;
  /** Overwrites the live state. */
  show(state: LiveState): Promise<void>;
}

/** One run of a turn, as a queue hands it to a worker. */
export interface TurnRun {
  readonly turnId: string;
  /** The job as it came, unread. */
  readonly job: unknown;
  /** What earlier runs have logged. */
  readonly facts: readonly Fact[];
  readonly log: TurnLog;
  /** Whether a failure that could pass ends the turn all the same. */
  readonly isLastAttempt: boolean;
}

export interface EditWorker {
  /**
   * Plays a turn to its end, and logs it: what it returns is the outcome that `ended` holds. The
   * signal's reasons are the pipeline's.
   * @throws {AppError} Where the turn goes on in another run: `SHUTDOWN` when the signal said so;
   *   `TURN_LOST`; any retryable error unless this is the last attempt.
   */
  run(turn: TurnRun, call: Call): Promise<Outcome>;
}
