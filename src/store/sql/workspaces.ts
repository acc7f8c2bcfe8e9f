import { isDeepStrictEqual } from 'node:util';

import type { Workspace } from '../records.ts';
import type { Workspaces } from '../types.ts';
import { UNCHANGED_SETTINGS, withChange, type WorkspaceSettings } from '../workspace-settings.ts';
import { writeAudit } from './audit.ts';
import type { StoreContext } from './context.ts';
import type { Sql } from './database.ts';
import { readSettings } from './json.ts';

export function workspaces(context: StoreContext): Workspaces {
  const { database, now } = context;
  return {
    workspaceSettings: (workspace) => database.read((sql) => settingsOf(sql, workspace)),

    changeWorkspaceSettings: (workspace, change, person) =>
      database.writeDurably(async (sql) => {
        await lockWorkspace(sql, workspace, now());
        const before = await settingsOf(sql, workspace);
        const settings = withChange(before, change);
        if (isDeepStrictEqual(settings, before)) return before;
        await sql
          .updateTable('workspaces')
          .set({ settings: JSON.stringify(settings), updated_at: now() })
          .where('platform', '=', workspace.platform)
          .where('workspace', '=', workspace.workspace)
          .execute();
        const text = JSON.stringify(change);
        await writeAudit(context, sql, { person, action: 'settings', text });
        return settings;
      }),
  };
}

/** A workspace for this transaction alone, there from now on. */
async function lockWorkspace(
  sql: Sql,
  { platform, workspace }: Workspace,
  now: number,
): Promise<void> {
  const settings = JSON.stringify(withChange(UNCHANGED_SETTINGS, {}));
  await sql
    .insertInto('workspaces')
    .values({ platform, workspace, settings, updated_at: now })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'workspace']).doUpdateSet({ updated_at: now }),
    )
    .execute();
}

async function settingsOf(
  sql: Sql,
  { platform, workspace }: Workspace,
): Promise<WorkspaceSettings> {
  const row = await sql
    .selectFrom('workspaces')
    .select('settings')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  return row ? readSettings(row.settings) : UNCHANGED_SETTINGS;
}
