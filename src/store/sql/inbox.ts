import type { InboxMessage } from '../records.ts';
import type { Inbox, SettleOptions } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { readMove, type Move } from './json.ts';
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
  move: null,
  received_at: now,
  settled_at: null,
});

/** None where nothing is known but that it was there. */
function toMessage(row: InboxTable): InboxMessage[] {
  const { message_key: key, person, payload, received_at: receivedAt } = row;
  if (payload === null) return [];
  return [{ key, ...(person !== null && { person }), payload, receivedAt }];
}

/** What a message's moving the head came to; undefined where that was not tried yet. */
export async function moveOf(sql: Sql, key: string): Promise<Move | undefined> {
  const row = await sql
    .selectFrom('inbox')
    .select('move')
    .where('message_key', '=', key)
    .executeTakeFirst();
  return row && row.move !== null ? readMove(row.move) : undefined;
}

/** Remembers what came of a message's moving the head, also of one that never passed the inbox. */
export async function rememberMove(sql: Sql, key: string, move: Move, now: number): Promise<void> {
  const told = { move: JSON.stringify(move) };
  await sql
    .insertInto('inbox')
    .values({ ...blank(key, now), ...told })
    .onConflict((conflict) => conflict.column('message_key').doUpdateSet(told))
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
