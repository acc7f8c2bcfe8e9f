import { createServer } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { doctor } from '../../src/cli/doctor.ts';
import { checkMachine, checkNode } from '../../src/cli/doctor/machine.ts';
import { checkOnnxRuntime, checkSharp } from '../../src/cli/doctor/packages.ts';
import { checkRedis } from '../../src/cli/doctor/redis.ts';
import { checkStores } from '../../src/cli/doctor/stores.ts';
import { parseSettings } from '../../src/config/index.ts';
import { findEngine } from '../../src/pipeline/engines.ts';
import { openImageStore } from '../../src/store/images/index.ts';
import { jsonLines, temporaryFolder, runMain } from '../support/command-line.ts';
import { IMAGE_HOMES } from '../support/image-homes.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';

/** A server that gives each Redis command the answer for its name, else `+OK`. */
async function fakeRedis(answers: Readonly<Record<string, string>>): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const [, name = ''] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        socket.write(`${answers[name.toUpperCase()] ?? '+OK'}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('checkNode', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['20.20.2', 'ok'],
    ['22.1.0', 'ok'],
    ['20.18.3', 'missing'],
    ['18.20.0', 'missing'],
  ])('finds Node.js %s %s', (version, status) => {
    expect(checkNode(version)).toMatchObject({ status, found: version });
  });
});

describe('checkMachine', () => {
  it('warns of little memory', () => {
    expect(checkMachine(8 * 2 ** 30)).toMatchObject({ status: 'ok' });
    expect(checkMachine(2 ** 30)).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/\d+ cores?, 1\.0 GB memory/),
      advice: expect.stringContaining('2 GB'),
    });
  });
});

describe('checkSharp', () => {
  it('names versions and formats', async () => {
    expect(await checkSharp()).toEqual({
      name: 'sharp',
      status: 'ok',
      found: expect.stringMatching(
        /^\d[\d.]+, libvips \d[\d.]+: jpeg, png, webp, avif, gif, tiff$/,
      ),
    });
  });
});

describe('checkOnnxRuntime', () => {
  it('names its providers, and whether the one for CUDA can be loaded', async () => {
    const [runtime, cuda] = await checkOnnxRuntime();
    expect(runtime).toMatchObject({ status: 'ok', found: expect.stringContaining('cpu') });
    expect(cuda).toMatchObject({ name: 'CUDA' });
  });

  it('survives a package that is not there', async () => {
    const checks = await checkOnnxRuntime(() => {
      throw new Error('Cannot find module');
    });
    expect(checks).toEqual([
      expect.objectContaining({ status: 'missing', found: 'not installed' }),
    ]);
  });

  it('survives a binary that does not load', async () => {
    const checks = await checkOnnxRuntime(() => '/nowhere/index.js');
    expect(checks).toEqual([
      expect.objectContaining({ status: 'missing', found: 'its binary does not load' }),
    ]);
  });
});

describe('checkRedis', () => {
  it('is content without one', async () => {
    expect(await checkRedis(undefined)).toMatchObject({
      status: 'missing',
      advice: expect.stringContaining('Nothing to do on one machine'),
    });
  });

  it('finds one that answers, and keeps the password to itself', async () => {
    const port = await fakeRedis({ PING: '+PONG', INFO: '$19\r\nredis_version:8.0.0' });
    const check = await checkRedis(`redis://user:hunter2@127.0.0.1:${port}`);
    expect(check).toEqual({ name: 'Redis', status: 'ok', found: `127.0.0.1:${port} answers` });
  });

  it('says what its settings can make it lose', async () => {
    await using server = await startRedis({ settings: { appendonly: 'yes' } });
    expect(await checkRedis(server.url)).toMatchObject({
      status: 'warning',
      advice: expect.stringContaining('appendfsync is everysec') as string,
    });
  });

  it('says that the password is wrong', async () => {
    const wrong = '-WRONGPASS invalid username-password pair or user is disabled.';
    const noAuth = '-NOAUTH Authentication required.';
    const port = await fakeRedis({ AUTH: wrong, HELLO: wrong, INFO: noAuth, PING: noAuth });
    const check = await checkRedis(`redis://user:hunter2@127.0.0.1:${port}`);
    expect(check).toMatchObject({
      status: 'missing',
      found: `127.0.0.1:${port} refuses the password`,
    });
    expect(JSON.stringify(check)).not.toContain('hunter2');
  });

  it('says that none answers', async () => {
    const check = await checkRedis('redis://:hunter2@127.0.0.1:1');
    expect(check).toMatchObject({ status: 'missing', found: '127.0.0.1:1 does not answer' });
    expect(JSON.stringify(check)).not.toContain('hunter2');
  });
});

describe('checkStores', () => {
  it('has nothing to say of files on this machine', async () => {
    expect(await checkStores(parseSettings({}))).toEqual([]);
  });

  it('says what can not be used, and keeps passwords to itself', async () => {
    const checks = await checkStores(
      parseSettings({
        DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/talk',
        S3_BUCKET: 'pictures',
        S3_ENDPOINT: 'http://127.0.0.1:1',
        S3_ACCESS_KEY_ID: 'id',
        S3_SECRET_ACCESS_KEY: 'hunter2',
      }),
    );
    expect(checks).toEqual([
      {
        name: 'database',
        status: 'missing',
        found: "127.0.0.1:1 can't be used",
        advice: expect.stringContaining("can't be reached") as string,
      },
      {
        name: 'pictures',
        status: 'missing',
        found: "bucket pictures can't be used",
        advice: expect.stringContaining("can't be reached") as string,
      },
    ]);
    expect(JSON.stringify(checks)).not.toContain('hunter2');
  });

  it('finds a database that answers', async () => {
    await using server = await startPostgres();
    const [check] = await checkStores(
      parseSettings({ DATABASE_URL: await server.createDatabase() }),
    );
    expect(check).toMatchObject({ status: 'ok', found: expect.stringContaining('PostgreSQL') });
  }, 180_000);

  it('writes to a bucket, and leaves nothing there', async () => {
    await using home = await IMAGE_HOMES['s3-images']();
    const [check] = await checkStores(home.settings);
    expect(check).toMatchObject({ status: 'ok' });
    await using store = await openImageStore(home.settings);
    const left = [];
    for await (const image of store.list({ signal: new AbortController().signal }))
      left.push(image);
    expect(left).toEqual([]);
  }, 180_000);
});

describe('doctor', () => {
  it('shows a row for everything, and that the default engine runs', async () => {
    const { code, stdout, stderr } = await runMain(['doctor'], { cwd: await temporaryFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of ['Node.js', 'machine', 'sharp', 'onnxruntime', 'CUDA', 'Redis']) {
      expect(stdout).toMatch(new RegExp(`^(ok|warning|missing) +${name} `, 'm'));
    }
    expect(stdout).toMatch(/^ok +engine darkroom +ready in \d+ ms; up to 9 pictures a request/m);
    // Of what nobody has set up it does not complain.
    expect(stdout).not.toMatch(/engine (?:openai|reasonedit)/);
    expect(stdout).toContain('\nReady to edit.\n');
  });

  it('prints rows as JSON', async () => {
    const { code, stdout } = await runMain(['doctor', '--json'], { cwd: await temporaryFolder() });
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines[0]).toEqual({
      type: 'check',
      name: 'Node.js',
      status: 'ok',
      found: process.versions.node,
    });
    expect(lines.at(-1)).toEqual({ type: 'result', ready: true });
  });

  it.each([
    { env: { ENGINE: 'nowhere' }, says: 'There is no engine "nowhere"' },
    { env: { MAX_ROUNDS: 'many' }, says: 'The setting MAX_ROUNDS is wrong' },
  ])('exits with 1 when the default engine can not run: $env', async ({ env, says }) => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await runMain(['doctor'], { cwd, env });
    expect(code).toBe(1);
    expect(stdout).toContain(says);
    expect(stdout).toContain('\nNot ready to edit.\n');
  });

  it('says why an engine does not start', async () => {
    let written = '';
    const output = { write: (text: string) => (written += text) };
    const module = new URL('./no-such-engine.mjs', import.meta.url).href;
    const code = await doctor(
      { json: false },
      {
        stdout: output,
        stderr: output,
        environment: {},
        findEngine: (name, options) => ({ ...findEngine(name, options), module }),
      },
    );
    expect(code).toBe(1);
    expect(written).toMatch(/^missing +engine darkroom +does not start\n +The engine "darkroom"/m);
  });
});
