import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { instanceIn } from '../src/instance.ts';

describe('the name of a process', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reasonedit-instance-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the same after a restart, and given back at the end', async () => {
    const { name } = await instanceIn(folder);
    // As after a kill in a container, where the next life has the same id.
    const again = await instanceIn(folder);
    expect(again.name).toBe(name);
    await again[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is another one while a living process has it, and free once that is gone', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    try {
      const { name } = await instanceIn(folder);
      const path = join(folder, `${name}.pid`);
      await writeFile(path, String(other.pid));
      const second = await instanceIn(folder);
      expect(second.name).not.toBe(name);
      other.kill('SIGKILL');
      await once(other, 'exit');
      expect((await instanceIn(folder)).name).toBe(name);
      expect(await readFile(path, 'utf8')).toBe(String(process.pid));
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('does not trust what it can not read', async () => {
    const { name } = await instanceIn(folder);
    await writeFile(join(folder, `${name}.pid`), 'no number');
    expect((await instanceIn(folder)).name).toBe(name);
  });
});
