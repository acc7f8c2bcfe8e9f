import type { Turns } from '../types.ts';
import { addTurn, turnOfMessage } from './add-turn.ts';
import type { StoreContext } from './context.ts';
import { placeOf } from './conversations.ts';
import { endTurn } from './end-turn.ts';
import { holdLease } from './leases.ts';
import { lineageOf } from './lineage.ts';
import { recordRound, recordThought, startTurn } from './progress.ts';
import { assemble, findTurn } from './turn-rows.ts';

export function turns(context: StoreContext): Turns {
  const { database, now } = context;
  return {
    addTurn: (turn) => addTurn(context, turn),
    turn: (id) => database.read((sql) => findTurn(sql, id)),
    turnOfMessage: (key) => database.read((sql) => turnOfMessage(sql, key)),

    turns: (conversationId, limit) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('turns')
          .selectAll()
          .where('conversation_id', '=', conversationId)
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute();
        return assemble(sql, rows.toReversed());
      }),

    turnsOfPerson: (person, limit) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('turns')
          .innerJoin('conversations', 'conversations.id', 'turns.conversation_id')
          .selectAll('turns')
          .select(['platform', 'workspace', 'channel', 'thread'])
          .where('person', '=', person)
          .where((is) =>
            is.not(
              is.exists(
                is
                  .selectFrom('turns as later')
                  .select('later.id')
                  .whereRef('later.answers_id', '=', 'turns.id'),
              ),
            ),
          )
          .orderBy('turns.created_at', 'desc')
          .orderBy('turns.sequence', 'desc')
          .limit(limit)
          .execute();
        const places = new Map(rows.map((row) => [row.id, placeOf(row)]));
        return (await assemble(sql, rows)).flatMap((turn) => {
          const place = places.get(turn.id);
          return place ? [{ turn, place }] : [];
        });
      }),

    lineage: (turnId) => database.read(async (sql) => assemble(sql, await lineageOf(sql, turnId))),

    openTurns: ({ person, conversationId } = {}) =>
      database.read(async (sql) => {
        let query = sql.selectFrom('turns').selectAll().where('ended_at', 'is', null);
        if (person !== undefined) query = query.where('person', '=', person);
        if (conversationId !== undefined) {
          query = query.where('conversation_id', '=', conversationId);
        }
        return assemble(sql, await query.orderBy('created_at').orderBy('sequence').execute());
      }),

    undelivered: (limit) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('turns')
          .selectAll()
          .where('delivered_at', 'is', null)
          .orderBy('created_at')
          .orderBy('sequence')
          .limit(limit)
          .execute();
        return assemble(sql, rows);
      }),

    startTurn: (id, options) => startTurn(context, id, options),
    recordThought: (id, thought) => recordThought(context, id, thought),
    recordRound: (id, round) => recordRound(context, id, round),
    endTurn: (id, end, findings) => endTurn(context, id, end, findings),

    markDelivered: (id, lease) =>
      database.write(async (sql) => {
        await holdLease(sql, lease);
        await sql
          .updateTable('turns')
          .set({ delivered_at: now() })
          .where('id', '=', id)
          .where('ended_at', 'is not', null)
          .where('delivered_at', 'is', null)
          .execute();
      }),
  };
}
