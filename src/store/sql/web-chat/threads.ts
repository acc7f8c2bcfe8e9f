import type { UpdateQueryBuilder, UpdateResult } from 'kysely';

import type { WebChat, WebThread } from '../../web-chat.ts';
import type { WebChatContext } from './context.ts';
import type { Sql } from '../database.ts';
import { randomId } from '../ids.ts';
import { nextRevision } from './revisions.ts';
import type { Tables } from '../schema.ts';
import type { WebThreadsTable } from './schema.ts';

export function threads({
  database,
  now,
}: WebChatContext): Pick<WebChat, 'open' | 'thread' | 'removeThread' | 'removeThreadsBefore'> {
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
        await remove(sql, now(), (query) => query.where('id', '=', threadId));
      }),

    removeThreadsBefore: (time) =>
      database.writeDurably((sql) =>
        remove(sql, now(), (query) => query.where('updated_at', '<', time)),
      ),
  };
}

type Update = UpdateQueryBuilder<Tables, 'web_threads', 'web_threads', UpdateResult>;

/** Leaves of some threads nothing but that they are gone; how many they were. */
async function remove(sql: Sql, now: number, which: (query: Update) => Update): Promise<number> {
  const revision = await nextRevision(sql);
  const gone = { title: '', revision, deleted_at: now };
  const removed = await which(sql.updateTable('web_threads').set(gone))
    .where('deleted_at', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of removed) {
    await sql.deleteFrom('web_messages').where('thread_id', '=', id).execute();
  }
  return removed.length;
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
