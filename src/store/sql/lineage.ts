import type { Sql } from './database.ts';
import type { TurnsTable } from './schema.ts';

/** The turns from the root of a turn's chain of bases to the turn itself. */
export async function lineageOf(sql: Sql, turnId: string): Promise<TurnsTable[]> {
  const rows = await sql
    .withRecursive('chain', (query) =>
      query
        .selectFrom('turns')
        .selectAll()
        .where('id', '=', turnId)
        // A base is set once, to a turn that has its own already: the chain has an end.
        .unionAll(
          query
            .selectFrom('turns')
            .innerJoin('chain', 'chain.base_turn_id', 'turns.id')
            .selectAll('turns'),
        ),
    )
    .selectFrom('chain')
    .selectAll()
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const chain: TurnsTable[] = [];
  for (let row = byId.get(turnId); row; row = byId.get(row.base_turn_id ?? '')) chain.unshift(row);
  return chain;
}
