import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { converse } from '../../support/turns.ts';

const bench = useConversationStore(CONVERSATION_HOMES.sqlite);

it('the log of SQLite is emptied into the file while the store is in use', async () => {
  const bytes = async () => (await stat(join(bench.home.DATA_DIR, 'reasonedit.sqlite'))).size;
  const before = await bytes();
  for (let index = 0; index < 150; index += 1) await converse(bench.store, `channel ${index}`);
  await expect.poll(bytes, { timeout: 20_000 }).toBeGreaterThan(before);
});
