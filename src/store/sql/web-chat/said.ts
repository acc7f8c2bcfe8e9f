import type { Said, WebChat } from '../../web-chat.ts';
import type { Sql } from '../database.ts';
import { randomId } from '../ids.ts';
import type { WebChatContext } from './context.ts';
import { nextRevision } from './revisions.ts';
import type { WebMessagesTable } from './schema.ts';
import { addThread, touchThread } from './threads.ts';

/** What persons wrote. */
export function said({
  database,
  now,
}: WebChatContext): Pick<WebChat, 'say' | 'unheard' | 'heard'> {
  return {
    say: ({ key, threadId, title, content }) =>
      database.writeDurably(async (sql) => {
        const marker = `said:${key}`;
        // First of all, as it locks out whoever sends the same at the same time.
        const revision = await nextRevision(sql);
        const known = await saidUnder(sql, marker);
        if (known) return known;
        const time = now();
        const thread = threadId ?? (await addThread(sql, title, revision, time));
        if (!(await touchThread(sql, thread, revision, time))) return undefined;
        await sql
          .insertInto('web_messages')
          .values({
            id: randomId(),
            thread_id: thread,
            position: revision,
            revision,
            author: 'person',
            marker,
            content,
            sent_at: time,
          })
          .execute();
        return saidUnder(sql, marker);
      }),

    unheard: (limit) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('web_messages')
          .selectAll()
          .where('author', '=', 'person')
          .where('heard_at', 'is', null)
          .orderBy('sent_at')
          .orderBy('position')
          .limit(limit)
          .execute();
        return rows.map(toSaid);
      }),

    heard: (messageId) =>
      database.write(async (sql) => {
        await sql
          .updateTable('web_messages')
          .set({ heard_at: now() })
          .where('id', '=', messageId)
          .where('heard_at', 'is', null)
          .execute();
      }),
  };
}

async function saidUnder(sql: Sql, marker: string): Promise<Said | undefined> {
  const row = await sql
    .selectFrom('web_messages')
    .selectAll()
    .where('marker', '=', marker)
    .executeTakeFirst();
  return row && toSaid(row);
}

function toSaid(row: WebMessagesTable): Said {
  return {
    messageId: row.id,
    threadId: row.thread_id,
    content: row.content,
    sentAt: row.sent_at,
    isHeard: row.heard_at !== null,
  };
}
