import { describe, expect, it } from 'vitest';

import { editRecord, Stopwatch } from '../../src/cli/record.ts';
import type { EditEvent, EditResult } from '../../src/pipeline/types.ts';
import { success } from '../support/command-line.ts';

const image = { bytes: new Uint8Array(1), format: 'png', width: 1, height: 1 } as const;
const plan = { kind: 'plan', reasoning: 'r', instruction: 'i', base: 'latest' } as const;
const asked = { prompt: 'p', engine: 'e', seed: 4 };

describe('editRecord', () => {
  it('names files in place of pictures', () => {
    const result: EditResult = {
      thought: plan,
      rounds: [{ round: 1, instruction: 'i', image, reflection: success }],
      best: { round: 1, reason: 'only-round' },
      stopReason: 'success',
    };
    const timings = { totalMs: 9, thinkingMs: 1, rounds: [{ editingMs: 2, reflectionMs: 3 }] };
    expect(editRecord(result, asked, timings, 'final.jpg')).toEqual({
      thought: plan,
      rounds: [{ round: 1, instruction: 'i', image: 'round-1.png', reflection: success }],
      best: { round: 1, reason: 'only-round' },
      stopReason: 'success',
      final: 'final.jpg',
      timings,
      seed: 4,
      engine: 'e',
      prompt: 'p',
    });
  });

  it('leaves out what did not come about', () => {
    const timings = { totalMs: 9, rounds: [] };
    const record = editRecord({ rounds: [], stopReason: 'stopped' }, asked, timings, undefined);
    expect(record).toEqual({ rounds: [], stopReason: 'stopped', timings, ...asked });
  });
});

describe('Stopwatch', () => {
  it('measures each part from its start to its end', () => {
    let now = 100;
    const stopwatch = new Stopwatch(() => now);
    const after = (milliseconds: number, event: EditEvent) => {
      now += milliseconds;
      stopwatch.hear(event);
    };
    after(5, { type: 'thinking-start' });
    after(10, { type: 'thinking-delta', text: '' });
    after(10, { type: 'thinking-end', thought: plan });
    after(5, { type: 'editing-start', round: 1, instruction: '' });
    after(30, { type: 'editing-end', round: 1, image });
    after(5, { type: 'reflection-start', round: 1 });
    after(40, { type: 'reflection-end', round: 1, reflection: success });
    after(5, { type: 'editing-start', round: 2, instruction: '' });
    after(50.4, { type: 'editing-end', round: 2, image });
    expect(stopwatch.read()).toEqual({
      totalMs: 160,
      thinkingMs: 20,
      rounds: [{ editingMs: 30, reflectionMs: 40 }, { editingMs: 50 }],
    });
  });
});
