import type { Thought } from '../../pipeline/types.ts';
import type { StoredRound } from '../records.ts';
import { dayOf, type StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import type { ConversationsTable, RoundsTable, TurnsTable } from './schema.ts';
import { replaceImage } from './turn-images.ts';
import { countUsage } from './usage.ts';

/** `queued` → `running`; see `Turns.startTurn`. */
export function startTurn(
  { database, now }: StoreContext,
  id: string,
  { deadlineAt }: { readonly deadlineAt?: number } = {},
): Promise<boolean> {
  return database.write(async (sql) => {
    const started = await sql
      .updateTable('turns')
      .set({ state: 'running', started_at: now(), deadline_at: deadlineAt ?? null })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .returning('id')
      .executeTakeFirst();
    return started !== undefined || isThere(sql, id);
  });
}

export function recordThought(
  { database }: StoreContext,
  id: string,
  thought: Thought,
): Promise<boolean> {
  return database.write(async (sql) => {
    await writeThought(sql, id, thought);
    return isThere(sql, id);
  });
}

export function recordRound(
  { database, now }: StoreContext,
  id: string,
  round: StoredRound,
): Promise<boolean> {
  return database.write(async (sql) => {
    const locked = await lockTurn(sql, id, now());
    if (locked?.turn.ended_at === null) await writeRound(sql, locked.turn, round, now());
    return locked !== undefined;
  });
}

/** The first thought of a turn stands: its rounds come of it. */
export async function writeThought(sql: Sql, id: string, thought: Thought): Promise<void> {
  await sql
    .updateTable('turns')
    .set({ thought: JSON.stringify(thought) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('thought', 'is', null)
    .execute();
}

/**
 * A round of a locked turn. One that was reflected on stands. One that was not may come again with
 * another picture: its turn went on elsewhere from the last finished round.
 */
export async function writeRound(
  sql: Sql,
  { id, person }: LockedTurn,
  { round, instruction, image, reflection, kept }: StoredRound,
  now: number,
): Promise<void> {
  const earlier = await sql
    .selectFrom('rounds')
    .select('reflection')
    .where('turn_id', '=', id)
    .where('round', '=', round)
    .executeTakeFirst();
  if (earlier && earlier.reflection !== null) return;
  const row: RoundsTable = {
    turn_id: id,
    round,
    instruction,
    reflection: reflection ? JSON.stringify(reflection) : null,
    kept: kept ? JSON.stringify(kept) : null,
    recorded_at: now,
  };
  await sql
    .insertInto('rounds')
    .values(row)
    .onConflict((conflict) => conflict.columns(['turn_id', 'round']).doUpdateSet(row))
    .execute();
  await replaceImage(sql, id, 'round', image, round);
  if (!earlier) await countUsage(sql, person, dayOf(now), { rounds: 1 });
}

/** What is decided by, of a turn whose conversation is locked. */
type LockedTurn = Pick<TurnsTable, 'id' | 'person' | 'ended_at'>;

/** A turn and its conversation, which is locked; see `lockConversation`. */
export async function lockTurn(
  sql: Sql,
  id: string,
  now: number,
): Promise<{ turn: LockedTurn; conversation: ConversationsTable } | undefined> {
  const conversation = await sql
    .updateTable('conversations')
    .set({ updated_at: now })
    .where('id', '=', (build) =>
      build.selectFrom('turns').select('conversation_id').where('turns.id', '=', id),
    )
    .returningAll()
    .executeTakeFirst();
  const turn = await sql
    .selectFrom('turns')
    .select(['id', 'person', 'ended_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return conversation && turn && { turn, conversation };
}

async function isThere(sql: Sql, id: string): Promise<boolean> {
  const row = await sql.selectFrom('turns').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}
