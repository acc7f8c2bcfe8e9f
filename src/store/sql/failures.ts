import { codeOf, type Failure } from '../failures.ts';

/** What went wrong, from the codes of both databases and of the network; undefined: a fault of ours. */
export function sqlFailure(error: unknown): Failure | undefined {
  const code = codeOf(error);
  if (code === undefined) return withoutCode(error);
  if (code.startsWith('SQLITE_')) return sqliteFailure(code);
  // A code of Node.js, such as ECONNREFUSED: the server, or the way to it.
  if (/^E[A-Z_]+$/.test(code)) return 'gone';
  return postgresFailure(code);
}

/** What the drivers say in words alone. */
function withoutCode(error: unknown): Failure | undefined {
  const message = error instanceof Error ? error.message : '';
  if (/corrupted migrations/.test(message)) return 'newer';
  if (/timeout|terminated|not queryable/i.test(message)) return 'gone';
  if (/unable to open connection to local database/i.test(message)) return 'refused';
  return undefined;
}

/** https://www.sqlite.org/rescode.html */
function sqliteFailure(code: string): Failure | undefined {
  const [, name = ''] = /^SQLITE_([A-Z]+)/.exec(code) ?? [];
  switch (name) {
    case 'FULL':
      return 'full';
    case 'BUSY':
    case 'LOCKED':
      return 'busy';
    case 'IOERR':
      // Also what a full disk comes to where SQLite could not enlarge its shared index.
      return /SHMSIZE|SHMOPEN/.test(code) ? 'full' : 'gone';
    case 'CANTOPEN':
    case 'READONLY':
    case 'PERM':
    case 'AUTH':
      return 'refused';
    case 'CORRUPT':
    case 'NOTADB':
      return 'damaged';
    default:
      return undefined;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function postgresFailure(code: string): Failure | undefined {
  if (code === '53100') return 'full';
  if (/^(?:40001|40P01|55P03|57014)$/.test(code)) return 'busy';
  // No connection, too few of them, shut down, or the copy that only reads after a failover.
  if (/^(?:08|53|57P|58)/.test(code) || code === '25006' || code === '25P03') return 'gone';
  // Who we are, which database, what we may do there.
  if (/^(?:28|3D|42501)/.test(code)) return 'refused';
  if (code.startsWith('XX')) return 'damaged';
  return undefined;
}
