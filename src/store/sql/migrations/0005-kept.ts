import type { Kysely } from 'kysely';

/** What was brought back of the picture before an edit; JSON. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('rounds').addColumn('kept', 'text').execute();
}
