import { z } from 'zod';

import { ERROR_CODES } from '../errors.ts';
import { IMAGE_FORMATS } from '../image/types.ts';
import type { Kept as PipelineKept } from '../pipeline/keep/types.ts';
import type {
  Reflection as PipelineReflection,
  Thought as PipelineThought,
} from '../pipeline/types.ts';
import type { Usage as PipelineUsage } from '../pipeline/usage.ts';
import { ImageReference } from './image-reference.ts';

/*
 * What the pipeline finds out, as JSON. The types are the pipeline's own; a round holds its picture by
 * reference.
 */

const Score = z.number().min(0).max(10);

const judged = {
  critique: z.string(),
  scores: z.object({
    editSuccess: Score,
    overEdit: Score,
    naturalness: Score,
    artifacts: Score,
  }),
};

export const Reflection: z.ZodType<PipelineReflection> = z.discriminatedUnion('verdict', [
  z.object({ ...judged, verdict: z.literal('success') }),
  z.object({ ...judged, verdict: z.literal('refine'), nextInstruction: z.string() }),
  z.object({
    ...judged,
    verdict: z.literal('revert'),
    nextInstruction: z.string().exactOptional(),
  }),
]);

export const Base = z.enum(['latest', 'source']);

export const Thought: z.ZodType<PipelineThought> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plan'),
    reasoning: z.string(),
    instruction: z.string(),
    base: Base,
    format: z.enum(IMAGE_FORMATS).exclude(['heic']).exactOptional(),
  }),
  z.object({ kind: z.literal('question'), text: z.string() }),
  z.object({ kind: z.literal('declined'), text: z.string(), code: z.enum(ERROR_CODES) }),
]);

export const RoundNumber = z.int().positive();

export const Kept: z.ZodType<PipelineKept> = z.object({
  resizedFrom: z.object({ width: z.number(), height: z.number() }).exactOptional(),
  moved: z.object({ x: z.number(), y: z.number(), zoom: z.number() }).exactOptional(),
  restored: z.number().exactOptional(),
  outsideMask: z.number().exactOptional(),
});

const Count = z.number().nonnegative();

export const Usage: z.ZodType<PipelineUsage> = z.object({
  calls: Count,
  inputTokens: Count,
  outputTokens: Count,
  images: Count,
  sentBytes: Count,
  receivedBytes: Count,
  seconds: Count,
  cost: Count.exactOptional(),
});

/** One edit, and the reflection on it once that has come. */
export const RoundRecord = z.object({
  round: RoundNumber,
  instruction: z.string(),
  image: ImageReference,
  reflection: Reflection.exactOptional(),
  /** What was brought back of the picture before the edit. */
  kept: Kept.exactOptional(),
  /** What the two parts of it took of servers; told in a turn's log alone. */
  usage: z
    .object({ edit: Usage.exactOptional(), reflection: Usage.exactOptional() })
    .exactOptional(),
});

export type RoundRecord = Readonly<z.infer<typeof RoundRecord>>;

/** The round that a turn answers with: the loop's, or the one that somebody chose. */
export const Best = z.object({
  round: RoundNumber,
  reason: z.enum(['only-round', 'judged-success', 'highest-score', 'latest-of-equals', 'chosen']),
});

export type Best = Readonly<z.infer<typeof Best>>;
