import type { SlackInstalls } from '../slack-installs.ts';
import type { StoreContext } from './context.ts';

export interface SlackTables {
  slack_installs: SlackInstallsTable;
}

export interface SlackInstallsTable {
  team: string;
  sealed: string;
  kept_at: number;
}

/** Installations over one database, which they own from here on. */
export function slackInstalls({
  database,
  now,
}: Pick<StoreContext, 'database' | 'now'>): SlackInstalls {
  return {
    keep: (team, sealed) =>
      database.writeDurably(async (sql) => {
        const row = { sealed, kept_at: now() };
        await sql
          .insertInto('slack_installs')
          .values({ team, ...row })
          .onConflict((conflict) => conflict.column('team').doUpdateSet(row))
          .execute();
      }),

    find: (team) =>
      database.read(async (sql) => {
        const row = await sql
          .selectFrom('slack_installs')
          .select('sealed')
          .where('team', '=', team)
          .executeTakeFirst();
        return row?.sealed;
      }),

    remove: (team) =>
      database.writeDurably(async (sql) => {
        await sql.deleteFrom('slack_installs').where('team', '=', team).execute();
      }),

    [Symbol.asyncDispose]: () => database.close(),
  };
}
