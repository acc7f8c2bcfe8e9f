import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { interruption } from '../../src/pipeline/interruption.ts';
import {
  drain,
  edit,
  failure,
  gone,
  heldByChild,
  hosted,
  picture,
  pidOf,
  seenBy,
  textOf,
  think,
} from '../support/hosted-engine.ts';

const MEBIBYTE = 2 ** 20;

describe('a hosted engine', () => {
  it('answers as the engine itself would, from another process', async () => {
    const engine = await hosted();
    expect(engine.name).toBe('misbehaving');
    expect(engine.capabilities).toEqual({
      seeded: true,
      previews: true,
      maxImages: 3,
      masks: false,
    });
    const { steps, outcome } = await drain(think(engine, 'answer'));
    expect(outcome).toEqual({ kind: 'question', text: steps[1] });
    expect(steps).toEqual(['pid ', expect.stringMatching(/^\d+$/)]);
    expect(steps[1]).not.toBe(String(process.pid));
  });

  it('keeps its process from call to call', async () => {
    const engine = await hosted();
    expect(await pidOf(engine)).toBe(await pidOf(engine));
  });

  it('runs one call at a time, in order', async () => {
    const engine = await hosted();
    const ended: number[] = [];
    const calls = [1, 2, 3].map(async (number) => {
      const { steps } = await drain(think(engine, 'slowly'));
      ended.push(number);
      return steps;
    });
    const words = ['one', 'two', 'three'];
    expect(await Promise.all(calls)).toEqual([words, words, words]);
    expect(ended).toEqual([1, 2, 3]);
    expect(await seenBy(engine)).toMatchObject({ open: 0, mostOpen: 1, closed: 3 });
  });

  it('sees no secret of our environment', async () => {
    process.env['TEST_SECRET_TOKEN'] = 'hunter2';
    try {
      const engine = await hosted();
      const environment: unknown = JSON.parse(await textOf(think(engine, 'environment')));
      expect(environment).toHaveProperty('PATH', process.env['PATH']);
      expect(JSON.stringify(environment)).not.toContain('hunter2');
    } finally {
      delete process.env['TEST_SECRET_TOKEN'];
    }
  });

  it('leaves signals to the group for the parent to answer', async () => {
    const engine = await hosted();
    const generator = think(engine, 'wait for the signal');
    const pid = Number((await generator.next()).value);
    process.kill(pid, 'SIGINT');
    process.kill(pid, 'SIGTERM');
    await generator.return({ kind: 'question', text: '' });
    expect(await pidOf(engine)).toBe(pid);
  });
});

describe('pictures', () => {
  it('arrive whole, in steps and outcomes', async () => {
    const engine = await hosted();
    const image = picture(7, 3 * MEBIBYTE);
    const { steps, outcome } = await drain(edit(engine, 'invert', image));
    expect(steps.map(({ step }) => step)).toEqual([1, 2]);
    expect(Buffer.compare(steps[0]?.preview?.bytes ?? new Uint8Array(), image.bytes)).toBe(0);
    expect(outcome).toMatchObject({ format: 'png', width: 1, height: 1 });
    expect(Buffer.compare(outcome.bytes, picture(248, 3 * MEBIBYTE).bytes)).toBe(0);
  });

  it('are the same object on both sides while they are held', async () => {
    const engine = await hosted();
    const image = picture(7);
    const { outcome } = await drain(edit(engine, 'invert', image));
    expect(await heldByChild(engine, outcome)).toBe(true);
    expect((await drain(edit(engine, 'give back', image))).outcome).toBe(image);
  });

  it('cross again to a fresh process', async () => {
    const engine = await hosted();
    const image = picture(7);
    const { outcome } = await drain(edit(engine, 'invert', image));
    await failure(think(engine, 'exit'));
    expect((await drain(edit(engine, 'give back', outcome))).outcome).toBe(outcome);
    expect(await heldByChild(engine, outcome)).toBe(false);
  });

  it.each(['wait for the signal', 'finish at a cancel'])(
    'are held on both sides alike after a cancelled call (%s)',
    async (instruction) => {
      const engine = await hosted();
      const image = picture(7);
      const { outcome } = await drain(edit(engine, 'invert', image));
      const controller = new AbortController();
      const cancelled = edit(engine, instruction, picture(8), controller.signal);
      await cancelled.next();
      controller.abort(interruption('stop'));
      await expect(cancelled.next()).rejects.toThrow('Stopped');
      expect(await heldByChild(engine, outcome)).toBe(true);
      expect((await drain(edit(engine, 'give back', image))).outcome).toBe(image);
    },
  );

  it('are held on both sides alike after what could not be sent', async () => {
    const engine = await hosted();
    const [image, other] = [picture(7), picture(8)];
    const { outcome } = await drain(edit(engine, 'invert', image));
    expect(await failure(edit(engine, 'return a function', other))).toHaveProperty(
      'code',
      'INTERNAL',
    );
    const unsendable = Object.assign(picture(9), { notData: () => {} });
    const error = await failure(edit(engine, 'invert', unsendable));
    expect(String(error)).toContain('could not be cloned');
    expect(await heldByChild(engine, outcome)).toBe(true);
    expect((await drain(edit(engine, 'give back', other))).outcome).toBe(other);
  });
});

describe('what an engine throws', () => {
  it('crosses with code, message and whether to try again', async () => {
    const engine = await hosted();
    const error = await failure(think(engine, 'throw typed'));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'NOT_UNDERSTOOD',
      message: 'The server is busy.',
      retryable: true,
      cause: expect.stringContaining('status 503'),
    });
  });

  it.each([
    ['throw foreign', 'TypeError: secret is not a function'],
    ['throw text', 'a mere text'],
    ['yield a function', 'could not be cloned'],
  ])('is internal when nobody typed it (%s)', async (prompt, words) => {
    const engine = await hosted();
    const error = await failure(think(engine, prompt));
    expect(error).toMatchObject({
      code: 'INTERNAL',
      message: 'Something went wrong inside; please try again.',
      retryable: false,
      cause: expect.stringContaining(words),
    });
    expect(await seenBy(engine)).toMatchObject({ open: 0, closed: 1 });
  });
});

describe('a process that ends', () => {
  it.each(['exit', 'reject unheard'])(
    'in the middle of a call is a crash (%s), and the next call finds a fresh one',
    async (prompt) => {
      const engine = await hosted();
      const pid = await pidOf(engine);
      expect(await failure(think(engine, prompt))).toMatchObject({
        code: 'ENGINE_CRASHED',
        retryable: true,
      });
      expect(await pidOf(engine)).not.toBe(pid);
    },
  );

  it('by a kill in the middle of an edit is a crash', async () => {
    const engine = await hosted();
    const pid = await pidOf(engine);
    const generator = edit(engine, 'wait for the signal', picture(1, MEBIBYTE));
    await generator.next();
    process.kill(pid, 'SIGKILL');
    expect(await failure(generator)).toMatchObject({
      code: 'ENGINE_CRASHED',
      message: 'The engine "misbehaving" crashed; please try again.',
      cause: 'ended by SIGKILL',
    });
    expect((await drain(edit(engine, 'give back'))).steps).toEqual([{ step: 1, steps: 1 }]);
  });

  it('while idle is not noticed', async () => {
    const engine = await hosted();
    const pid = await pidOf(engine);
    process.kill(pid, 'SIGKILL');
    expect(await pidOf(engine)).not.toBe(pid);
  });

  it('is replaced when it hangs while idle', async () => {
    const engine = await hosted({}, { killGraceMs: 100 });
    const pid = Number(await textOf(think(engine, 'block when done')));
    expect(await pidOf(engine)).not.toBe(pid);
    await gone(pid);
  });

  it('is out of memory when it took more than its share', async () => {
    const engine = await hosted({}, { maxMemoryBytes: 200 * MEBIBYTE });
    expect(await failure(think(engine, 'greedy'))).toMatchObject({
      code: 'ENGINE_OUT_OF_MEMORY',
      retryable: false,
      message: expect.stringContaining('200 MB'),
    });
    expect(await pidOf(engine)).toBeGreaterThan(0);
  });
});
