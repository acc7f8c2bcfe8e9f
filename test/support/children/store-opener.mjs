import { once } from 'node:events';

import { openConversationStore } from '../../../dist/store/sql/index.js';

/** Opens a store as soon as it is told to, so that many do it at once; says what it found there. */
async function open(settings) {
  const store = await openConversationStore(settings);
  const { id } = await store.openConversation({ platform: 'web', channel: 'garden' });
  await store[Symbol.asyncDispose]();
  return id;
}

process.send('ready');
const [settings] = await once(process, 'message');
const answer = await open(settings).catch(String);
process.send(answer, () => process.disconnect());
