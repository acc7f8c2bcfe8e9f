import type { Inbox } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';

export function inbox({ database, now }: StoreContext): Inbox {
  return {
    receive: ({ key, person = null, payload }) =>
      database.writeDurably(async (sql) => {
        const row = await sql
          .insertInto('inbox')
          .values({ message_key: key, person, payload, received_at: now(), settled_at: null })
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
        return rows.map(({ message_key: key, person, payload, received_at: receivedAt }) => ({
          key,
          ...(person !== null && { person }),
          payload: payload ?? '',
          receivedAt,
        }));
      }),

    settle: (key) => database.write((sql) => settle(sql, key, now())),
  };
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
export async function settle(sql: Sql, key: string, now: number): Promise<void> {
  const settled = { payload: null, settled_at: now };
  await sql
    .insertInto('inbox')
    .values({ message_key: key, person: null, received_at: now, ...settled })
    .onConflict((conflict) => conflict.column('message_key').doUpdateSet(settled))
    .execute();
}
