import type { WebChat, WebThread } from '../../web-chat.ts';
import type { WebChatContext } from './context.ts';
import type { Sql } from '../database.ts';
import { randomId } from '../ids.ts';
import { nextRevision } from './revisions.ts';
import type { WebThreadsTable } from './schema.ts';

export function threads({
  database,
  now,
}: WebChatContext): Pick<WebChat, 'open' | 'thread' | 'removeThread'> {
  return {
    open: (title) =>
      database.writeDurably(async (sql) => addThread(sql, title, await nextRevision(sql), now())),

    thread: (threadId) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('web_threads')
          .selectAll()
          .where('id', '=', threadId)
          .executeTakeFirst();
        return row && toThread(row);
      }),

    removeThread: (threadId) =>
      database.writeDurably(async (sql) => {
        const revision = await nextRevision(sql);
        const removed = await sql
          .updateTable('web_threads')
          .set({ title: '', revision, deleted_at: now() })
          .where('id', '=', threadId)
          .where('deleted_at', 'is', null)
          .returning('id')
          .executeTakeFirst();
        if (removed) {
          await sql.deleteFrom('web_messages').where('thread_id', '=', threadId).execute();
        }
      }),
  };
}

/** Makes a thread, and returns its id. */
export async function addThread(
  sql: Sql,
  title: string,
  revision: number,
  now: number,
): Promise<string> {
  const id = randomId();
  await sql
    .insertInto('web_threads')
    .values({ id, title, revision, updated_at: now, deleted_at: null })
    .execute();
  return id;
}

/** Brings a thread to the top, if it is there. */
export async function touchThread(
  sql: Sql,
  threadId: string,
  revision: number,
  now: number,
): Promise<boolean> {
  const row = await sql
    .updateTable('web_threads')
    .set({ updated_at: now, revision })
    .where('id', '=', threadId)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export function toThread(row: WebThreadsTable): WebThread {
  return {
    id: row.id,
    title: row.title,
    updatedAt: row.updated_at,
    isDeleted: row.deleted_at !== null,
  };
}
