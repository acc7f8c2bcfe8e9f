import { readdir, readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { imageStoreContract } from '../../contract/image-store.ts';
import { IMAGE_HOMES } from '../../support/image-homes.ts';

const IMAGES = new URL('../../../src/store/images/', import.meta.url);

describe.each(Object.entries(IMAGE_HOMES))('the image store in %s', (_name, start) => {
  imageStoreContract(start);
});

describe('the suite', () => {
  it('leaves out no image store', async () => {
    const stores: string[] = [];
    for (const name of await readdir(IMAGES)) {
      const text = await readFile(new URL(name, IMAGES), 'utf8');
      const opensOne = /^export .*: (?:Promise<)?ImageStore>? \{$/m.test(text);
      if (opensOne) stores.push(name.replace('.ts', ''));
    }
    expect(stores.toSorted()).toEqual(Object.keys(IMAGE_HOMES).toSorted());
  });
});
