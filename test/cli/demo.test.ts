import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { filesIn, folderWithPhoto, readRecord, runMain } from '../support/command-line.ts';

describe('reasonedit demo', () => {
  it('edits its own picture in more than one round, again and again', async () => {
    const cwd = await folderWithPhoto();
    const first = await runMain(['demo', '--json'], { cwd });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    const folder = join(cwd, 'out', 'demo');
    const record = await readRecord(folder);
    expect(record.stopReason).toBe('success');
    expect(record.rounds.length).toBeGreaterThan(1);
    const rounds = record.rounds.map(({ image }) => image);
    const files = ['edit.json', 'final.jpg', ...rounds, 'scene.jpg'].toSorted();
    expect(await filesIn(folder)).toEqual(files);

    await writeFile(join(folder, 'round-9.png'), 'of an earlier demo');
    await rm(join(folder, 'final.jpg'));
    const second = await runMain(['demo'], { cwd });
    expect(second.code).toBe(0);
    expect(await filesIn(folder)).toEqual(files);
    expect(second.stdout).toContain(join('out', 'demo', 'final.jpg'));
    expect(second.stdout).toMatch(/node dist\/main\.js edit/);
  });
});
