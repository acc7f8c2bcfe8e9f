import { readdir, readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { conversationStoreContract } from '../../contract/conversation-store.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';

const DIALECTS = new URL('../../../src/store/sql/dialects/', import.meta.url);

describe.each(Object.entries(CONVERSATION_HOMES))(
  'the conversation store on %s',
  (_name, start) => {
    conversationStoreContract(useConversationStore(start));
  },
);

describe('the suite', () => {
  it('leaves out no dialect', async () => {
    const dialects: string[] = [];
    for (const name of await readdir(DIALECTS)) {
      const text = await readFile(new URL(name, DIALECTS), 'utf8');
      if (/^export .*: Dialect \{$/m.test(text)) dialects.push(name.replace('.ts', ''));
    }
    expect(dialects.toSorted()).toEqual(Object.keys(CONVERSATION_HOMES).toSorted());
  });
});
