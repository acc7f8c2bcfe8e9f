import type { Sql } from '../database.ts';

/**
 * The next revision. Its row stays locked until the transaction ends, so that changes are seen in
 * the order of their revisions: who saw one has seen all before it.
 */
export async function nextRevision(sql: Sql): Promise<number> {
  const { revision } = await sql
    .insertInto('web_revisions')
    .values({ name: 'chat', revision: 1 })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((build) => ({ revision: build('web_revisions.revision', '+', 1) })),
    )
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}

/** The last revision that was given. */
export async function lastRevision(sql: Sql): Promise<number> {
  const row = await sql.selectFrom('web_revisions').select('revision').executeTakeFirst();
  return row?.revision ?? 0;
}
