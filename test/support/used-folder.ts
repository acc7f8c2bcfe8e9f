import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openWebChat } from '../../src/store/sql/index.ts';

/** A folder of a bot that has been started before, so that it does not show its example. */
export async function usedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-used-'));
  await using chat = await openWebChat({ DATA_DIR: folder });
  await chat.open('An earlier thread');
  return folder;
}
