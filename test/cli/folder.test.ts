import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openFolder, openNextFolder, openOwnFolder } from '../../src/cli/folder.ts';
import { filesIn, temporaryFolder } from '../support/command-line.ts';

const NOT_WRITABLE = expect.objectContaining({ code: 'OUTPUT_NOT_WRITABLE' });

describe('Folder', () => {
  it('writes files whole, over what was there, and leaves no draft', async () => {
    const folder = await openFolder(await temporaryFolder());
    await folder.write('round-1.png', new Uint8Array([1, 2, 3]));
    await folder.write('edit.json', 'first');
    await folder.write('edit.json', 'second');
    expect(await filesIn(folder.path)).toEqual(['edit.json', 'round-1.png']);
    expect(await readFile(join(folder.path, 'edit.json'), 'utf8')).toBe('second');
  });

  it('leaves no draft when a write fails', async () => {
    const folder = await openFolder(await temporaryFolder());
    await mkdir(join(folder.path, 'final.jpg', 'in the way'), { recursive: true });
    await expect(folder.write('final.jpg', 'x')).rejects.toThrow(NOT_WRITABLE);
    expect(await filesIn(folder.path)).toEqual(['final.jpg']);
  });

  it('goes away when it was made for nothing, with the folders made for it', async () => {
    const parent = await temporaryFolder();
    const folder = await openFolder(join(parent, 'a', 'b'));
    await folder.discardIfEmpty();
    expect(await filesIn(parent)).toEqual([]);
  });

  it('stays when something is in it, and when it was there before', async () => {
    const parent = await temporaryFolder();
    const used = await openFolder(join(parent, 'used'));
    await used.write('edit.json', '{}');
    await used.discardIfEmpty();
    const old = await openFolder(parent);
    await old.discardIfEmpty();
    expect(await filesIn(parent)).toEqual(['used']);
  });
});

describe('openFolder', () => {
  it.each(['edit.json', 'final.webp', 'round-2.png'])(
    'keeps off a folder with %s',
    async (name) => {
      const path = await temporaryFolder();
      await writeFile(join(path, name), 'precious');
      await expect(openFolder(path)).rejects.toThrow(NOT_WRITABLE);
      expect(await readFile(join(path, name), 'utf8')).toBe('precious');
    },
  );

  it.runIf(process.platform === 'linux')(
    'refuses at once where a folder takes no others',
    async () => {
      await expect(openFolder('/proc/reasonedit/out')).rejects.toThrow(NOT_WRITABLE);
    },
  );

  it('shares a folder with files of other names', async () => {
    const path = await temporaryFolder();
    await writeFile(join(path, 'holiday.jpg'), 'mine');
    await expect(openFolder(path)).resolves.toMatchObject({ path });
  });

  it('refuses what can be no folder', async () => {
    const parent = await temporaryFolder();
    await writeFile(join(parent, 'file'), 'x');
    await expect(openFolder(join(parent, 'file'))).rejects.toThrow(/a file of that name/);
    await expect(openFolder(join(parent, 'file', 'under'))).rejects.toThrow(/is a file/);
    await expect(openFolder(join(parent, 'x'.repeat(300)))).rejects.toThrow(/too long/);
  });
});

describe('openNextFolder', () => {
  it('never takes a folder that exists, not even for commands at the same time', async () => {
    const home = process.cwd();
    process.chdir(await temporaryFolder());
    onTestFinished(() => process.chdir(home));
    await mkdir('photo-edit');
    const paths = await Promise.all([1, 2, 3].map(() => openNextFolder('../far/photo.jpg')));
    expect(paths.map(({ path }) => path).toSorted()).toEqual([
      'photo-edit-2',
      'photo-edit-3',
      'photo-edit-4',
    ]);
  });
});

describe('openOwnFolder', () => {
  it('is rid of the results of the last time, and of them alone', async () => {
    const path = await temporaryFolder();
    for (const name of ['edit.json', 'final.jpg', 'round-1.png', 'round-12.png', 'notes.txt']) {
      await writeFile(join(path, name), 'old');
    }
    await openOwnFolder(path);
    expect(await filesIn(path)).toEqual(['notes.txt']);
  });
});
