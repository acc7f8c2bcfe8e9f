import { open, type FileHandle } from 'node:fs/promises';

import Database from 'libsql/promise';

import { translated } from '../../failures.ts';
import { fileFailure } from '../../file-failures.ts';

/** The write-ahead log of a SQLite file that has a connection open. */
export interface SqliteLog {
  /** Resolves once all that was committed before is on the disk. */
  sync(): Promise<void>;
  /** Hears of each commit, so that the log does not grow for ever. */
  committed(): void;
  close(): Promise<void>;
}

/** After so many commits the log is emptied into the file: a few megabytes. */
const COMMITS = 100;

/**
 * Does outside of this thread what SQLite would do in it, which waits for the disk: with
 * `synchronous = normal` a commit is written to the log, and synced only now and then. The log has
 * no locks, so that to open and close it takes none away.
 */
export function sqliteLog(path: string): SqliteLog {
  let opened: Promise<FileHandle> | undefined;
  let database: Database | undefined;
  let commits = 0;
  let emptying: Promise<void> | undefined;

  const empty = async () => {
    try {
      database ??= new Database(path, {});
      // In a thread of libsql's own. Neither readers nor writers wait for it, nor it for them.
      await database.exec('pragma wal_checkpoint(passive)');
    } catch {
      // What could not be done is done the next time.
    }
  };

  return {
    sync: () =>
      translated('database', fileFailure, async () => {
        opened ??= open(`${path}-wal`, 'r+');
        await (await opened).datasync();
      }),
    committed: () => {
      commits += 1;
      if (commits < COMMITS || emptying) return;
      commits = 0;
      emptying = empty().finally(() => (emptying = undefined));
    },
    close: async () => {
      await emptying;
      database?.close();
      await (await opened)?.close();
    },
  };
}
