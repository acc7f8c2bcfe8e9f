import { setTimeout as sleep } from 'node:timers/promises';

import { Kysely, type Dialect, type RawBuilder, type Transaction } from 'kysely';

import { translated } from '../failures.ts';
import { sqlFailure } from './failures.ts';
import type { Tables } from './schema.ts';

/** A transaction, which every query of the store runs in. */
export type Sql = Transaction<Tables>;

/** The database as the store uses it: whole transactions, failing with AppErrors alone. */
export interface Database {
  /** The database's own time in milliseconds since the epoch, for what several machines agree on. */
  readonly clock: RawBuilder<number>;
  /** Sees one moment; writes nothing. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Happens whole or not at all. May run more than once, so that it must have no other effect. */
  write<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** The same, and not even a power cut undoes what was answered. */
  writeDurably<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseParts {
  readonly dialect: Dialect;
  readonly clock: RawBuilder<number>;
  /** Brings commits to the disk, where the database does not do so at each. */
  readonly log?: { sync(): Promise<void>; close(): Promise<void> };
}

const ATTEMPTS = 5;

export function openDatabase({ dialect, clock, log }: DatabaseParts): Database {
  const db = new Kysely<Tables>({ dialect });
  const inTransaction = <T>(transaction: () => Promise<T>) =>
    translated('database', sqlFailure, () => whenNotBusy(transaction));
  const write = <T>(work: (sql: Sql) => Promise<T>) =>
    inTransaction(() => db.transaction().execute(work));
  return {
    clock,
    read: (work) => inTransaction(() => db.transaction().setAccessMode('read only').execute(work)),
    write,
    writeDurably: async (work) => {
      const result = await write(work);
      await log?.sync();
      return result;
    },
    close: () =>
      translated('database', sqlFailure, async () => {
        await db.destroy();
        await log?.close();
      }),
  };
}

/** Transactions that were in each other's way are tried again: one of them went through. */
async function whenNotBusy<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !isCollision(error)) throw error;
    }
    await sleep(Math.random() * 20 * attempt);
  }
}

function isCollision(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
  );
}
