import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { installPackage } from './debian-package.ts';
import { freePort } from './free-port.ts';

const PACKAGED = '/usr/lib/postgresql';
const USER = 'tester';

/** A server to make databases in. */
export interface PostgresServer extends AsyncDisposable {
  /** A new, empty database, and its URL. */
  createDatabase(): Promise<string>;
  /** Empties the tables of a database, which is much faster than to make another one. */
  empty(url: string): Promise<void>;
  /** Cuts off whoever is connected to a database, as a lost server would. */
  disconnectAll(url: string): Promise<void>;
}

/** The server that `TEST_DATABASE_URL` names, else one of our own, from Debian's package. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['TEST_DATABASE_URL'];
  return given ? serverAt(given, () => Promise.resolve()) : startCluster();
}

function serverAt(url: string, stop: () => Promise<void>): PostgresServer {
  const made: string[] = [];
  return {
    async createDatabase() {
      const name = `reasonedit_test_${process.pid}_${Date.now()}_${made.length}`;
      await query(url, `create database ${name}`);
      made.push(name);
      const target = new URL(url);
      target.pathname = `/${name}`;
      return target.href;
    },
    async empty(target) {
      await query(
        target,
        `do $$ begin execute (
          select 'truncate ' || string_agg(format('%I', tablename), ', ')
          from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
        ); end $$`,
      );
    },
    async disconnectAll(target) {
      const name = new URL(target).pathname.slice(1);
      await query(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
    },
    async [Symbol.asyncDispose]() {
      for (const name of made) await query(url, `drop database ${name} with (force)`);
      await stop();
    },
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root, so that root runs it as the user that the package made. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres']).toString());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function startCluster(): Promise<PostgresServer> {
  const binaries = await findBinaries();
  const user = unprivileged();
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  const data = join(folder, 'data');
  const options = ['-U', USER, '--auth=trust', '--no-sync', '--no-locale', '-E', 'UTF8'];
  execFileSync(join(binaries, 'initdb'), ['-D', data, ...options], { ...user, cwd: folder });
  const port = await freePort();
  const fast = ['fsync', 'full_page_writes', 'synchronous_commit'].flatMap((name) => [
    '-c',
    `${name}=off`,
  ]);
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...fast],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const killNow = () => server.kill('SIGQUIT');
  process.on('exit', killNow);
  const url = `postgres://${USER}@127.0.0.1:${port}/postgres`;
  await untilReady(server, url);
  return serverAt(url, async () => {
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
    process.off('exit', killNow);
    await rm(folder, { recursive: true });
  });
}

/** The newest of the installed servers; Debian's package is installed where there is none. */
async function findBinaries(): Promise<string> {
  const versions = async () =>
    (await readdir(PACKAGED).catch(() => [])).toSorted((a, b) => Number(b) - Number(a));
  let [newest] = await versions();
  if (newest === undefined) {
    installPackage('postgresql');
    [newest] = await versions();
  }
  const binaries = join(PACKAGED, newest ?? 'missing', 'bin');
  await access(join(binaries, 'postgres'));
  return binaries;
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      if (server.exitCode !== null || attempt > 300) throw error;
    }
    await sleep(100);
  }
}
