import type { ImageReference } from '../../image-reference.ts';
import type { WebChat } from '../../web-chat.ts';
import type { Sql } from '../database.ts';
import type { WebChatContext } from './context.ts';

export function pictures({ database }: WebChatContext): Pick<WebChat, 'picture'> {
  return {
    picture: (imageId) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('web_pictures')
          .selectAll()
          .where('image_id', '=', imageId)
          .executeTakeFirst();
        if (!row) return undefined;
        const { image_id: id, format, width, height, bytes } = row;
        return { id, format, width, height, bytes };
      }),
  };
}

/** Makes these the pictures that a message shows, and gives out no others of it any more. */
export async function showPictures(
  sql: Sql,
  messageId: string,
  shown: readonly ImageReference[],
): Promise<void> {
  const ids = shown.map(({ id }) => id);
  await sql
    .deleteFrom('web_pictures')
    .where('message_id', '=', messageId)
    .where('image_id', 'not in', [...ids, ''])
    .execute();
  if (shown.length === 0) return;
  await sql
    .insertInto('web_pictures')
    .values(shown.map(({ id, ...facts }) => ({ message_id: messageId, image_id: id, ...facts })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
