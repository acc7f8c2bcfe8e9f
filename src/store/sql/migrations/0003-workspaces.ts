import type { ColumnBuilderCallback, Kysely } from 'kysely';

const present: ColumnBuilderCallback = (column) => column.notNull();

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('workspaces')
    .addColumn('platform', 'text', present)
    .addColumn('workspace', 'text', present)
    .addColumn('settings', 'text', present)
    .addColumn('updated_at', 'bigint', present)
    .addPrimaryKeyConstraint('workspaces_key', ['platform', 'workspace'])
    .execute();
  await schema
    .createTable('workspace_usage')
    .addColumn('day', 'text', present)
    .addColumn('person', 'text', present)
    .addColumn('platform', 'text', present)
    .addColumn('workspace', 'text', present)
    .addColumn('turns', 'integer', present)
    .addPrimaryKeyConstraint('workspace_usage_key', ['day', 'person', 'platform', 'workspace'])
    .execute();
}
