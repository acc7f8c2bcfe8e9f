import { AppError } from '../../errors.ts';
import type { Point } from '../records.ts';
import type { Conversations, HeadMove, HeadMoved } from '../types.ts';
import type { StoreContext } from './context.ts';
import { findConversation, lockConversation } from './conversations.ts';
import type { Sql } from './database.ts';
import { headOf, redoOf, undoOf } from './head-history.ts';
import { historyOf, pushHead, setPosition, type HeadOwner } from './heads.ts';
import { moveOf, rememberMove } from './inbox.ts';
import type { Move } from './json.ts';
import { lineageOf } from './lineage.ts';
import { imageAt } from './turn-images.ts';

export function headMoves({ database, now }: StoreContext): Pick<Conversations, 'moveHead'> {
  return {
    moveHead: (conversationId, move, { messageKey } = {}) =>
      database.write(async (sql) => {
        const owner = await lockConversation(sql, conversationId, now());
        if (!owner) return undefined;
        const earlier = messageKey === undefined ? undefined : await moveOf(sql, messageKey);
        const made = earlier ?? (await make(sql, owner, move));
        if (messageKey !== undefined && !earlier) await rememberMove(sql, messageKey, made, now());
        return told(sql, conversationId, made);
      }),
  };
}

async function make(sql: Sql, owner: HeadOwner, move: HeadMove): Promise<Move> {
  const moved = await apply(sql, owner, move);
  const head = (await findConversation(sql, owner.id))?.head;
  return { moved, ...(head && { head: { turnId: head.turnId, round: head.round } }) };
}

async function told(sql: Sql, id: string, { moved, head }: Move): Promise<HeadMoved | undefined> {
  const conversation = await findConversation(sql, id);
  const image = head && (await imageAt(sql, head));
  return (
    conversation && { moved, ...(head && image && { head: { ...head, image } }), conversation }
  );
}

async function apply(sql: Sql, owner: HeadOwner, move: HeadMove): Promise<boolean> {
  switch (move.kind) {
    case 'undo':
      return walk(sql, owner, undoOf, move.times);
    case 'redo':
      return walk(sql, owner, redoOf, move.times);
    case 'original': {
      const root = await rootOf(sql, owner);
      return root !== undefined && pushHead(sql, owner, root);
    }
    case 'to':
      await requirePicture(sql, owner.id, move.point);
      return pushHead(sql, owner, move.point);
    default:
      return move satisfies never;
  }
}

async function walk(sql: Sql, owner: HeadOwner, next: typeof undoOf, times = 1): Promise<boolean> {
  const history = await historyOf(sql, owner.id);
  let position = owner.head_position;
  let moved = false;
  for (let step = 0; step < times; step += 1) {
    const entry = next(history, position);
    if (!entry) break;
    position = entry.position;
    moved = true;
  }
  if (moved) await setPosition(sql, owner.id, position);
  return moved;
}

/** What the turn at the beginning of the head's chain of bases began from. */
async function rootOf(sql: Sql, owner: HeadOwner): Promise<Point | undefined> {
  const head = headOf(await historyOf(sql, owner.id), owner.head_position);
  const [root] = head ? await lineageOf(sql, head.point.turnId) : [];
  return root && { turnId: root.id, round: 0 };
}

/** @throws {AppError} `IMAGE_NOT_FOUND` unless the point is a picture of the conversation. */
export async function requirePicture(sql: Sql, conversationId: string, point: Point) {
  const turn = await sql
    .selectFrom('turns')
    .select('conversation_id')
    .where('id', '=', point.turnId)
    .executeTakeFirst();
  const image = await imageAt(sql, point);
  if (image && turn?.conversation_id === conversationId) return image;
  throw new AppError('IMAGE_NOT_FOUND', 'That picture is no longer here; please choose another.');
}
