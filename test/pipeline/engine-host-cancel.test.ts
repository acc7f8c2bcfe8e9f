import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { interruption } from '../../src/pipeline/interruption.ts';
import { drain, failure, gone, hosted, pidOf, seenBy, think } from '../support/hosted-engine.ts';

describe('a signal that aborts', () => {
  it.each([
    ['STOPPED', interruption('stop')],
    ['DEADLINE', interruption('deadline')],
    ['SHUTDOWN', interruption('shutdown')],
    ['STOPPED', new Error('nobody typed this')],
    ['DEADLINE', new DOMException('out of time', 'TimeoutError')],
  ])('is heard in the child as %s; its own reason is thrown', async (code, reason) => {
    const engine = await hosted();
    const controller = new AbortController();
    const generator = think(engine, 'wait for the signal', controller.signal);
    const pid = Number((await generator.next()).value);
    controller.abort(reason);
    expect(await failure(generator)).toBe(reason);
    expect(await seenBy(engine)).toMatchObject({ open: 0, reasons: [`AppError ${code}`] });
    expect(await pidOf(engine)).toBe(pid);
  });

  it.each(['answer a cancel', 'fail at a cancel'])(
    'decides, whatever the engine makes of it (%s)',
    async (prompt) => {
      const engine = await hosted();
      const controller = new AbortController();
      const generator = think(engine, prompt, controller.signal);
      await generator.next();
      const pending = generator.next();
      controller.abort(interruption('deadline'));
      await expect(pending).rejects.toBe(controller.signal.reason);
      expect(await generator.next()).toEqual({ done: true, value: undefined });
    },
  );

  it('is heard by an engine that yields but never waits', async () => {
    const engine = await hosted();
    const pid = await pidOf(engine);
    const controller = new AbortController();
    const generator = think(engine, 'never wait', controller.signal);
    await generator.next();
    controller.abort(interruption('stop'));
    expect(await failure(generator)).toBe(controller.signal.reason);
    expect(await pidOf(engine)).toBe(pid);
  });

  it.each(['ignore the signal', 'block'])(
    'kills the process past the grace (%s), and the next call finds a fresh one',
    async (prompt) => {
      const engine = await hosted({}, { killGraceMs: 50 });
      const controller = new AbortController();
      const generator = think(engine, prompt, controller.signal);
      const pid = Number((await generator.next()).value);
      controller.abort(interruption('deadline'));
      expect(await failure(generator)).toBe(controller.signal.reason);
      await gone(pid);
      expect(await pidOf(engine)).not.toBe(pid);
    },
  );

  it('costs no process its life because nobody reads the end of the call', async () => {
    const engine = await hosted();
    const controller = new AbortController();
    const unread = think(engine, 'wait for the signal', controller.signal);
    const pid = Number((await unread.next()).value);
    controller.abort(interruption('stop'));
    expect(await pidOf(engine)).toBe(pid);
    expect(await failure(unread)).toBe(controller.signal.reason);
  });

  it('ends the wait for another call, and lets the others pass', async () => {
    const engine = await hosted();
    const running = think(engine, 'wait for the signal');
    await running.next();
    const controller = new AbortController();
    const waiting = failure(think(engine, 'answer', controller.signal));
    const last = pidOf(engine);
    controller.abort(interruption('stop'));
    expect(await waiting).toBe(controller.signal.reason);
    await running.return({ kind: 'question', text: '' });
    expect(await last).toBeGreaterThan(0);
    expect(await seenBy(engine)).toMatchObject({ closed: 2 });
  });

  it('keeps a call from beginning', async () => {
    const engine = await hosted();
    const reason = interruption('stop');
    expect(await failure(think(engine, 'answer', AbortSignal.abort(reason)))).toBe(reason);
    expect(await seenBy(engine)).toMatchObject({ closed: 0 });
  });

  it('keeps no listener of a call that is over', async () => {
    const engine = await hosted();
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = () => getEventListeners(signal, 'abort').length;

    await drain(think(engine, 'answer', signal));
    expect(listeners()).toBe(0);
    await failure(think(engine, 'throw typed', signal));
    expect(listeners()).toBe(0);
    const left = think(engine, 'wait for the signal', signal);
    await left.next();
    expect(listeners()).toBe(1);
    await left.return({ kind: 'question', text: '' });
    expect(listeners()).toBe(0);
    await failure(think(engine, 'exit', signal));
    expect(listeners()).toBe(0);
    const running = failure(think(engine, 'wait in silence', signal));
    const waiting = failure(think(engine, 'answer', signal));
    controller.abort(interruption('stop'));
    await Promise.all([running, waiting]);
    expect(listeners()).toBe(0);
  });
});

describe('a consumer that leaves early', () => {
  it('closes the generator in the child', async () => {
    const engine = await hosted();
    const pid = await pidOf(engine);
    for await (const word of think(engine, 'never wait')) {
      expect(word).toBe('again');
      break;
    }
    expect(await seenBy(engine)).toMatchObject({ open: 0, closed: 2 });
    expect(await pidOf(engine)).toBe(pid);
  });

  it('need not wait for the step that the engine is at', async () => {
    const engine = await hosted();
    const generator = think(engine, 'wait in silence');
    const pending = generator.next();
    const outcome = { kind: 'question', text: 'mine' } as const;
    expect(await generator.return(outcome)).toEqual({ done: true, value: outcome });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect((await seenBy(engine)).open).toBe(0);
  });

  it('that throws into the call closes it as well', async () => {
    const engine = await hosted();
    const generator = think(engine, 'wait for the signal');
    await generator.next();
    await expect(generator.throw(new Error('from outside'))).rejects.toThrow('from outside');
    expect(await seenBy(engine)).toMatchObject({ open: 0, reasons: ['AppError STOPPED'] });
  });

  it('has the process killed past the grace', async () => {
    const engine = await hosted({}, { killGraceMs: 50 });
    const generator = think(engine, 'block');
    const pid = Number((await generator.next()).value);
    await generator.return({ kind: 'question', text: '' });
    await gone(pid);
    expect(await pidOf(engine)).not.toBe(pid);
  });
});
