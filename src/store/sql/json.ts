import { z } from 'zod';

import { AppError, ERROR_CODES } from '../../errors.ts';
import { IMAGE_FORMATS } from '../../image/types.ts';
import type { BestRound, Reflection, StopReason, Thought } from '../../pipeline/types.ts';

const Score = z.number().min(0).max(10);

const ThoughtSchema: z.ZodType<Thought> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plan'),
    reasoning: z.string(),
    instruction: z.string(),
    base: z.enum(['latest', 'source']),
    format: z.enum(IMAGE_FORMATS).exclude(['heic']).exactOptional(),
  }),
  z.object({ kind: z.literal('question'), text: z.string() }),
  z.object({ kind: z.literal('declined'), text: z.string(), code: z.enum(ERROR_CODES) }),
]);

const judged = {
  critique: z.string(),
  scores: z.object({
    editSuccess: Score,
    overEdit: Score,
    naturalness: Score,
    artifacts: Score,
  }),
};

const ReflectionSchema: z.ZodType<Reflection> = z.discriminatedUnion('verdict', [
  z.object({ ...judged, verdict: z.literal('success') }),
  z.object({ ...judged, verdict: z.literal('refine'), nextInstruction: z.string() }),
  z.object({
    ...judged,
    verdict: z.literal('revert'),
    nextInstruction: z.string().exactOptional(),
  }),
]);

/** How a turn ended, past its state: what `TurnEnd` tells of it. */
const OutcomeSchema = z.object({
  best: z
    .object({
      round: z.int().positive(),
      reason: z.enum(['only-round', 'judged-success', 'highest-score', 'latest-of-equals']),
    })
    .exactOptional(),
  stopReason: z
    .enum(['success', 'max-rounds', 'deadline', 'stopped', 'question', 'declined'])
    .exactOptional(),
}) satisfies z.ZodType<Outcome>;

export interface Outcome {
  readonly best?: BestRound;
  readonly stopReason?: StopReason;
}

const ContextSchema = z.record(z.string(), z.string());

/** Checks what a column holds, since other releases and other hands may have written it. */
function reader<T>(column: string, schema: z.ZodType<T>): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new AppError('INTERNAL', 'Something kept of this conversation can no longer be read.', {
      cause: new TypeError(`${column}: ${parsed.error.message}`),
    });
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const readThought = reader('turns.thought', ThoughtSchema);
export const readReflection = reader('rounds.reflection', ReflectionSchema);
export const readOutcome = reader('turns.outcome', OutcomeSchema);
export const readContext = reader('turns.context', ContextSchema);
