import type { Point, Turn } from '../records.ts';
import type { Sql } from './database.ts';
import { headOf } from './head-history.ts';
import { historyOf, pushHead, type HeadOwner } from './heads.ts';
import type { TurnsTable } from './schema.ts';
import { imageAt, imageOf, useImage } from './turn-images.ts';
import { findTurn } from './turn-rows.ts';

/**
 * Makes the first waiting turn of a locked conversation `queued`, where none is active. Its base,
 * if it has none yet, is the head of this very moment; a base of its own becomes the head.
 */
export async function releaseNext(
  sql: Sql,
  conversationId: string,
  now: number,
): Promise<Turn | undefined> {
  const next = await nextInLine(sql, conversationId);
  if (!next) return undefined;
  const owner = await sql
    .selectFrom('conversations')
    .select(['id', 'head_position'])
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow();
  const point = await baseOf(sql, owner, next);
  if (point) await pushHead(sql, owner, point);
  const turnId = point && point.turnId !== next.id ? point.turnId : null;
  await sql
    .updateTable('turns')
    .set({
      state: 'queued',
      released_at: now,
      base_turn_id: turnId,
      base_round: turnId === null ? null : (point?.round ?? null),
    })
    .where('id', '=', next.id)
    .execute();
  return findTurn(sql, next.id);
}

type WaitingTurn = Pick<TurnsTable, 'id' | 'state' | 'base_turn_id' | 'base_round'>;

async function nextInLine(sql: Sql, conversationId: string): Promise<WaitingTurn | undefined> {
  const [first, ...others] = await sql
    .selectFrom('turns')
    .select(['id', 'state', 'base_turn_id', 'base_round'])
    .where('conversation_id', '=', conversationId)
    .where('ended_at', 'is', null)
    .orderBy('sequence')
    .execute();
  const active = [first, ...others].some((turn) => turn !== undefined && turn.state !== 'waiting');
  return active ? undefined : first;
}

/** Where the turn begins: its own round 0 where its picture came with it, or lost its turn. */
async function baseOf(sql: Sql, owner: HeadOwner, turn: WaitingTurn): Promise<Point | undefined> {
  const { id, base_turn_id: turnId, base_round: round } = turn;
  if (await imageOf(sql, id, 'base')) {
    return turnId === null || round === null ? { turnId: id, round: 0 } : { turnId, round };
  }
  const head = headOf(await historyOf(sql, owner.id), owner.head_position)?.point;
  if (!head) return undefined;
  const found = await useBase(sql, id, head);
  return found ? head : undefined;
}

/** Writes down that a turn edits the picture at a point; false where there is none. */
export async function useBase(sql: Sql, turnId: string, point: Point): Promise<boolean> {
  const image = await imageAt(sql, point);
  if (!image) return false;
  await useImage(sql, turnId, 'base', image);
  await useImage(sql, turnId, 'source', (await imageOf(sql, point.turnId, 'source')) ?? image);
  return true;
}
