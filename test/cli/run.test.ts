import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { filesIn, folderWithPhoto, jsonLines, runMain } from '../support/command-line.ts';

/** One line, and nothing of how the program looks inside. */
const ONE_LINE = /^reasonedit: [^\n]+[.!?]\n$/;

describe('reasonedit edit, given what it can not use', () => {
  const cases: { what: string; args: string[]; code?: string; env?: Record<string, string> }[] = [
    { what: 'an unknown option', args: ['photo.jpg', 'warm', '--loud'], code: 'BAD_USAGE' },
    { what: 'a bad number', args: ['photo.jpg', 'warm', '--max-rounds', '1e9'], code: 'BAD_USAGE' },
    { what: 'an empty request', args: ['photo.jpg', ' '], code: 'EMPTY_REQUEST' },
    {
      what: 'an endless request',
      args: ['photo.jpg', 'x'.repeat(4_001)],
      code: 'REQUEST_TOO_LONG',
    },
    {
      what: 'an unknown engine',
      args: ['photo.jpg', 'warm', '--engine', 'x'],
      code: 'ENGINE_UNKNOWN',
    },
    { what: 'no such file', args: ['nowhere.jpg', 'warm'], code: 'IMAGE_NOT_FOUND' },
    { what: 'a folder', args: ['folder', 'warm'], code: 'IMAGE_NOT_FOUND' },
    { what: 'a link to nowhere', args: ['dangling.jpg', 'warm'], code: 'IMAGE_NOT_FOUND' },
    { what: 'what is no file', args: ['/dev/null', 'warm'], code: 'IMAGE_NOT_FOUND' },
    { what: 'an empty file', args: ['empty.jpg', 'warm'], code: 'IMAGE_EMPTY' },
    { what: 'a text', args: ['text.jpg', 'warm'], code: 'IMAGE_FORMAT' },
    { what: 'half a picture', args: ['half.jpg', 'warm'], code: 'IMAGE_DAMAGED' },
    {
      what: 'too big a file',
      args: ['photo.jpg', 'warm'],
      code: 'IMAGE_TOO_LARGE',
      env: { MAX_IMAGE_MEGABYTES: '0.0001' },
    },
    {
      what: 'too many pixels',
      args: ['photo.jpg', 'warm'],
      code: 'IMAGE_TOO_MANY_PIXELS',
      env: { MAX_IMAGE_MEGAPIXELS: '0.001' },
    },
    {
      what: 'no folder to write to',
      args: ['photo.jpg', 'warm', '--out', 'text.jpg/x'],
      code: 'OUTPUT_NOT_WRITABLE',
    },
    {
      what: 'a wrong setting',
      args: ['photo.jpg', 'warm'],
      code: 'BAD_SETTINGS',
      env: { MAX_ROUNDS: 'many' },
    },
  ];

  it.each(cases)('exits with 2 and one line: $what', async ({ args, code, env = {} }) => {
    const cwd = await folderWithPhoto();
    await mkdir(join(cwd, 'folder'));
    await symlink('nowhere', join(cwd, 'dangling.jpg'));
    await writeFile(join(cwd, 'empty.jpg'), '');
    await writeFile(join(cwd, 'text.jpg'), 'This is no picture.');
    const whole = await readFile(join(cwd, 'photo.jpg'));
    await writeFile(join(cwd, 'half.jpg'), whole.subarray(0, whole.length / 2));
    const before = await filesIn(cwd);
    const finished = await runMain(['edit', ...args, '--json'], { cwd, env });
    expect(finished.stderr).toMatch(ONE_LINE);
    expect(finished.code).toBe(2);
    const message = finished.stderr.slice('reasonedit: '.length, -1);
    expect(jsonLines(finished.stdout).at(-1)).toEqual({ type: 'error', code, message });
    expect(await filesIn(cwd)).toEqual(before);
  });

  it('does not print control characters of a file name', async () => {
    const cwd = await folderWithPhoto();
    const { code, stderr } = await runMain(['edit', 'x\u001b]0;title\u0007.jpg', 'warm'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'reasonedit: There is no file x.jpg; check its name.\n',
    });
  });
});

describe('reasonedit', () => {
  it('shows how it works', async () => {
    const cwd = await folderWithPhoto();
    for (const args of [[], ['help'], ['edit', '--help']]) {
      const { code, stdout, stderr } = await runMain(args, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('reasonedit edit <picture> [<picture> ...] "<request>"');
    }
  });

  it('shows its version', async () => {
    const { code, stdout } = await runMain(['--version'], { cwd: await folderWithPhoto() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('does not know every command', async () => {
    const { code, stdout, stderr } = await runMain(['paint'], { cwd: await folderWithPhoto() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(ONE_LINE);
  });
});
