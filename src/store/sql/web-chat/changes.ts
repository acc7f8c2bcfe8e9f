import type { WebChat, WebMessage } from '../../web-chat.ts';
import type { Sql } from '../database.ts';
import type { WebChatContext } from './context.ts';
import { lastRevision } from './revisions.ts';
import type { WebMessagesTable } from './schema.ts';
import { toThread } from './threads.ts';

/** What readers see. */
export function changes({ database }: WebChatContext): Pick<WebChat, 'changes' | 'message'> {
  return {
    message: (messageId) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('web_messages')
          .selectAll()
          .where('id', '=', messageId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        return row && toMessage(row);
      }),

    changes: (after, threadId, limit) =>
      database.read(async (sql) => {
        const messages =
          threadId === undefined ? [] : await messagesAfter(sql, threadId, after, limit + 1);
        const isWhole = messages.length <= limit;
        const told = messages.slice(0, limit);
        const revision = isWhole ? await lastRevision(sql) : (told.at(-1)?.revision ?? after);
        const threads = await sql
          .selectFrom('web_threads')
          .selectAll()
          .where('revision', '>', after)
          .where('revision', '<=', revision)
          .$if(after === 0, (query) => query.where('deleted_at', 'is', null))
          .orderBy('revision')
          .execute();
        return {
          revision,
          isWhole,
          threads: threads.map(toThread),
          messages: told.map(toMessage),
        };
      }),
  };
}

function messagesAfter(
  sql: Sql,
  threadId: string,
  after: number,
  limit: number,
): Promise<WebMessagesTable[]> {
  return sql
    .selectFrom('web_messages')
    .selectAll()
    .where('thread_id', '=', threadId)
    .where('revision', '>', after)
    .$if(after === 0, (query) => query.where('deleted_at', 'is', null))
    .orderBy('revision')
    .limit(limit)
    .execute();
}

function toMessage(row: WebMessagesTable): WebMessage {
  return {
    id: row.id,
    threadId: row.thread_id,
    position: row.position,
    revision: row.revision,
    author: row.author,
    ...(row.answers !== null && { answers: row.answers }),
    content: row.content,
    ...(row.opinion !== null && { opinion: row.opinion }),
    sentAt: row.sent_at,
    isDeleted: row.deleted_at !== null,
  };
}
