import { z } from 'zod';

import { AppError } from '../../errors.ts';
import type { StopReason } from '../../pipeline/types.ts';
import { Best, Reflection, Thought } from '../findings.ts';
import type { Point } from '../records.ts';
import { WorkspaceSettingsSchema } from '../workspace-settings.ts';

/** How a turn ended, past its state: what `TurnEnd` tells of it. */
const OutcomeSchema = z.object({
  best: Best.exactOptional(),
  stopReason: z
    .enum(['success', 'max-rounds', 'deadline', 'stopped', 'question', 'declined'])
    .exactOptional(),
}) satisfies z.ZodType<Outcome>;

export interface Outcome {
  readonly best?: Best;
  readonly stopReason?: StopReason;
}

/** What came of moving a head: whether it moved, and where that left it. */
const MoveSchema = z.object({
  moved: z.boolean(),
  head: z.object({ turnId: z.string(), round: z.int().nonnegative() }).exactOptional(),
}) satisfies z.ZodType<Move>;

export interface Move {
  readonly moved: boolean;
  readonly head?: Point;
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

export const readThought = reader('turns.thought', Thought);
export const readReflection = reader('rounds.reflection', Reflection);
export const readOutcome = reader('turns.outcome', OutcomeSchema);
export const readMove = reader('inbox.move', MoveSchema);
export const readContext = reader('turns.context', ContextSchema);
export const readSettings = reader('workspaces.settings', WorkspaceSettingsSchema);
