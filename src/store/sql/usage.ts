import type { Usage, Workspace } from '../records.ts';
import type { Usages } from '../types.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';

export function usages({ database }: StoreContext): Usages {
  return { usage: (day, person) => database.read((sql) => usageOf(sql, day, person)) };
}

/** What a person used on a day, or everybody. */
export async function usageOf(sql: Sql, day: string, person?: string): Promise<Usage> {
  const sums = await sql
    .selectFrom('usage')
    .select((build) => [
      build.fn.sum<number | null>('turns').as('turns'),
      build.fn.sum<number | null>('rounds').as('rounds'),
    ])
    .where('day', '=', day)
    .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
    .executeTakeFirst();
  return { turns: sums?.turns ?? 0, rounds: sums?.rounds ?? 0 };
}

/** A person's usage of a day, for this transaction alone. */
export function lockUsage(sql: Sql, person: string, day: string): Promise<Usage> {
  return countUsage(sql, person, day, {});
}

/** Adds to a person's usage of a day; what it is then. */
export async function countUsage(
  sql: Sql,
  person: string,
  day: string,
  { turns = 0, rounds = 0 }: Partial<Usage>,
): Promise<Usage> {
  return sql
    .insertInto('usage')
    .values({ day, person, turns, rounds })
    .onConflict((conflict) =>
      conflict.columns(['day', 'person']).doUpdateSet((build) => ({
        turns: build('usage.turns', '+', turns),
        rounds: build('usage.rounds', '+', rounds),
      })),
    )
    .returning(['turns', 'rounds'])
    .executeTakeFirstOrThrow();
}

/** Adds to a person's turns of a day in one workspace, and keeps them for this transaction; how many they are then. */
export async function countInWorkspace(
  sql: Sql,
  person: string,
  { platform, workspace }: Workspace,
  day: string,
  turns: number,
): Promise<number> {
  const used = await sql
    .insertInto('workspace_usage')
    .values({ day, person, platform, workspace, turns })
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'person', 'platform', 'workspace'])
        .doUpdateSet((build) => ({ turns: build('workspace_usage.turns', '+', turns) })),
    )
    .returning('turns')
    .executeTakeFirstOrThrow();
  return used.turns;
}
