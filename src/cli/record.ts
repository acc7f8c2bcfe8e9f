import { fileExtension } from '../image/formats.ts';
import type { ImageFormat } from '../image/types.ts';
import type {
  BestRound,
  EditEvent,
  EditResult,
  Reflection,
  StopReason,
  Thought,
} from '../pipeline/types.ts';
import type { Kept } from '../pipeline/keep/types.ts';
import type { Usage } from '../pipeline/usage.ts';

/** What `edit.json` holds: all that came of an edit, with file names in place of pictures. */
export interface EditRecord {
  readonly thought?: Thought;
  readonly rounds: readonly RoundRecord[];
  readonly best?: BestRound;
  readonly stopReason: StopReason;
  /** File name of the answer; absent when there is none. */
  readonly final?: string;
  readonly timings: Timings;
  /** What the servers were used for; absent where the engine has none. */
  readonly usage?: Usage;
  readonly seed: number;
  readonly engine: string;
  readonly prompt: string;
}

export interface RoundRecord {
  readonly round: number;
  readonly instruction: string;
  /** File name. */
  readonly image: string;
  /** Absent when the turn was broken off before it came. */
  readonly reflection?: Reflection;
  readonly kept?: Kept;
}

/** Whole milliseconds. */
export interface Timings {
  /** From the start of the command to the result. */
  readonly totalMs: number;
  /** Absent when the turn was broken off before the thought was there. */
  readonly thinkingMs?: number;
  readonly rounds: readonly { readonly editingMs: number; readonly reflectionMs?: number }[];
}

export const RECORD_FILE = 'edit.json';
export const roundFile = (round: number, format: ImageFormat): string =>
  `round-${round}.${fileExtension(format)}`;

export interface Asked {
  readonly prompt: string;
  readonly engine: string;
  readonly seed: number;
}

export function editRecord(
  { thought, rounds, best, stopReason, usage }: EditResult,
  { prompt, engine, seed }: Asked,
  timings: Timings,
  final: string | undefined,
): EditRecord {
  return {
    ...(thought && { thought }),
    rounds: rounds.map(({ round, instruction, image, reflection, kept }) => ({
      round,
      instruction,
      image: roundFile(round, image.format),
      ...(reflection && { reflection }),
      ...(kept && { kept }),
    })),
    ...(best && { best }),
    stopReason,
    ...(final !== undefined && { final }),
    timings,
    ...(usage && { usage }),
    seed,
    engine,
    prompt,
  };
}

/** Measures the parts of a turn from its events; `now` is a clock in milliseconds. */
export class Stopwatch {
  readonly #now: () => number;
  readonly #startedAt: number;
  #partStartedAt = 0;
  #thinkingMs: number | undefined;
  readonly #rounds: { editingMs: number; reflectionMs?: number }[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  hear(event: EditEvent): void {
    switch (event.type) {
      case 'thinking-start':
      case 'editing-start':
      case 'reflection-start':
        this.#partStartedAt = this.#now();
        return;
      case 'thinking-end':
        this.#thinkingMs = this.#sincePart();
        return;
      case 'editing-end':
        this.#rounds.push({ editingMs: this.#sincePart() });
        return;
      case 'reflection-end': {
        const round = this.#rounds.at(-1);
        if (round) round.reflectionMs = this.#sincePart();
        return;
      }
      case 'thinking-delta':
      case 'editing-step':
      case 'reflection-delta':
        return;
      default:
        event satisfies never;
    }
  }

  read(): Timings {
    return {
      totalMs: Math.round(this.#now() - this.#startedAt),
      ...(this.#thinkingMs !== undefined && { thinkingMs: this.#thinkingMs }),
      rounds: [...this.#rounds],
    };
  }

  #sincePart(): number {
    return Math.round(this.#now() - this.#partStartedAt);
  }
}
