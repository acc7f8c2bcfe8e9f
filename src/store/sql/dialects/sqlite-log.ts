import { open, type FileHandle } from 'node:fs/promises';

import { translated } from '../../failures.ts';
import { fileFailure } from '../../file-failures.ts';

/** The write-ahead log of a SQLite file that has a connection open. */
export interface SqliteLog {
  /** Resolves once all that was committed before is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Brings commits to the disk outside of SQLite, which would block this thread meanwhile: with
 * `synchronous = normal` it writes its log at each commit, and syncs it only now and then. The log
 * has no locks, so that to open and close it takes none away.
 */
export function sqliteLog(path: string): SqliteLog {
  let opened: Promise<FileHandle> | undefined;
  return {
    sync: () =>
      translated('database', fileFailure, async () => {
        opened ??= open(`${path}-wal`, 'r+');
        await (await opened).datasync();
      }),
    close: async () => {
      await (await opened)?.close();
    },
  };
}
