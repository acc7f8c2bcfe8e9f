import type { Thought } from '../../pipeline/types.ts';
import type { StoredRound, Turn } from '../records.ts';
import { dayOf, type StoreContext } from './context.ts';
import { lockConversation } from './conversations.ts';
import type { Sql } from './database.ts';
import type { RoundsTable, TurnsTable } from './schema.ts';
import { useImage } from './turn-images.ts';
import { findTurn } from './turn-rows.ts';
import { countUsage } from './usage.ts';

/** `queued` → `running`; see `Turns.startTurn`. */
export function startTurn(
  { database, now }: StoreContext,
  id: string,
  { deadlineAt }: { readonly deadlineAt?: number } = {},
): Promise<Turn | undefined> {
  return database.write(async (sql) => {
    await sql
      .updateTable('turns')
      .set({ state: 'running', started_at: now(), deadline_at: deadlineAt ?? null })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute();
    return findTurn(sql, id);
  });
}

/** The first thought of a turn stands: its rounds come of it. */
export function recordThought(
  { database }: StoreContext,
  id: string,
  thought: Thought,
): Promise<Turn | undefined> {
  return database.write(async (sql) => {
    await sql
      .updateTable('turns')
      .set({ thought: JSON.stringify(thought) })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .where('thought', 'is', null)
      .execute();
    return findTurn(sql, id);
  });
}

/**
 * A round that was reflected on stands. One that was not may come again with another picture: its
 * turn went on elsewhere from the last finished round.
 */
export function recordRound(
  { database, now }: StoreContext,
  id: string,
  round: StoredRound,
): Promise<Turn | undefined> {
  return database.write(async (sql) => {
    const time = now();
    const turn = await lockTurn(sql, id, time);
    if (!turn) return undefined;
    const earlier = await sql
      .selectFrom('rounds')
      .selectAll()
      .where('turn_id', '=', id)
      .where('round', '=', round.round)
      .executeTakeFirst();
    if (turn.ended_at === null && (!earlier || earlier.reflection === null)) {
      await replaceRound(sql, id, round, time);
      if (!earlier) await countUsage(sql, turn.person, dayOf(time), { rounds: 1 });
    }
    return findTurn(sql, id);
  });
}

/** A turn whose conversation is locked. */
export async function lockTurn(sql: Sql, id: string, now: number): Promise<TurnsTable | undefined> {
  const query = sql.selectFrom('turns').selectAll().where('id', '=', id);
  const found = await query.executeTakeFirst();
  if (!found || !(await lockConversation(sql, found.conversation_id, now))) return undefined;
  return query.executeTakeFirst();
}

async function replaceRound(
  sql: Sql,
  id: string,
  { round, instruction, image, reflection }: StoredRound,
  now: number,
): Promise<void> {
  const row: RoundsTable = {
    turn_id: id,
    round,
    instruction,
    reflection: reflection ? JSON.stringify(reflection) : null,
    recorded_at: now,
  };
  await sql
    .insertInto('rounds')
    .values(row)
    .onConflict((conflict) => conflict.columns(['turn_id', 'round']).doUpdateSet(row))
    .execute();
  await sql
    .deleteFrom('turn_images')
    .where('turn_id', '=', id)
    .where('role', '=', 'round')
    .where('ordinal', '=', round)
    .execute();
  await useImage(sql, id, 'round', image, round);
}
