import { describe, expect, it } from 'vitest';

import type { EditRecord } from '../../src/cli/record.ts';
import { Terminal } from '../../src/cli/terminal.ts';
import { TextView } from '../../src/cli/text-view.ts';
import { refine, success } from '../support/command-line.ts';

const image = { bytes: new Uint8Array(1), format: 'png', width: 4, height: 3 } as const;
const start = {
  picture: { ...image, format: 'jpeg', width: 1600, height: 1067 },
  file: '/home/me/photo.jpg',
  references: [],
  folder: 'photo-edit',
  engine: 'darkroom',
  prompt: 'warmer',
  seed: 0,
  notes: ['Only the first frame is used.'],
} as const;
const record: EditRecord = {
  rounds: [
    { round: 1, instruction: 'i', image: 'round-1.png', reflection: refine },
    { round: 2, instruction: 'j', image: 'round-2.png', reflection: success },
  ],
  best: { round: 2, reason: 'judged-success' },
  stopReason: 'success',
  final: 'final.jpg',
  timings: { totalMs: 2_500, rounds: [] },
  seed: 0,
  engine: 'darkroom',
  prompt: 'warmer',
};

function view({ isTTY = false } = {}) {
  let written = '';
  let now = 0;
  const output = {
    isTTY,
    columns: 80,
    write: (text: string) => {
      written += text;
    },
  };
  const shown = new TextView(new Terminal(output, { NO_COLOR: '1' }), () => now);
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { shown, wait, lines: () => written.split('\n'), written: () => written };
}

describe('TextView', () => {
  it('tells the story of an edit', () => {
    const { shown, wait, written } = view();
    shown.start(start);
    shown.event({ type: 'thinking-start' });
    shown.event({ type: 'thinking-delta', text: 'It is ' });
    shown.event({ type: 'thinking-delta', text: 'too blue.' });
    shown.event({
      type: 'thinking-end',
      thought: {
        kind: 'plan',
        reasoning: 'It is too blue.',
        instruction: 'Warm it.',
        base: 'latest',
      },
    });
    shown.event({ type: 'editing-start', round: 1, instruction: 'Warm it.' });
    wait(400);
    shown.event({ type: 'editing-step', round: 1, step: 1, steps: 2 });
    shown.event({ type: 'editing-step', round: 1, step: 2, steps: 2 });
    shown.event({ type: 'editing-end', round: 1, image });
    shown.event({ type: 'reflection-start', round: 1 });
    shown.event({ type: 'reflection-delta', round: 1, text: 'Still too pale.' });
    shown.event({ type: 'reflection-end', round: 1, reflection: refine });
    shown.result(record);
    shown.close();
    expect(written()).toBe(
      [
        'photo.jpg  1600 × 1067 jpeg, engine darkroom',
        '“warmer”',
        'Only the first frame is used.',
        '',
        'Thinking',
        '  It is too blue.',
        '  plan      Warm it.',
        '',
        'Round 1',
        '  step 1 of 2 (50 %)',
        '  step 2 of 2 (100 %)',
        '  picture   photo-edit/round-1.png (0.4 s)',
        '  Still too pale.',
        '  scores    as asked 5 · rest kept 5 · natural 5 · clean 5 → 25 of 100',
        '  verdict   refine: goes on from this picture',
        '  next      Paint it stronger.',
        '',
        'Round 2 of 2 is the answer: judged a success.',
        '  photo-edit/final.jpg',
        '  photo-edit/edit.json (2.5 s in all)',
        '',
      ].join('\n'),
    );
  });

  it('shows an instruction that was not announced', () => {
    const { shown, lines } = view();
    shown.event({ type: 'reflection-end', round: 1, reflection: refine });
    shown.event({ type: 'editing-start', round: 2, instruction: 'Paint it stronger.' });
    shown.event({
      type: 'reflection-end',
      round: 2,
      reflection: { ...success, verdict: 'revert' },
    });
    shown.event({ type: 'editing-start', round: 3, instruction: 'Paint it.' });
    expect(lines().filter((line) => line.includes('Paint it'))).toEqual([
      '  next      Paint it stronger.',
      '  edit      Paint it.',
    ]);
  });

  it('shows reasoning and critique that did not come in pieces', () => {
    const { shown, lines } = view();
    shown.event({ type: 'thinking-start' });
    shown.event({
      type: 'thinking-end',
      thought: { kind: 'plan', reasoning: 'Too blue.', instruction: 'Warm it.', base: 'latest' },
    });
    shown.event({ type: 'reflection-start', round: 1 });
    shown.event({ type: 'reflection-end', round: 1, reflection: success });
    expect(lines()).toContain('  Too blue.');
    expect(lines()).toContain('  Just right.');
    expect(lines()).toContain('  verdict   success');
  });

  it('draws a bar with the time left on a terminal, and no lines of it', () => {
    const { shown, wait, written } = view({ isTTY: true });
    shown.event({ type: 'editing-start', round: 1, instruction: 'Warm it.' });
    wait(2_000);
    shown.event({ type: 'editing-step', round: 1, step: 1, steps: 4 });
    shown.event({ type: 'editing-end', round: 1, image });
    expect(written()).toContain('██████░░░░░░░░░░░░░░░░░░  25 %  6.0 s left\r\u001b[K');
    expect(written()).not.toContain('step 1 of 4');
  });

  it('says few lines about many steps where there is no terminal', () => {
    const { shown, lines } = view();
    shown.event({ type: 'editing-start', round: 1, instruction: 'Warm it.' });
    for (let step = 1; step <= 200; step += 1) {
      shown.event({ type: 'editing-step', round: 1, step, steps: 200 });
    }
    const steps = lines().filter((line) => line.includes('step '));
    expect(steps).toHaveLength(10);
    expect(steps.at(-1)).toBe('  step 200 of 200 (100 %)');
  });

  it('names every picture that came', () => {
    const { shown, lines } = view();
    shown.start({ ...start, references: [{ picture: image, file: 'dir/other.png' }] });
    expect(lines()).toContain('with other.png  4 × 3 png');
  });

  it('shows what others wrote without their control characters', () => {
    const { shown, written } = view({ isTTY: true });
    const hostile = 'x\u001b]0;title\u0007\u001b[2J\u009b1A\r';
    const file = `${hostile}.jpg`;
    const references = [{ picture: image, file }];
    shown.start({ ...start, file, references, prompt: hostile, folder: hostile });
    shown.event({ type: 'thinking-start' });
    shown.event({ type: 'thinking-delta', text: hostile });
    shown.event({ type: 'thinking-end', thought: { kind: 'question', text: hostile } });
    shown.event({ type: 'editing-start', round: 1, instruction: hostile });
    shown.event({ type: 'editing-end', round: 1, image });
    shown.event({
      type: 'reflection-end',
      round: 1,
      reflection: {
        critique: hostile,
        scores: refine.scores,
        verdict: 'refine',
        nextInstruction: hostile,
      },
    });
    shown.result(record);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(written()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it.each([
    { stopReason: 'deadline', says: 'Time ran out.' },
    { stopReason: 'stopped', says: 'Stopped on request.' },
  ] as const)('says when there is no picture yet ($stopReason)', ({ stopReason, says }) => {
    const { shown, lines } = view();
    const { prompt, engine, seed, timings } = record;
    shown.result({ rounds: [], stopReason, timings, prompt, engine, seed });
    expect(lines()).toContain(says);
    expect(lines()).toContain('There is no picture yet.');
  });
});
