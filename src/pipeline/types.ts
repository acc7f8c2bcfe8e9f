import type { ErrorCode } from '../errors.ts';
import type { ResultFormat } from '../image/formats.ts';
import type { EncodedImage } from '../image/types.ts';
import type { Kept, KeepOptions } from './keep/types.ts';
import type { Usage } from './usage.ts';

/**
 * The last parameter of every call that can take long. The reason of the signal is an AppError with
 * one of three codes: `STOPPED` (answer with the best round so far), `DEADLINE` (the same, out of
 * time) or `SHUTDOWN` (hand the turn back unfinished). Any other reason counts as `STOPPED`.
 */
export interface Call {
  readonly signal: AbortSignal;
}

/** A call of an engine, which may tell more than its result says. */
export interface EngineCall extends Call {
  readonly note?: (note: Note) => void;
}

/** What is told of a call besides its progress and its result: at most one of each kind. */
export type Note =
  | { readonly kind: 'used'; readonly usage: Usage }
  /** What was done so that a painted picture differs from the one before only where it should. */
  | { readonly kind: 'kept'; readonly kept: Kept };

/** One request, with all that is needed to answer it. */
export interface EditRequest {
  /** The user's own words. */
  readonly prompt: string;
  /** The picture that the conversation began with. */
  readonly source: EncodedImage;
  /** The picture that the request is about: the latest result, or the source itself. */
  readonly latest: EncodedImage;
  /** Further pictures that came with the request. */
  readonly references: readonly EncodedImage[];
  /**
   * Where the picture may change: grey, 255 there and 0 elsewhere, of any size; it is laid over what is
   * edited. Outside of it every result equals the picture before.
   */
  readonly mask?: EncodedImage;
  /** The turns that lead from the source to the latest picture, oldest first. */
  readonly history: readonly EarlierTurn[];
  /** Set where `prompt` answers a question: what was said before it in the same matter, oldest first. */
  readonly exchanges?: readonly Exchange[];
  /** How many edits may be made, 1 or more. */
  readonly maxRounds: number;
  /** Any integer; the same request with the same seed gives the same result on a seeded engine. */
  readonly seed: number;
  /** Milliseconds since the epoch after which the best round so far is the answer. */
  readonly deadlineAt?: number;
  /** What an earlier, interrupted run of this request had finished; the last round may be unjudged. */
  readonly finished?: { readonly thought: Thought; readonly rounds: readonly Round[] };
}

/** A turn that came before, as `think` needs it to merge a follow-up into one instruction. */
export interface EarlierTurn {
  readonly prompt: string;
  readonly instruction: string;
  readonly base: Base;
  /** Only a marked part was to change: done again without the mask it would change the rest. */
  readonly hasMask?: boolean;
}

/** A request that was answered with a question. */
export interface Exchange {
  readonly prompt: string;
  readonly question: string;
}

/** Which picture a plan edits: the one the user sees now, or the one the conversation began with. */
export type Base = 'latest' | 'source';

/** What the reasoner made of a request. */
export type Thought =
  | {
      readonly kind: 'plan';
      readonly reasoning: string;
      readonly instruction: string;
      readonly base: Base;
      /** The format that was asked for; the pictures of the rounds are finished files of it. */
      readonly format?: ResultFormat;
    }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'declined'; readonly text: string; readonly code: ErrorCode };

export type Plan = Extract<Thought, { kind: 'plan' }>;

/** Four judgements of a round, each 0 to 10, 10 the best (paper, section 3.3). */
export interface Scores {
  /** How fully the edit does what was asked. */
  readonly editSuccess: number;
  /** How well the rest was left alone; low means that too much was changed. */
  readonly overEdit: number;
  readonly naturalness: number;
  /** Freedom from artifacts. */
  readonly artifacts: number;
}

/**
 * The judgement of a round. `success` stops. `refine` edits the result with the next instruction
 * alone. `revert` throws the result away and edits the base again, with the next instruction if
 * there is one, else with the same as before, and with a new seed.
 */
export type Reflection = { readonly critique: string; readonly scores: Scores } & (
  | { readonly verdict: 'success' }
  | { readonly verdict: 'refine'; readonly nextInstruction: string }
  | { readonly verdict: 'revert'; readonly nextInstruction?: string }
);

/** One edit, and the reflection on it unless the turn was broken off before it came. */
export interface Round {
  /** 1 for the first. */
  readonly round: number;
  readonly instruction: string;
  readonly image: EncodedImage;
  readonly reflection?: Reflection;
  readonly kept?: Kept;
  readonly usage?: RoundUsage;
}

/** What the two parts of a round took, where servers tell. */
export interface RoundUsage {
  readonly edit?: Usage;
  readonly reflection?: Usage;
}

/** What happens in a turn, in order. Every event carries what is needed to show it, and no more. */
export type EditEvent =
  | { readonly type: 'thinking-start' }
  | { readonly type: 'thinking-delta'; readonly text: string }
  | { readonly type: 'thinking-end'; readonly thought: Thought; readonly usage?: Usage }
  | {
      readonly type: 'editing-start';
      readonly round: number;
      readonly instruction: string;
    }
  | ({ readonly type: 'editing-step'; readonly round: number } & EditStep)
  | {
      readonly type: 'editing-end';
      readonly round: number;
      readonly image: EncodedImage;
      readonly kept?: Kept;
      readonly usage?: Usage;
    }
  | { readonly type: 'reflection-start'; readonly round: number }
  | { readonly type: 'reflection-delta'; readonly round: number; readonly text: string }
  | {
      readonly type: 'reflection-end';
      readonly round: number;
      readonly reflection: Reflection;
      readonly usage?: Usage;
    };

export type StopReason =
  'success' | 'max-rounds' | 'deadline' | 'stopped' | 'question' | 'declined';

/** The round to answer with, and why it and no other. */
export interface BestRound {
  readonly round: number;
  readonly reason: 'only-round' | 'judged-success' | 'highest-score' | 'latest-of-equals';
}

/** All that came of a request. Without a finished edit there is no best round. */
export interface EditResult {
  readonly thought?: Thought;
  readonly rounds: readonly Round[];
  readonly best?: BestRound;
  readonly stopReason: StopReason;
  /** What this run took of servers; absent where the engine has none. */
  readonly usage?: Usage;
}

export interface ThinkInput {
  readonly prompt: string;
  readonly source: EncodedImage;
  readonly latest: EncodedImage;
  readonly references: readonly EncodedImage[];
  readonly mask?: EncodedImage;
  readonly history: readonly EarlierTurn[];
  readonly exchanges: readonly Exchange[];
  readonly seed: number;
}

export interface ReflectInput {
  /**
   * The user's own words, those before a question included: the judge holds the result against them
   * as well.
   */
  readonly prompt: string;
  /** The full instruction that the result is to fulfil, seen from `base`. */
  readonly target: string;
  /** What this round was told; differs from `target` when it refined an earlier result. */
  readonly instruction: string;
  /** The picture that the turn started from. */
  readonly base: EncodedImage;
  readonly edited: EncodedImage;
  readonly references: readonly EncodedImage[];
  readonly mask?: EncodedImage;
  /** 1 for the first. */
  readonly round: number;
  readonly seed: number;
}

export interface EditInput {
  readonly image: EncodedImage;
  readonly references: readonly EncodedImage[];
  /** For editors that can make use of it: what any editor changes outside of it is put back. */
  readonly mask?: EncodedImage;
  readonly instruction: string;
  readonly seed: number;
}

/** Progress of an edit: `step` of `steps` is done, 1 ≤ step ≤ steps, `step` never falls. */
export interface EditStep {
  readonly step: number;
  readonly steps: number;
  readonly preview?: EncodedImage;
}

/** Thinks and judges. Yields its words as they come; what it returns is the whole. */
export interface Reasoner {
  think(input: ThinkInput, call: EngineCall): AsyncGenerator<string, Thought>;
  reflect(input: ReflectInput, call: EngineCall): AsyncGenerator<string, Reflection>;
}

/** Edits. Returns a lossless picture (PNG). */
export interface Editor {
  /**
   * Set by editors that paint the whole picture anew, as diffusion models do: in the engine's process
   * what they return is then brought back to the size and place of the picture before it, and kept from
   * changing where nothing was to change.
   */
  readonly repaints?: boolean;
  edit(input: EditInput, call: EngineCall): AsyncGenerator<EditStep, EncodedImage>;
}

export interface Capabilities {
  /** Another seed gives another picture. */
  readonly seeded: boolean;
  readonly previews: boolean;
  /** Pictures that a request may bring, references included. */
  readonly maxImages: number;
  /** Masks are heeded while it works; what changed outside of one is put back for every engine. */
  readonly masks: boolean;
}

/**
 * A named pair of reasoner and editor. Its generators settle soon after the signal of their call
 * aborts; progress is what they yield, the result what they return, failure what they throw.
 */
export interface Engine extends AsyncDisposable {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly reasoner: Reasoner;
  readonly editor: Editor;
}

/** What the `index.ts` of an engine's folder exports. The settings are plain data. */
export interface EngineModule {
  createEngine(settings: EngineSettings): Promise<Engine>;
}

export interface EngineSettings {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Set where another engine does the other half, which then need not be there. */
  readonly half?: 'reasoner' | 'editor';
  /** What is done to pictures that are painted anew; all of it when absent. */
  readonly keep?: KeepOptions;
}
