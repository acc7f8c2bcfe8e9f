import type { WebChat } from '../../web-chat.ts';
import type { Sql } from '../database.ts';
import { randomId } from '../ids.ts';
import type { WebChatContext } from './context.ts';
import { showPictures } from './pictures.ts';
import { nextRevision } from './revisions.ts';
import { touchThread } from './threads.ts';

/** What the bot writes. */
export function posts({
  database,
  now,
}: WebChatContext): Pick<WebChat, 'post' | 'update' | 'judge' | 'find' | 'remove'> {
  return {
    post: (threadId, { marker, answers, content, pictures }) =>
      database.writeDurably(async (sql) => {
        const revision = await nextRevision(sql);
        const known = await sql
          .selectFrom('web_messages')
          .select('id')
          .where('marker', '=', `post:${marker}`)
          .executeTakeFirst();
        if (known) return known.id;
        const time = now();
        if (!(await touchThread(sql, threadId, revision, time))) return undefined;
        const id = randomId();
        await sql
          .insertInto('web_messages')
          .values({
            id,
            thread_id: threadId,
            position: revision,
            revision,
            author: 'bot',
            marker: `post:${marker}`,
            answers: answers ?? null,
            content,
            sent_at: time,
          })
          .execute();
        await showPictures(sql, id, pictures);
        return id;
      }),

    // Not durably: what a power cut takes of these is painted again.
    update: (threadId, messageId, { content, pictures }) =>
      database.write(async (sql) => {
        const known = await ownMessage(sql, threadId, messageId);
        if (!known) return false;
        if (known.content === content) return true;
        await sql
          .updateTable('web_messages')
          .set({ content, revision: await nextRevision(sql) })
          .where('id', '=', messageId)
          .where('deleted_at', 'is', null)
          .execute();
        await showPictures(sql, messageId, pictures);
        return true;
      }),

    judge: (messageId, opinion) =>
      database.writeDurably(async (sql) => {
        const revision = await nextRevision(sql);
        await sql
          .updateTable('web_messages')
          .set({ opinion, revision })
          .where('id', '=', messageId)
          .where('author', '=', 'bot')
          .where('deleted_at', 'is', null)
          .execute();
      }),

    find: (threadId, marker, since) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('web_messages')
          .select('id')
          .where('marker', '=', `post:${marker}`)
          .where('thread_id', '=', threadId)
          .where('sent_at', '>=', since)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        return row?.id;
      }),

    remove: (threadId, messageId) =>
      database.writeDurably(async (sql) => {
        if (!(await ownMessage(sql, threadId, messageId))) return;
        await sql
          .updateTable('web_messages')
          .set({ content: '', deleted_at: now(), revision: await nextRevision(sql) })
          .where('id', '=', messageId)
          .execute();
        await showPictures(sql, messageId, []);
      }),
  };
}

function ownMessage(
  sql: Sql,
  threadId: string,
  messageId: string,
): Promise<{ readonly content: string } | undefined> {
  return sql
    .selectFrom('web_messages')
    .select('content')
    .where('id', '=', messageId)
    .where('thread_id', '=', threadId)
    .where('author', '=', 'bot')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}
