import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';

import { listenForInterrupts } from '../../src/cli/interrupt.ts';

function fakeProcess({ isTTY = false } = {}) {
  const exits: number[] = [];
  const notices: string[] = [];
  const write = (text: string) => notices.push(text);
  const emitter = Object.assign(new EventEmitter(), {
    stdout: Object.assign(new EventEmitter(), { write }),
    stderr: Object.assign(new EventEmitter(), { isTTY, write }),
    exit: (code: number) => exits.push(code),
  });
  return { emitter, exits, notices, interrupt: listenForInterrupts(emitter) };
}

describe('listenForInterrupts', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('asks to stop at the first %s', (name, code) => {
    const { emitter, exits, interrupt } = fakeProcess();
    expect(interrupt.exitCode()).toBeUndefined();
    emitter.emit(name);
    expect(interrupt.signal.reason).toMatchObject({ code: 'STOPPED' });
    expect(interrupt.exitCode()).toBe(code);
    expect(exits).toEqual([]);
  });

  it('ends the process at the second signal', () => {
    const { emitter, exits } = fakeProcess();
    emitter.emit('SIGINT');
    emitter.emit('SIGINT');
    expect(exits).toEqual([130]);
  });

  it('tells who sits at a terminal how to leave at once, and nobody else', () => {
    const terminal = fakeProcess({ isTTY: true });
    terminal.emitter.emit('SIGINT');
    expect(terminal.notices).toEqual([expect.stringContaining('Ctrl-C again')]);
    const pipe = fakeProcess();
    pipe.emitter.emit('SIGINT');
    expect(pipe.notices).toEqual([]);
  });

  it('stops when nobody reads the output any more, however often that is said', () => {
    const { emitter, exits, interrupt } = fakeProcess();
    emitter.stdout.emit('error', new Error('write EPIPE'));
    emitter.stderr.emit('error', new Error('write EPIPE'));
    expect(interrupt.signal.aborted).toBe(true);
    expect(interrupt.exitCode()).toBe(141);
    expect(exits).toEqual([]);
  });
});
