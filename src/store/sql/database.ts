import { setTimeout as sleep } from 'node:timers/promises';

import { Kysely, type Dialect, type RawBuilder, type Transaction } from 'kysely';

import { AppError } from '../../errors.ts';
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
  /** Lets what was begun come to its end; whatever comes later fails with `SHUTDOWN`. */
  close(): Promise<void>;
}

export interface DatabaseParts {
  readonly dialect: Dialect;
  readonly clock: RawBuilder<number>;
  /** Brings commits to the disk, where the database does not do so at each. */
  readonly log?: { sync(): Promise<void>; committed(): void; close(): Promise<void> };
}

const ATTEMPTS = 5;

export function openDatabase({ dialect, clock, log }: DatabaseParts): Database {
  const db = new Kysely<Tables>({ dialect });
  const begun = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const track = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing) throw shutDown();
    const running = translated('database', sqlFailure, work);
    begun.add(running);
    return running.finally(() => begun.delete(running));
  };
  const write = async <T>(work: (sql: Sql) => Promise<T>) => {
    const result = await whenNotBusy(() => db.transaction().execute(work));
    log?.committed();
    return result;
  };
  return {
    clock,
    read: (work) =>
      track(() => whenNotBusy(() => db.transaction().setAccessMode('read only').execute(work))),
    write: (work) => track(() => write(work)),
    writeDurably: (work) =>
      track(async () => {
        const result = await write(work);
        await log?.sync();
        return result;
      }),
    close: () => {
      closing ??= translated('database', sqlFailure, async () => {
        await Promise.allSettled(begun);
        await db.destroy();
        await log?.close();
      });
      return closing;
    },
  };
}

function shutDown(): AppError {
  return new AppError('SHUTDOWN', 'The program is shutting down; please try again soon.', {
    retryable: true,
  });
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
