import { Kysely, Migrator, type Dialect } from 'kysely';

import { translated } from '../failures.ts';
import { sqlFailure } from './failures.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * Brings the database to the newest schema, in one transaction. Processes that start at once wait
 * for one another.
 * @throws {AppError} `STORE_UNAVAILABLE`, also when a newer release has been here.
 */
export async function migrate(dialect: Dialect): Promise<void> {
  const db = new Kysely<unknown>({ dialect });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  await translated('database', sqlFailure, async () => {
    try {
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
    } finally {
      await db.destroy();
    }
  });
}
