import type { Post } from '../records.ts';
import type { Posts } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { randomId } from './ids.ts';
import { holdLease } from './leases.ts';
import type { PostsTable } from './schema.ts';

/** Fits into the 25 characters of Discord's nonce. */
const MARKER_LENGTH = 20;

export function posts({ database, now }: StoreContext): Posts {
  return {
    claimPost: ({ conversationId, slot, turnId, channel }, lease) =>
      database.write(async (sql) => {
        await holdLease(sql, lease);
        if (!(await exists(sql, conversationId, turnId))) return undefined;
        const row = await sql
          .insertInto('posts')
          .values({
            conversation_id: conversationId,
            slot,
            turn_id: turnId ?? null,
            marker: randomId(MARKER_LENGTH),
            channel,
            created_at: now(),
          })
          .onConflict((conflict) =>
            // Nothing new, but so the row is returned.
            conflict.columns(['conversation_id', 'slot']).doUpdateSet({ slot }),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
        return toPost(row);
      }),

    recordPost: ({ conversationId, slot, messageId, painted }, lease) =>
      database.write(async (sql) => {
        await holdLease(sql, lease);
        const row = await sql
          .updateTable('posts')
          .set({
            slot,
            ...(messageId !== undefined && { message_id: messageId }),
            ...(painted !== undefined && { painted }),
          })
          .where('conversation_id', '=', conversationId)
          .where('slot', '=', slot)
          .returningAll()
          .executeTakeFirst();
        return row && toPost(row);
      }),

    posts: (turnId) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('posts')
          .selectAll()
          .where('turn_id', '=', turnId)
          .orderBy('created_at')
          .orderBy('slot')
          .execute();
        return rows.map(toPost);
      }),

    findPost: ({ platform, workspace = '', channel }, messageId) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('posts')
          .innerJoin('conversations', 'conversations.id', 'posts.conversation_id')
          .selectAll('posts')
          .where('posts.message_id', '=', messageId)
          .where('posts.channel', '=', channel)
          .where('conversations.platform', '=', platform)
          .where('conversations.workspace', '=', workspace)
          .executeTakeFirst();
        return row && toPost(row);
      }),
  };
}

/** Whether what a post belongs to is still there, and stays until this transaction ends. */
async function exists(sql: Sql, conversationId: string, turnId?: string): Promise<boolean> {
  const conversation = await sql
    .updateTable('conversations')
    .set((build) => ({ updated_at: build.ref('updated_at') }))
    .where('id', '=', conversationId)
    .returning('id')
    .executeTakeFirst();
  if (!conversation || turnId === undefined) return conversation !== undefined;
  const turn = await sql
    .selectFrom('turns')
    .select('id')
    .where('id', '=', turnId)
    .executeTakeFirst();
  return turn !== undefined;
}

export function toPost(row: PostsTable): Post {
  return {
    conversationId: row.conversation_id,
    slot: row.slot,
    ...(row.turn_id !== null && { turnId: row.turn_id }),
    marker: row.marker,
    channel: row.channel,
    ...(row.message_id !== null && { messageId: row.message_id }),
    ...(row.painted !== null && { painted: row.painted }),
    createdAt: row.created_at,
  };
}
