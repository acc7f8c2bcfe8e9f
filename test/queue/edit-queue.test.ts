import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { openLocalQueue } from '../../src/queue/local.ts';
import { describeEditQueue, type QueueFactory } from '../contract/edit-queue.ts';

/** Every implementation of the port, by its file in `src/queue/`. */
const IMPLEMENTATIONS: Readonly<Record<string, QueueFactory>> = {
  'local.ts': { open: async (setup) => openLocalQueue(setup), propertyRuns: 100 },
};

for (const [file, factory] of Object.entries(IMPLEMENTATIONS)) describeEditQueue(file, factory);

describe('the contract suite', () => {
  it('runs on all implementations', async () => {
    const folder = fileURLToPath(new URL('../../src/queue', import.meta.url));
    const files = await readdir(folder, { recursive: true });
    const found: string[] = [];
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const text = await readFile(`${folder}/${file}`, 'utf8');
      if (/\bimplements [^{]*\bEditQueue\b/.test(text)) found.push(file);
    }
    expect(found).toEqual(Object.keys(IMPLEMENTATIONS));
  });
});
