/*
 * A bots process whose chat platform is its parent, with an engine of its own or workers behind Redis.
 * It delivers what is open in the database of a folder, says so, and waits for its end.
 */
import { randomUUID } from 'node:crypto';

import { openDelivery } from '../../../dist/bots/delivery.js';
import { AppError } from '../../../dist/errors.js';
import { openBullQueue } from '../../../dist/queue/bullmq.js';
import { openLocalQueue } from '../../../dist/queue/local.js';
import { createWorker } from '../../../dist/queue/worker.js';
import { openImageStore } from '../../../dist/store/images/index.js';
import { openConversationStore } from '../../../dist/store/sql/index.js';

const { settings, capabilities, redis } = JSON.parse(process.argv[2]);

const answers = new Map();
process.on('message', ({ id, value, failure }) => {
  const { resolve, reject } = answers.get(id);
  answers.delete(id);
  if (failure) reject(new AppError(failure.code, failure.message, failure));
  else resolve(value);
});

/** Asks the platform. */
function ask(name, ...args) {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    answers.set(id, { resolve, reject });
    process.send?.({ id, name, args });
  });
}

const adapter = {
  platform: 'recording',
  capabilities,
  start: () => Promise.resolve(),
  postMessage: (destination, painting, marker) => ask('post', destination, painting, marker),
  updateMessage: (destination, messageId, painting) =>
    ask('update', destination, messageId, painting),
  findMessage: (destination, marker, since) => ask('find', destination, marker, since),
  deleteMessage: (destination, messageId) => ask('remove', destination, messageId),
  fetchAttachment: () => Promise.reject(new Error('not implemented')),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

const scores = { editSuccess: 6, overEdit: 6, naturalness: 6, artifacts: 6 };
const picture = (content) => ({
  bytes: new TextEncoder().encode(content),
  format: 'png',
  width: 1,
  height: 1,
});

/** Refines once, then is content. */
const engine = {
  name: 'scripted',
  capabilities: { seeded: true, previews: false, maxImages: 1, masks: false },
  reasoner: {
    async *think({ prompt }) {
      yield 'It is ';
      yield 'cold.';
      return { kind: 'plan', reasoning: 'It is cold.', instruction: prompt, base: 'latest' };
    },
    async *reflect({ round }) {
      yield 'Seen.';
      const judged = { critique: 'Seen.', scores };
      return round < 2
        ? { ...judged, verdict: 'refine', nextInstruction: 'More.' }
        : { ...judged, verdict: 'success' };
    },
  },
  editor: {
    async *edit({ image, instruction, seed }) {
      yield { step: 1, steps: 2 };
      yield { step: 2, steps: 2 };
      return picture(`${new TextDecoder().decode(image.bytes)} > ${instruction} (${seed})`);
    },
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

const store = await openConversationStore(settings);
const images = await openImageStore(settings);
const worker = createWorker({ engine: () => Promise.resolve(engine), images });
const queue = redis ? openBullQueue(redis) : openLocalQueue({ worker });
const delivery = openDelivery({
  store,
  images,
  queue,
  adapters: [adapter],
  engines: () => engine.capabilities,
  owner: 'bots',
  // Behind Redis there is more to sweep.
  timing: { retryMs: 5, sweepIntervalMs: redis ? 500 : 50 },
});
await delivery.start();
while ((await store.undelivered(1)).length > 0) await delivery.idle();
await ask('done');
