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
} from '../support/command-line.ts';

const scripted = ['--engine', 'scripted'];

describe('reasonedit edit, interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('answers with the best round at %s', async (signal, code) => {
    const cwd = await folderWithPhoto();
    const prompt = request({ reflections: [refine], hangAt: 'edit 2' });
    const running = launch(['edit', 'photo.jpg', prompt, '--json', ...scripted], { cwd });
    await running.says('"type":"editing-step","round":2');
    running.signal(signal);
    const { stdout, ...end } = await running.finished;
    expect(end).toEqual({ code, stderr: '' });
    const folder = join(cwd, 'photo-edit');
    expect(await filesIn(folder)).toEqual(['edit.json', 'final.jpg', 'round-1.png']);
    const record = await readRecord(folder);
    expect(record).toMatchObject({
      stopReason: 'stopped',
      best: { round: 1, reason: 'only-round' },
    });
    expect(jsonLines(stdout).at(-1)).toEqual({ type: 'result', ...record });
    expect(await sharp(join(folder, 'final.jpg')).metadata()).toMatchObject({ width: 120 });
  });

  it('has no answer when it is stopped while thinking', async () => {
    const cwd = await folderWithPhoto();
    const prompt = request({ hangAt: 'think' });
    const running = launch(['edit', 'photo.jpg', prompt, ...scripted], { cwd });
    await running.says('Let me');
    running.signal('SIGINT');
    const { code, stdout } = await running.finished;
    expect(code).toBe(130);
    expect(stdout).toContain('There is no picture yet.');
    expect(await filesIn(join(cwd, 'photo-edit'))).toEqual(['edit.json']);
  });
});
