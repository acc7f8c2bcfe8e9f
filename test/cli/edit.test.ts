import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import {
  filesIn,
  folderWithPhoto,
  jsonLines,
  launch,
  readRecord,
  refine,
  request,
  runMain,
  success,
} from '../support/command-line.ts';
import { leftHalf } from '../support/masks.ts';
import { Gate } from '../support/gate.ts';
import { playedPrompt } from '../support/worker-process.ts';

const scripted = ['--engine', 'scripted'];

describe('reasonedit edit', () => {
  it('edits a picture with the engine that comes with it', async () => {
    const cwd = await folderWithPhoto();
    const { code, stdout, stderr } = await runMain(['edit', 'photo.jpg', 'make it brighter'], {
      cwd,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const folder = join(cwd, 'photo-edit');
    const record = await readRecord(folder);
    expect(record).toMatchObject({
      thought: { kind: 'plan', base: 'latest' },
      final: 'final.jpg',
      engine: 'darkroom',
      prompt: 'make it brighter',
      seed: 0,
    });
    expect(record.timings.rounds).toHaveLength(record.rounds.length);
    expect(await filesIn(folder)).toEqual(
      ['edit.json', 'final.jpg', ...record.rounds.map(({ image }) => image)].toSorted(),
    );

    const before = await sharp(join(cwd, 'photo.jpg')).stats();
    const after = await sharp(join(folder, 'final.jpg')).stats();
    expect(after.channels[1]?.mean).toBeGreaterThan((before.channels[1]?.mean ?? 255) + 5);
    expect(await sharp(join(folder, 'final.jpg')).metadata()).toMatchObject({
      format: 'jpeg',
      width: 120,
      height: 80,
    });
    expect(stdout).toContain('Thinking\n');
    expect(stdout).toContain(join('photo-edit', 'final.jpg'));
    expect(stdout).not.toContain('\u001b');
  });

  it('answers with the very file of the round that met a size', async () => {
    const cwd = await folderWithPhoto();
    const args = ['edit', 'photo.jpg', 'webp under 2 KB', '--out', 'here'];
    const { code } = await runMain(args, { cwd });
    expect(code).toBe(0);
    const record = await readRecord(join(cwd, 'here'));
    const round = record.rounds.find(({ round: number }) => number === record.best?.round);
    expect(record.final).toBe('final.webp');
    const final = await readFile(join(cwd, 'here', 'final.webp'));
    expect(final.equals(await readFile(join(cwd, 'here', round?.image ?? '')))).toBe(true);
    expect(final.length).toBeLessThanOrEqual(2_000);
  });

  it('takes several pictures, each through the same checks', async () => {
    const cwd = await folderWithPhoto();
    await sharp({ create: { width: 60, height: 80, channels: 3, background: '#c03020' } })
      .png()
      .toFile(join(cwd, 'other.png'));
    const args = ['edit', 'photo.jpg', 'other.png', 'put them side by side with no gap', '--json'];
    const { code, stdout, stderr } = await runMain(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(jsonLines(stdout)[0]).toMatchObject({
      image: { file: 'photo.jpg' },
      references: [{ file: 'other.png', width: 60, height: 80, format: 'png' }],
    });
    const final = sharp(join(cwd, 'photo-edit', 'final.jpg'));
    expect(await final.metadata()).toMatchObject({ width: 180, height: 80 });

    await writeFile(join(cwd, 'broken.png'), 'no picture at all');
    const broken = await runMain(['edit', 'photo.jpg', 'broken.png', 'side by side'], { cwd });
    expect(broken).toMatchObject({ code: 2, stdout: '' });
    const missing = await runMain(['edit', 'photo.jpg', 'gone.png', 'side by side'], { cwd });
    expect(missing.stderr).toContain('gone.png');
  });

  it('changes what a mask marks, and nothing else', async () => {
    const cwd = await folderWithPhoto();
    const photo = await readFile(join(cwd, 'photo.jpg'));
    const { width, height } = await sharp(photo).metadata();
    await writeFile(join(cwd, 'where.png'), (await leftHalf(width, height)).bytes);
    const args = ['edit', 'photo.jpg', 'make it black and white', '--mask', 'where.png', '--json'];
    const { code, stderr } = await runMain(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const record = await readRecord(join(cwd, 'photo-edit'));
    expect(record.rounds[0]?.kept?.outsideMask).toBeCloseTo(0.5, 1);
    const halfOf = (file: string | Buffer) =>
      sharp(file)
        .extract({ left: Math.ceil(width / 2) + 1, top: 0, width: width >> 2, height })
        .raw()
        .toBuffer();
    const round = join(cwd, 'photo-edit', record.rounds[0]?.image ?? '');
    expect(await halfOf(round)).toEqual(await halfOf(photo));

    const wrong = ['edit', 'photo.jpg', 'make it darker', '--mask', 'photo.jpg'];
    const refused = await runMain(wrong, { cwd });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('mask');
  });

  it('refuses more pictures than the engine takes', async () => {
    const cwd = await folderWithPhoto();
    const prompt = request({ reflections: [success] });
    const { code, stderr } = await launch(['edit', 'photo.jpg', 'photo.jpg', prompt, ...scripted], {
      cwd,
    }).finished;
    expect(code).toBe(2);
    expect(stderr).toContain('takes one picture, and not 2');
    expect(await filesIn(cwd)).toEqual(['photo.jpg']);
  });

  it('makes a PNG of a JPEG whose corners are rounded', async () => {
    const cwd = await folderWithPhoto();
    expect(await runMain(['edit', 'photo.jpg', 'make it a circle'], { cwd })).toMatchObject({
      code: 0,
    });
    const { data } = await sharp(join(cwd, 'photo-edit', 'final.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[3]).toBe(0);
  });

  it('prints one event a line with --json, the last of them what edit.json holds', async () => {
    const cwd = await folderWithPhoto();
    const prompt = request({ reflections: [refine, success] });
    const args = ['edit', 'photo.jpg', prompt, '--json', '--out', 'here', '--seed', '5'];
    const { code, stdout, stderr } = await launch([...args, ...scripted], { cwd }).finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = jsonLines(stdout);
    const round = [
      'editing-start',
      'editing-step',
      'editing-step',
      'editing-end',
      'reflection-start',
      'reflection-delta',
      'reflection-end',
    ];
    expect(lines.map(({ type }) => type)).toEqual([
      'start',
      'thinking-start',
      'thinking-delta',
      'thinking-delta',
      'thinking-end',
      ...round,
      ...round,
      'result',
    ]);
    expect(lines[0]).toMatchObject({
      folder: 'here',
      engine: 'scripted',
      seed: 5,
      image: { file: 'photo.jpg', width: 120, height: 80, format: 'jpeg' },
    });
    expect(lines.find(({ type }) => type === 'editing-end')).toEqual({
      type: 'editing-end',
      round: 1,
      image: { file: 'round-1.png', width: 120, height: 80, format: 'png' },
    });
    const record = await readRecord(join(cwd, 'here'));
    expect(lines.at(-1)).toEqual({ type: 'result', ...record });
    expect(record).toMatchObject({
      rounds: [
        { round: 1, instruction: 'Paint it.', image: 'round-1.png', reflection: refine },
        { round: 2, instruction: 'Paint it stronger.', image: 'round-2.png', reflection: success },
      ],
      best: { round: 2, reason: 'judged-success' },
      stopReason: 'success',
    });
    const { data } = await sharp(join(cwd, 'here', 'final.jpg'))
      .raw()
      .toBuffer({
        resolveWithObject: true,
      });
    expect(Math.abs((data[0] ?? 0) - 80)).toBeLessThan(4);
  });

  it('makes no more rounds than allowed', async () => {
    const cwd = await folderWithPhoto();
    const prompt = request({ reflections: [refine, refine, refine] });
    const args = ['edit', 'photo.jpg', prompt, '--max-rounds', '2', '--json', ...scripted];
    const { code, stdout } = await launch(args, { cwd }).finished;
    expect(code).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({
      stopReason: 'max-rounds',
      best: { round: 2, reason: 'latest-of-equals' },
    });
  });

  it('takes its defaults from the settings', async () => {
    const cwd = await folderWithPhoto();
    await writeFile(join(cwd, '.env'), 'MAX_ROUNDS=1\nENGINE=scripted\n');
    const prompt = request({ reflections: [refine, refine] });
    const { code, stdout } = await launch(['edit', 'photo.jpg', prompt, '--json'], { cwd })
      .finished;
    expect(code).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({
      engine: 'scripted',
      best: { round: 1, reason: 'only-round' },
    });
  });

  it('answers with the best round when the time is up', async () => {
    const cwd = await folderWithPhoto();
    const prompt = request({ hangAt: 'think' });
    const { code, stdout } = await launch(['edit', 'photo.jpg', prompt, '--json', ...scripted], {
      cwd,
      env: { TURN_DEADLINE_SECONDS: '0.05' },
    }).finished;
    expect(code).toBe(1);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ stopReason: 'deadline', rounds: [] });
  });

  it('never writes over an earlier edit', async () => {
    const cwd = await folderWithPhoto();
    const args = ['edit', 'photo.jpg', request({ reflections: [success] }), ...scripted];
    expect(await launch(args, { cwd }).finished).toMatchObject({ code: 0 });
    const first = await readFile(join(cwd, 'photo-edit', 'edit.json'), 'utf8');
    expect(await launch(args, { cwd }).finished).toMatchObject({ code: 0 });
    expect(await filesIn(cwd)).toEqual(['photo-edit', 'photo-edit-2', 'photo.jpg']);
    expect(await readFile(join(cwd, 'photo-edit', 'edit.json'), 'utf8')).toBe(first);

    const named = await launch([...args, '--out', 'photo-edit'], { cwd }).finished;
    expect(named).toMatchObject({ code: 2, stdout: '' });
    expect(named.stderr).toMatch(/already/);
    expect(await readFile(join(cwd, 'photo-edit', 'edit.json'), 'utf8')).toBe(first);
  });

  it.each([
    { kind: 'question', text: 'Which of the two boats?' },
    { kind: 'declined', text: 'I only develop pictures.', code: 'NOT_SUPPORTED' },
  ] as const)('exits with 1 when the answer is a $kind', async (thought) => {
    const cwd = await folderWithPhoto();
    const args = ['edit', 'photo.jpg', request({ thought }), ...scripted];
    const { code, stdout } = await launch(args, { cwd }).finished;
    expect(code).toBe(1);
    expect(stdout).toContain(thought.text);
    const record = await readRecord(join(cwd, 'photo-edit'));
    expect(record).toMatchObject({ thought, rounds: [], stopReason: thought.kind });
    expect(record).not.toHaveProperty('final');
  });

  it('exits with 1 and one line when the engine fails, and keeps the rounds that were made', async () => {
    const cwd = await folderWithPhoto();
    const prompt = request({ reflections: [refine], failAt: 'edit 2' });
    const args = ['edit', 'photo.jpg', prompt, '--json', ...scripted];
    const { code, stdout, stderr } = await launch(args, { cwd }).finished;
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'reasonedit: No room at edit 2.\n' });
    expect(jsonLines(stdout).at(-1)).toEqual({
      type: 'error',
      code: 'ENGINE_OUT_OF_MEMORY',
      message: 'No room at edit 2.',
    });
    expect(await filesIn(join(cwd, 'photo-edit'))).toEqual(['round-1.png']);
  });

  it('ends quietly when nobody reads what it prints', async () => {
    const cwd = await folderWithPhoto();
    const gate = new Gate(cwd);
    const args = ['edit', 'photo.jpg', playedPrompt('turn', 2), '--json', '--engine', 'gated'];
    const running = launch(args, { cwd });
    await gate.arrival();
    running.process.stdout?.destroy();
    await gate.open();
    expect(await running.finished).toMatchObject({ code: 141, stderr: '' });
  });
});
