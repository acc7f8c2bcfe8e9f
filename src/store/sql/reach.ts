import { sql } from 'kysely';

import { openDatabase } from './database.ts';
import { postgresDialect } from './dialects/postgres.ts';

const PATIENCE_MS = 3_000;

/**
 * Asks a PostgreSQL server for its version, and changes nothing.
 * @throws {AppError} `STORE_UNAVAILABLE` where it does not answer, or does not let us in.
 */
export async function postgresVersion(url: string): Promise<string> {
  const clock = sql<number>`0`;
  const database = openDatabase({ dialect: postgresDialect(url, PATIENCE_MS), clock });
  try {
    const { rows } = await database.read((transaction) =>
      sql<{ server_version: string }>`show server_version`.execute(transaction),
    );
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await database.close();
  }
}
