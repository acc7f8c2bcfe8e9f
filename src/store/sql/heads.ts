import type { Point } from '../records.ts';
import type { Sql } from './database.ts';
import { headOf, samePoint, type HeadHistory } from './head-history.ts';
import type { ConversationsTable } from './schema.ts';

/** A conversation's row and its history, as far as heads go. */
export type HeadOwner = Pick<ConversationsTable, 'id' | 'head_position'>;

export async function historyOf(sql: Sql, conversationId: string): Promise<HeadHistory> {
  const rows = await sql
    .selectFrom('heads')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('position')
    .execute();
  return rows.map(({ position, turn_id: turnId, round }) => ({
    position,
    point: { turnId, round },
  }));
}

/** Shows a picture next; what had been undone can't be redone any more. False where it is shown already. */
export async function pushHead(sql: Sql, owner: HeadOwner, point: Point): Promise<boolean> {
  const head = headOf(await historyOf(sql, owner.id), owner.head_position);
  if (head && samePoint(head.point, point)) return false;
  await sql
    .deleteFrom('heads')
    .where('conversation_id', '=', owner.id)
    .where('position', '>', owner.head_position)
    .execute();
  const position = owner.head_position + 1;
  await sql
    .insertInto('heads')
    .values({ conversation_id: owner.id, position, turn_id: point.turnId, round: point.round })
    .execute();
  await setPosition(sql, owner.id, position);
  return true;
}

export async function setPosition(sql: Sql, id: string, position: number): Promise<void> {
  await sql
    .updateTable('conversations')
    .set({ head_position: position })
    .where('id', '=', id)
    .execute();
}
