import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Redis } from 'ioredis';

import { installPackage } from './debian-package.ts';
import { freePort } from './free-port.ts';

/** A Redis of the tests' own. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** SIGKILL; what it did not write to its disk is lost. */
  kill(): Promise<void>;
  /** Starts it again where it was, with what is on its disk. */
  start(): Promise<void>;
}

export interface RedisServerOptions {
  /** Further settings, by their names. */
  readonly settings?: Readonly<Record<string, string | readonly string[]>>;
  readonly password?: string;
  /** Where it speaks TLS: the files of its certificate. */
  readonly tls?: { readonly keyFile: string; readonly certificateFile: string };
}

/** Redis from Debian's package, which is installed where it is missing, on a free port. */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  installIfMissing();
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-redis-'));
  const port = await freePort();
  const { password, tls } = options;
  const user = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  const url = `${tls ? 'rediss' : 'redis'}://${user}127.0.0.1:${port}`;
  const args = Object.entries(settingsOf(options, port, folder)).flat(2);
  let server: ChildProcess | undefined;
  const killNow = () => server?.kill('SIGKILL');
  process.on('exit', killNow);

  const kill = async () => {
    if (!server) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    server = undefined;
  };
  const start = async () => {
    server = spawn('redis-server', args, { stdio: 'ignore' });
    await untilReady(server, url);
  };
  await start();
  return {
    url,
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill();
      process.off('exit', killNow);
      await rm(folder, { recursive: true });
    },
  };
}

function settingsOf(
  { settings, password, tls }: RedisServerOptions,
  port: number,
  folder: string,
): Record<string, string | readonly string[]> {
  return {
    '--bind': '127.0.0.1',
    '--dir': folder,
    '--save': '',
    ...(password !== undefined && { '--requirepass': password }),
    ...(tls
      ? {
          '--port': '0',
          '--tls-port': String(port),
          '--tls-key-file': tls.keyFile,
          '--tls-cert-file': tls.certificateFile,
          '--tls-auth-clients': 'no',
        }
      : { '--port': String(port) }),
    ...Object.fromEntries(
      Object.entries(settings ?? {}).map(([name, value]) => [`--${name}`, value]),
    ),
  };
}

function installIfMissing(): void {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
  } catch {
    installPackage('redis-server');
  }
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  const redis = new Redis(url, {
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
    // Its certificate is for those who are tested to judge.
    ...(url.startsWith('rediss:') && { tls: { rejectUnauthorized: false } }),
  });
  redis.on('error', () => {});
  try {
    for (let attempt = 0; redis.status !== 'ready'; attempt += 1) {
      if (server.exitCode !== null || attempt > 500) throw new Error('Redis does not start.');
      await sleep(20);
    }
  } finally {
    redis.disconnect();
  }
}
