import { describe, expect, it } from 'vitest';

import { compiledModule, startChild, type Child, type ChildExit } from '../src/child-process.ts';

const ENTRY = new URL('./support/children/obedient.mjs', import.meta.url);
const MEBIBYTE = 2 ** 20;

/** A child that is ready, what it says from then on, and its end. */
async function started(maxMemoryBytes = 1_024 * MEBIBYTE) {
  const said: unknown[] = [];
  let ended!: (exit: ChildExit & { said: number }) => void;
  const exit = new Promise<ChildExit & { said: number }>((resolve) => {
    ended = resolve;
  });
  const child = await new Promise<Child>((resolve) => {
    const self = startChild({
      entry: ENTRY,
      maxMemoryBytes,
      onMessage: (message) => (message === 'ready' ? resolve(self) : said.push(message)),
      onExit: (how) => ended({ ...how, said: said.length }),
    });
  });
  const hears = async (message: unknown) => {
    await expect.poll(() => said, { timeout: 20_000 }).toContainEqual(message);
  };
  return { child, said, exit, hears };
}

describe('startChild', () => {
  it('carries bytes as bytes, both ways', async () => {
    const { child, exit, hears } = await started();
    const data = { bytes: Uint8Array.from([0, 127, 255]), at: new Date(0), map: new Map([[1, 2]]) };
    child.send({ do: 'echo', data });
    await hears({ data });
    child.kill();
    expect(await exit).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
  });

  it('gives the child no secret', async () => {
    process.env['TEST_SECRET_TOKEN'] = 'hunter2';
    try {
      const { child, said, exit } = await started();
      child.send({ do: 'environment' });
      await expect.poll(() => said.length, { timeout: 20_000 }).toBe(1);
      expect(said[0]).toHaveProperty('PATH', process.env['PATH']);
      expect(JSON.stringify(said)).not.toContain('hunter2');
      child.kill();
      await exit;
    } finally {
      delete process.env['TEST_SECRET_TOKEN'];
    }
  });

  it('hears all that was said before it tells of the end', async () => {
    const { child, exit } = await started();
    child.send({ do: 'say much and exit', messages: 100 });
    expect(await exit).toEqual({ kind: 'crashed', code: 0, signal: null, said: 101 });
  });

  it('tells of an exit; what is sent later is lost in silence', async () => {
    const { child, said, exit } = await started();
    child.send({ do: 'exit' });
    expect(await exit).toMatchObject({ kind: 'crashed', code: 7, signal: null });
    child.send({ do: 'echo', data: 1 });
    child.kill();
    child.hold(true);
    expect(said).toEqual([]);
  });

  it('kills at once, whatever the child is doing', async () => {
    const { child, exit, hears } = await started();
    child.send({ do: 'block' });
    await hears('blocking');
    child.kill();
    expect(await exit).toMatchObject({ kind: 'killed', code: null, signal: 'SIGKILL' });
  });

  it('tells a kill by somebody else from its own', async () => {
    const { child, exit } = await started();
    process.kill(child.pid ?? 0, 'SIGKILL');
    expect(await exit).toMatchObject({ kind: 'crashed', signal: 'SIGKILL' });
  });

  it('kills a child that takes more memory than it may, on its heap as well', async () => {
    const { child, exit } = await started(128 * MEBIBYTE);
    child.send({ do: 'eat heap' });
    expect(await exit).toMatchObject({ kind: 'memory', signal: 'SIGKILL' });
  });

  it('tells of a child that cannot start', async () => {
    const exit = await new Promise<ChildExit>((onExit) => {
      const entry = new URL('./support/children/absent.mjs', import.meta.url);
      startChild({ entry, maxMemoryBytes: 2 ** 30, onMessage: () => {}, onExit });
    });
    expect(exit).toEqual({ kind: 'crashed', code: 1, signal: null });
  });
});

describe('compiledModule', () => {
  const root = new URL('../', import.meta.url);

  it('finds the compiled form from a source module', () => {
    const caller = new URL('src/image/decode.ts', root).href;
    expect(compiledModule(caller, './decode-child.ts').href).toBe(
      new URL('dist/image/decode-child.js', root).href,
    );
  });

  it('finds it from a compiled module', async () => {
    const compiled = new URL('dist/child-process.js', root).href;
    const compiledFile: { compiledModule: typeof compiledModule } = await import(compiled);
    const caller = new URL('dist/image/decode.js', root).href;
    expect(compiledFile.compiledModule(caller, './decode-child.ts').href).toBe(
      new URL('dist/image/decode-child.js', root).href,
    );
  });
});
