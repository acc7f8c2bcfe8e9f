import { z } from 'zod';

import { isAppError } from '../../errors.ts';
import type { Fact } from '../update.ts';
import { outcomeWithoutRun, type Ending } from '../worker.ts';
import { readFacts, writeEntry } from './log-entry.ts';
import { evaluate, type TurnHome } from './script.ts';
import { CANCEL, END, OVERDUE } from './scripts/ending.ts';

/** What is left of a turn that has ended and was not released, if nobody looks after it any more. */
export const RETENTION_MS = 7 * 24 * 3_600_000;

/** What a turn has, to end it by. */
export interface Snapshot {
  readonly turnId: string;
  readonly life: string;
  readonly epoch: number;
  readonly job: string;
  readonly entries: readonly string[];
}

const SnapshotReply = z
  .tuple([z.string(), z.string(), z.number(), z.string(), z.array(z.string())])
  .transform(([turnId, life, epoch, job, entries]): Snapshot => ({
    turnId,
    life,
    epoch,
    job,
    entries,
  }));

const CancelReply = z.union([z.null(), z.literal(1), SnapshotReply]);
const OverdueReply = z.array(SnapshotReply);

/** Marks a turn that runs as cancelled: `running`. What it has where it does not run; undefined without it. */
export async function requestCancel(
  home: TurnHome,
  turnId: string,
  reason: string,
): Promise<'running' | Snapshot | undefined> {
  const reply = CancelReply.parse(await evaluate(home, CANCEL, [turnId, reason]));
  return reply === 1 ? 'running' : (reply ?? undefined);
}

/** Turns whose deadline is over, and that no worker ends itself. */
export async function overdueTurns(
  home: TurnHome,
  now: number,
  limit: number,
): Promise<readonly Snapshot[]> {
  return OverdueReply.parse(await evaluate(home, OVERDUE, [now, limit]));
}

/** Ends a turn with the best of what it had. False where it has changed meanwhile, or has ended. */
export async function endTurn(
  home: TurnHome,
  { turnId, life, epoch, job, entries }: Snapshot,
  ending: Ending,
): Promise<boolean> {
  const outcome = outcomeWithoutRun(jobIn(job), knownFacts(entries), ending);
  const end = writeEntry({ type: 'ended', outcome }, epoch + 1);
  const args = [turnId, life, epoch, entries.length, RETENTION_MS, end];
  return (await evaluate(home, END, args)) === 1;
}

/** A log of another release is one of which nothing is known. */
function knownFacts(entries: readonly string[]): Fact[] {
  try {
    return readFacts(entries);
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}

/** What was enqueued, unread. */
export function jobIn(json: string): unknown {
  return JSON.parse(json);
}
