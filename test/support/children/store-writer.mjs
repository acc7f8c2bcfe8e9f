import { openImageStore } from '../../../dist/store/images/index.js';
import { openConversationStore } from '../../../dist/store/sql/index.js';

/**
 * Takes conversations through their lives as fast as it can, until it is killed. It says what has
 * been answered for: the key of each message that is a turn, and the turn that ended.
 */
const { settings, name } = JSON.parse(process.argv[2]);
const call = { signal: new AbortController().signal };
const store = await openConversationStore(settings);
const images = await openImageStore(settings);
const picture = (content) =>
  images.put({ bytes: Buffer.from(content), format: 'png', width: 2, height: 1 }, call);

async function converse(channel) {
  for (let index = 0; ; index += 1) {
    const { id: conversationId } = await store.openConversation({ platform: 'web', channel });
    const messageKey = `${channel} ${index}`;
    await store.receive({ key: messageKey, person: 'web:ann', payload: '{}' });
    const { turn } = await store.addTurn({
      conversationId,
      person: 'web:ann',
      messageKey,
      prompt: 'warmer',
      base: { kind: 'image', image: await picture(`${messageKey} photo`) },
      engine: 'darkroom',
      seed: 1,
      maxRounds: 3,
    });
    process.send({ asked: messageKey });
    await store.startTurn(turn.id);
    for (const round of [1, 2]) {
      const image = await picture(`${messageKey} round ${round}`);
      await store.recordRound(turn.id, { round, instruction: 'Warm it.', image });
    }
    const best = { round: 2, reason: 'only-round' };
    await store.endTurn(turn.id, { state: 'succeeded', best, stopReason: 'success' });
    process.send({ ended: turn.id });
  }
}

process.send('ready');
await Promise.all([0, 1, 2].map((index) => converse(`${name} ${index}`)));
