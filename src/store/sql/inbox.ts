import type { InboxMessage } from '../records.ts';
import type { Inbox, SettleOptions } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import type { InboxTable } from './schema.ts';

export function inbox({ database, now }: StoreContext): Inbox {
  return {
    receive: ({ key, person = null, payload }) =>
      database.writeDurably(async (sql) => {
        const row = await sql
          .insertInto('inbox')
          .values({ ...blank(key, now()), person, payload })
          .onConflict((conflict) => conflict.doNothing())
          .returning('message_key')
          .executeTakeFirst();
        return row ? 'new' : 'seen';
      }),

    undealt: (limit) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('inbox')
          .selectAll()
          .where('settled_at', 'is', null)
          .orderBy('received_at')
          .orderBy('message_key')
          .limit(limit)
          .execute();
        return rows.flatMap(toMessage);
      }),

    inboxMessage: (key) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('inbox')
          .selectAll()
          .where('message_key', '=', key)
          .execute();
        return rows.flatMap(toMessage)[0];
      }),

    settle: (key, options) => database.write((sql) => settle(sql, key, now(), options)),
  };
}

const blank = (key: string, now: number): InboxTable => ({
  message_key: key,
  person: null,
  payload: null,
  has_moved: null,
  received_at: now,
  settled_at: null,
});

/** None where nothing is known but that it was there. */
function toMessage(row: InboxTable): InboxMessage[] {
  const { message_key: key, person, payload, received_at: receivedAt } = row;
  if (payload === null) return [];
  return [{ key, ...(person !== null && { person }), payload, receivedAt }];
}

/** Whether the head has moved because of a message; undefined where that was not tried yet. */
export async function hasMoved(sql: Sql, key: string): Promise<boolean | undefined> {
  const row = await sql
    .selectFrom('inbox')
    .select('has_moved')
    .where('message_key', '=', key)
    .executeTakeFirst();
  return row && row.has_moved !== null ? row.has_moved === 1 : undefined;
}

/** Remembers whether the head has moved because of a message, also of one that never passed the inbox. */
export async function rememberMove(
  sql: Sql,
  key: string,
  moved: boolean,
  now: number,
): Promise<void> {
  const has_moved = moved ? 1 : 0;
  await sql
    .insertInto('inbox')
    .values({ ...blank(key, now), has_moved })
    .onConflict((conflict) => conflict.column('message_key').doUpdateSet({ has_moved }))
    .execute();
}

/** Whether a message was dealt with. */
export async function isSettled(sql: Sql, key: string): Promise<boolean> {
  const row = await sql
    .selectFrom('inbox')
    .select('settled_at')
    .where('message_key', '=', key)
    .executeTakeFirst();
  return row !== undefined && row.settled_at !== null;
}

/** Marks a message as dealt with, also one that never passed the inbox. */
export async function settle(
  sql: Sql,
  key: string,
  now: number,
  { keepPayload = false }: SettleOptions = {},
): Promise<void> {
  const settled = { settled_at: now, ...(!keepPayload && { payload: null }) };
  await sql
    .insertInto('inbox')
    .values({ ...blank(key, now), settled_at: now })
    .onConflict((conflict) => conflict.column('message_key').doUpdateSet(settled))
    .execute();
}
