import type { Opinions } from '../types.ts';
import type { StoreContext } from './context.ts';

export function opinions({ database, now }: StoreContext): Opinions {
  return {
    setOpinion: (turnId, person, opinion) =>
      database.write(async (sql) => {
        await sql
          .deleteFrom('opinions')
          .where('turn_id', '=', turnId)
          .where('person', '=', person)
          .execute();
        const turn = await sql
          .selectFrom('turns')
          .select('id')
          .where('id', '=', turnId)
          .executeTakeFirst();
        if (opinion === undefined || !turn) return;
        const given = { opinion, given_at: now() };
        await sql
          .insertInto('opinions')
          .values({ turn_id: turnId, person, ...given })
          .onConflict((conflict) => conflict.columns(['turn_id', 'person']).doUpdateSet(given))
          .execute();
      }),

    opinions: (turnId) =>
      database.read(async (sql) => {
        const rows = await sql
          .selectFrom('opinions')
          .select((build) => ['opinion', build.fn.countAll<number>().as('count')])
          .where('turn_id', '=', turnId)
          .groupBy('opinion')
          .execute();
        const countOf = (opinion: string) =>
          rows.find((row) => row.opinion === opinion)?.count ?? 0;
        return { up: countOf('up'), down: countOf('down') };
      }),
  };
}
