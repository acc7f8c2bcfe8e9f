import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, onTestFinished } from 'vitest';

import { hostEngine } from '../../src/pipeline/engine-host.ts';
import { interruption } from '../../src/pipeline/interruption.ts';
import { failure, gone, hosted, pidOf, think } from '../support/hosted-engine.ts';

const MEBIBYTE = 2 ** 20;

/** A file in a folder of its own, which is gone after the test. */
async function temporaryFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-host-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

/** The process that left its number in a file, as soon as one other than `not` has. */
async function pidIn(file: string, not = 0): Promise<number> {
  const read = async () => Number(await readFile(file, 'utf8').catch(() => not));
  await expect.poll(read, { timeout: 20_000 }).not.toBeOneOf([0, not]);
  return read();
}

describe('an engine that fails to start', () => {
  it('throws what it throws', async () => {
    await expect(hosted({ start: 'typed' })).rejects.toMatchObject({
      code: 'BAD_SETTINGS',
      message: 'The setting model is wrong.',
      retryable: false,
      cause: 'no such file',
    });
  });

  it('keeps the words of a foreign error for the log', async () => {
    await expect(hosted({ start: 'foreign' })).rejects.toMatchObject({
      code: 'ENGINE_START',
      message: 'The engine "misbehaving" could not be started; the log says why.',
      cause: expect.stringContaining('TypeError: secret is not a function'),
    });
  });

  it('says so when there is no such module', async () => {
    const spec = { name: 'absent', module: 'file:///nowhere/index.js', options: {} };
    await expect(hostEngine(spec)).rejects.toMatchObject({
      code: 'ENGINE_START',
      cause: expect.stringContaining('/nowhere/index.js'),
    });
  });

  it.each(['hang', 'block'])('is killed when it is late (%s)', async (start) => {
    await expect(hosted({ start }, { startTimeoutMs: 500 })).rejects.toMatchObject({
      code: 'ENGINE_START',
      message: 'The engine "misbehaving" was not ready after 0.5 seconds; please try again.',
      retryable: true,
    });
  });

  it('says so when its process exits', async () => {
    await expect(hosted({ start: 'exit' })).rejects.toMatchObject({
      code: 'ENGINE_START',
      message: 'The engine "misbehaving" ended before it was ready; its error output says why.',
      cause: 'exit code 7',
    });
  });

  it('says so when its process is killed', async () => {
    const pidFile = await temporaryFile('pid');
    const failed = hosted({ start: 'hang', pidFile }).catch((error: unknown) => error);
    process.kill(await pidIn(pidFile), 'SIGKILL');
    expect(await failed).toMatchObject({ code: 'ENGINE_START', cause: 'ended by SIGKILL' });
  });

  it('is out of memory when it takes more than its share', async () => {
    await expect(
      hosted({ start: 'greedy' }, { maxMemoryBytes: 200 * MEBIBYTE }),
    ).rejects.toMatchObject({ code: 'ENGINE_OUT_OF_MEMORY' });
  });
});

describe('a process that is started again', () => {
  it('is not waited for past an abort; the next call joins the start', async () => {
    const pidFile = await temporaryFile('pid');
    const engine = await hosted({ pidFile, secondStart: 'hang' }, { startTimeoutMs: 3_000 });
    await failure(think(engine, 'exit'));
    const controller = new AbortController();
    const first = failure(think(engine, 'answer', controller.signal));
    const second = failure(think(engine, 'answer'));
    controller.abort(interruption('stop'));
    expect(await first).toBe(controller.signal.reason);
    expect(await second).toMatchObject({ code: 'ENGINE_START' });
  });

  it('may fail then: the call throws it, and the one after tries again', async () => {
    const pidFile = await temporaryFile('pid');
    const engine = await hosted({ pidFile, secondStart: 'typed' });
    await failure(think(engine, 'exit'));
    expect(await failure(think(engine, 'answer'))).toHaveProperty('code', 'BAD_SETTINGS');
    await rm(pidFile);
    expect(await pidOf(engine)).toBeGreaterThan(0);
  });
});

describe('an idle process', () => {
  it('is put away after a while, and started again for the next call', async () => {
    const disposedFile = await temporaryFile('disposed');
    const engine = await hosted({ disposedFile }, { idleMs: 50 });
    const pid = await pidOf(engine);
    await gone(pid);
    expect(await pidIn(disposedFile)).toBe(pid);
    expect(await pidOf(engine)).not.toBe(pid);
  });
});

describe('disposing of the proxy', () => {
  it('lets the engine dispose of itself, once', async () => {
    const disposedFile = await temporaryFile('disposed');
    const engine = await hosted({ disposedFile });
    const pid = await pidOf(engine);
    await Promise.all([engine[Symbol.asyncDispose](), engine[Symbol.asyncDispose]()]);
    expect(await pidIn(disposedFile)).toBe(pid);
    await gone(pid);
  });

  it('breaks off what runs, what waits and what comes after', async () => {
    const disposedFile = await temporaryFile('disposed');
    const engine = await hosted({ disposedFile });
    const running = think(engine, 'wait for the signal');
    const pid = Number((await running.next()).value);
    const waiting = failure(think(engine, 'answer'));
    const disposed = engine[Symbol.asyncDispose]();
    expect(await failure(running)).toMatchObject({ code: 'SHUTDOWN', retryable: true });
    expect(await waiting).toMatchObject({ code: 'SHUTDOWN' });
    await disposed;
    expect(await pidIn(disposedFile)).toBe(pid);
    expect(await failure(think(engine, 'answer'))).toMatchObject({ code: 'SHUTDOWN' });
  });

  it('kills an engine that does not come to an end', async () => {
    const engine = await hosted({ disposal: 'hang' }, { disposeGraceMs: 50 });
    const pid = await pidOf(engine);
    await engine[Symbol.asyncDispose]();
    await gone(pid);
    expect(await failure(think(engine, 'answer'))).toMatchObject({ code: 'SHUTDOWN' });
  });

  it('kills an engine that is busy past the grace', async () => {
    const engine = await hosted({}, { killGraceMs: 50 });
    const running = think(engine, 'block');
    const pid = Number((await running.next()).value);
    await engine[Symbol.asyncDispose]();
    await gone(pid);
    expect(await failure(running)).toMatchObject({ code: 'SHUTDOWN' });
  });

  it('does not wait for a start', async () => {
    const pidFile = await temporaryFile('pid');
    const engine = await hosted({ pidFile, secondStart: 'block' });
    const firstPid = await pidIn(pidFile);
    await failure(think(engine, 'exit'));
    const waiting = failure(think(engine, 'answer'));
    const pid = await pidIn(pidFile, firstPid);
    await engine[Symbol.asyncDispose]();
    expect(await waiting).toMatchObject({ code: 'SHUTDOWN' });
    await gone(pid);
  });
});

/**
 * A parent with a child of its own. Both write to the same error stream, so that it closes when the
 * last of them is gone.
 */
function startParent(end: 'leave' | 'stay', ...prompts: string[]) {
  const script = fileURLToPath(new URL('../support/host-parent.mjs', import.meta.url));
  const parent = spawn(process.execPath, [script, end, ...prompts], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = textFrom(parent.stdout);
  const errors = textFrom(parent.stderr);
  const bothGone = once(parent, 'close').then(([code, signal]: unknown[]) => ({
    end: signal ?? code,
    errors: errors(),
  }));
  return { parent, bothGone, said };
}

function textFrom(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return () => text;
}

describe('the parent process', () => {
  it('is kept alive by a call, but not by an idle process', async () => {
    const { bothGone, said } = startParent('leave', 'slowly', 'slowly');
    expect(await bothGone).toEqual({ end: 0, errors: '' });
    expect(said()).toBe('one\ntwo\nthree\none\ntwo\nthree\ndone\n');
  });

  it.each([
    ['idle', 'answer', 'done'],
    ['waiting', 'wait for the signal', '\n'],
    ['blocked', 'block', '\n'],
  ])('leaves no orphan when it is killed (child %s)', async (_state, prompt, sign) => {
    const { parent, bothGone, said } = startParent('stay', prompt);
    await expect.poll(said, { timeout: 20_000 }).toContain(sign);
    parent.kill('SIGKILL');
    expect(await bothGone).toEqual({ end: 'SIGKILL', errors: '' });
  });
});
