import type { Conversation, Place } from '../records.ts';
import type { Conversations } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { headOf, redoOf, undoOf } from './head-history.ts';
import { historyOf } from './heads.ts';
import { randomId } from './ids.ts';
import type { ConversationsTable } from './schema.ts';
import { imageAt } from './turn-images.ts';

export function conversations({ database, now }: StoreContext): Omit<Conversations, 'moveHead'> {
  return {
    openConversation: (place) =>
      database.write(async (sql) => {
        const time = now();
        const row = await sql
          .insertInto('conversations')
          .values({
            id: randomId(),
            ...columnsOf(place),
            turn_count: 0,
            head_position: 0,
            created_at: time,
            updated_at: time,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['platform', 'workspace', 'channel', 'thread'])
              .doUpdateSet({ updated_at: time }),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
        return toConversation(sql, row);
      }),

    conversation: (id) => database.read((sql) => findConversation(sql, id)),

    findConversation: (place) =>
      database.read(async (sql) => {
        const row = await atPlace(sql, place);
        return row && toConversation(sql, row);
      }),

    recentPlaces: (platform, since, limit) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('conversations')
          .select(['platform', 'workspace', 'channel', 'thread', 'updated_at'])
          .where('platform', '=', platform)
          .where('updated_at', '>=', since)
          .orderBy('updated_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map((row) => ({ place: placeOf(row), updatedAt: row.updated_at }));
      }),

    placeOf: (turnId) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('turns')
          .innerJoin('conversations', 'conversations.id', 'turns.conversation_id')
          .select(['platform', 'workspace', 'channel', 'thread'])
          .where('turns.id', '=', turnId)
          .executeTakeFirst();
        return row && placeOf(row);
      }),

    placeConversation: (id, place) =>
      database.write(async (sql) => {
        const row = await lockConversation(sql, id, now());
        const other = await atPlace(sql, place);
        if (!row || (other && other.id !== id)) return false;
        await sql.updateTable('conversations').set(columnsOf(place)).where('id', '=', id).execute();
        return true;
      }),
  };
}

/**
 * A conversation for this transaction alone: others that want it wait. Everything that decides by
 * the state of a conversation or its turns begins with it, before it reads that state.
 */
export async function lockConversation(
  sql: Sql,
  id: string,
  now: number,
): Promise<ConversationsTable | undefined> {
  return sql
    .updateTable('conversations')
    .set({ updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export async function findConversation(sql: Sql, id: string): Promise<Conversation | undefined> {
  const row = await sql
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toConversation(sql, row);
}

async function toConversation(sql: Sql, row: ConversationsTable): Promise<Conversation> {
  const history = await historyOf(sql, row.id);
  const head = headOf(history, row.head_position);
  const image = head && (await imageAt(sql, head.point));
  return {
    id: row.id,
    place: placeOf(row),
    ...(head && image && { head: { ...head.point, image } }),
    canUndo: undoOf(history, row.head_position) !== undefined,
    canRedo: redoOf(history, row.head_position) !== undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

type PlaceColumns = Pick<ConversationsTable, 'platform' | 'workspace' | 'channel' | 'thread'>;

function atPlace(sql: Sql, place: Place): Promise<ConversationsTable | undefined> {
  const { platform, workspace, channel, thread } = columnsOf(place);
  return sql
    .selectFrom('conversations')
    .selectAll()
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('channel', '=', channel)
    .where('thread', '=', thread)
    .executeTakeFirst();
}

function columnsOf({ platform, workspace = '', channel, thread = '' }: Place): PlaceColumns {
  return { platform, workspace, channel, thread };
}

export function placeOf({ platform, workspace, channel, thread }: PlaceColumns): Place {
  return {
    platform,
    ...(workspace !== '' && { workspace }),
    channel,
    ...(thread !== '' && { thread }),
  };
}
