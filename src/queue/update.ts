import { z } from 'zod';

import { ERROR_CODES } from '../errors.ts';
import { Best, RoundNumber, RoundRecord, Thought, Usage } from '../store/findings.ts';
import { ImageReference } from '../store/image-reference.ts';

const VERSION = 1;

const EpochMs = z.int().nonnegative();
const rounds = z.array(RoundRecord).readonly();

/** What came of a turn, with its rounds and the best of them where there are some. */
export const Outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('succeeded'),
    rounds,
    best: Best,
    stopReason: z.enum(['success', 'max-rounds']),
  }),
  /** The engine would or could not do it, and said why; an empty text leaves that to the code. */
  z.object({ kind: z.literal('declined'), text: z.string(), code: z.enum(ERROR_CODES) }),
  /** The engine asks back; the answer is a turn of its own. */
  z.object({ kind: z.literal('asked'), question: z.string() }),
  /** Somebody cancelled it; `reason` is theirs. */
  z.object({
    kind: z.literal('stopped'),
    reason: z.string(),
    rounds,
    best: Best.exactOptional(),
  }),
  /** It ran out of time, waiting or running. */
  z.object({ kind: z.literal('expired'), rounds, best: Best.exactOptional() }),
  z.object({
    kind: z.literal('failed'),
    code: z.enum(ERROR_CODES),
    rounds,
    best: Best.exactOptional(),
  }),
]);

export type Outcome = Readonly<z.infer<typeof Outcome>>;

const facts = {
  /** A worker took the turn: once for each run of it. */
  started: {
    type: z.literal('started'),
    /** Set by the first run, and kept by all that follow. */
    deadlineAt: EpochMs.exactOptional(),
  },
  thought: { type: z.literal('thought'), thought: Thought, usage: Usage.exactOptional() },
  /** A round's picture is there; told again, whole, once the round is judged. */
  round: { type: z.literal('round'), round: RoundRecord },
  ended: { type: z.literal('ended'), outcome: Outcome },
};

/** What is durable of a turn: its log is these, in order, and enough to go on from. */
export const Fact = z.discriminatedUnion('type', [
  z.object(facts.started),
  z.object(facts.thought),
  z.object(facts.round),
  z.object(facts.ended),
]);

export type Fact = Readonly<z.infer<typeof Fact>>;

/** What a turn is doing right now. Each state replaces the one before. */
export const LiveState = z.discriminatedUnion('stage', [
  /** `text` is all that was thought so far. */
  z.object({ stage: z.literal('thinking'), text: z.string() }),
  z.object({
    stage: z.literal('editing'),
    round: RoundNumber,
    instruction: z.string(),
    /** `done` of `total` steps; absent before the first. */
    steps: z.object({ done: z.int().positive(), total: z.int().positive() }).exactOptional(),
    preview: ImageReference.exactOptional(),
  }),
  /** `text` is all that was said of the round so far. */
  z.object({ stage: z.literal('reflecting'), round: RoundNumber, text: z.string() }),
]);

export type LiveState = Readonly<z.infer<typeof LiveState>>;

const stamp = {
  version: z.literal(VERSION),
  /** Where to go on from; that of a live state is the last fact's. Opaque. */
  cursor: z.string().min(1),
  /** The run that says so, 1 for the first; never falls. */
  epoch: z.int().positive(),
};

/** What a reader of a turn gets. */
export const EditUpdate = z.discriminatedUnion('type', [
  z.object({ ...stamp, ...facts.started }),
  z.object({ ...stamp, ...facts.thought }),
  z.object({ ...stamp, ...facts.round }),
  z.object({ ...stamp, type: z.literal('live'), state: LiveState }),
  z.object({ ...stamp, ...facts.ended }),
]);

export type EditUpdate = Readonly<z.infer<typeof EditUpdate>>;

export const stampOf = (cursor: string, epoch: number) =>
  ({ version: VERSION, cursor, epoch }) as const;
