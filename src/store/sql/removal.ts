import type { Removal } from '../types.ts';
import { writeAudit } from './audit.ts';
import { dayOf, type StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { lockAll, postsOfTurns, removeEmpty, removeTurns } from './remove-turns.ts';
import { usedAmong } from './turn-images.ts';

export function removal(context: StoreContext): Removal {
  const { database, now } = context;
  return {
    removePerson: (person) =>
      database.writeDurably(async (sql) => {
        const time = now();
        const locked = await lockAll(sql, await conversationsOf(sql, person), time);
        const turns = await sql
          .selectFrom('turns')
          .select(['id', 'ended_at'])
          .where('person', '=', person)
          .where('conversation_id', 'in', locked.length > 0 ? locked : [''])
          .execute();
        const removed = await removeTurns(sql, locked, turns, time);
        await removeTraces(sql, person, time);
        await writeAudit(context, sql, { person: '', action: 'forget' });
        return removed;
      }),

    removeConversation: (id) =>
      database.writeDurably(async (sql) => {
        const locked = await lockAll(sql, [id], now());
        const turns = await sql
          .selectFrom('turns')
          .select(['id', 'ended_at'])
          .where('conversation_id', 'in', locked.length > 0 ? locked : [''])
          .execute();
        return removeTurns(sql, locked, turns, now());
      }),

    removeTurnsBefore: (before, limit) =>
      database.writeDurably(async (sql) => {
        const old = await sql
          .selectFrom('turns')
          .select(['id', 'conversation_id', 'ended_at'])
          .where('ended_at', '<', before)
          .orderBy('ended_at')
          .limit(limit)
          .execute();
        const ids = [...new Set(old.map(({ conversation_id: id }) => id))];
        const locked = await lockAll(sql, ids, now());
        return removeTurns(sql, locked, old, now());
      }),

    removeRecordsBefore: ({ passing, lasting }) =>
      database.write(async (sql) => {
        await sql.deleteFrom('inbox').where('settled_at', '<', passing).execute();
        for (const table of USAGES) {
          await sql.deleteFrom(table).where('day', '<', dayOf(passing)).execute();
        }
        await sql.deleteFrom('leases').where('expires_at', '<', passing).execute();
        if (lasting !== undefined) {
          await sql.deleteFrom('audit').where('at', '<', lasting).execute();
          await sql.deleteFrom('inbox').where('received_at', '<', lasting).execute();
        }
        await removeIdle(sql, passing, now());
      }),

    postsOfPerson: (person) =>
      database.read(async (sql) => {
        const turns = await sql
          .selectFrom('turns')
          .select('id')
          .where('person', '=', person)
          .execute();
        return postsOfTurns(
          sql,
          turns.map(({ id }) => id),
        );
      }),

    usedImages: (ids) => database.read((sql) => usedAmong(sql, ids)),
  };
}

const USAGES = ['usage', 'workspace_usage'] as const;

async function conversationsOf(sql: Sql, person: string): Promise<string[]> {
  const rows = await sql
    .selectFrom('turns')
    .select('conversation_id')
    .distinct()
    .where('person', '=', person)
    .execute();
  return rows.map((row) => row.conversation_id);
}

/** Removes conversations that have had no turn for a while. */
async function removeIdle(sql: Sql, before: number, now: number): Promise<void> {
  const idle = await sql
    .selectFrom('conversations')
    .leftJoin('turns', 'turns.conversation_id', 'conversations.id')
    .select('conversations.id')
    .where('turns.id', 'is', null)
    .where('updated_at', '<', before)
    .execute();
  const ids = idle.map(({ id }) => id);
  await removeEmpty(sql, await lockAll(sql, ids, now));
}

/** What tells of a person outside of turns. Keys of messages stay for a while, so that none counts twice. */
async function removeTraces(sql: Sql, person: string, now: number): Promise<void> {
  await sql
    .updateTable('inbox')
    .set((build) => ({
      person: null,
      payload: null,
      settled_at: build.fn.coalesce('settled_at', build.val(now)),
    }))
    .where('person', '=', person)
    .execute();
  await sql.deleteFrom('opinions').where('person', '=', person).execute();
  await sql.deleteFrom('audit').where('person', '=', person).execute();
  for (const table of USAGES) {
    await sql
      .deleteFrom(table)
      .where('person', '=', person)
      .where('day', '<', dayOf(now))
      .execute();
  }
}
