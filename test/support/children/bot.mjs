/*
 * The whole bot with the darkroom, whose chat platform is its parent. It says when it is at work, when
 * it has kept what it was handed, and when it has nothing left to do.
 */
import { randomUUID } from 'node:crypto';

import { openBot } from '../../../dist/bot.js';
import { parseSettings } from '../../../dist/config/index.js';
import { AppError } from '../../../dist/errors.js';
import { createLogger } from '../../../dist/logger.js';
import { findEngine } from '../../../dist/pipeline/engines.js';

const { settings, capabilities } = JSON.parse(process.argv[2]);

const answers = new Map();

/** Asks the platform. */
function ask(name, ...args) {
  const id = randomUUID();
  return new Promise((resolve, reject) => {
    answers.set(id, { resolve, reject });
    process.send?.({ id, name, args });
  });
}

let receive;
const adapter = {
  platform: 'recording',
  capabilities,
  start: async (receiver) => {
    receive = receiver;
  },
  postMessage: (destination, painting, marker) => ask('post', destination, painting, marker),
  updateMessage: (destination, messageId, painting) =>
    ask('update', destination, messageId, painting),
  findMessage: (destination, marker, since) => ask('find', destination, marker, since),
  deleteMessage: (destination, messageId) => ask('remove', destination, messageId),
  fetchAttachment: ({ reference }) => ask('fetch', reference),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

process.on('message', ({ id, value, failure, incoming }) => {
  if (incoming) {
    void take(incoming);
    return;
  }
  const { resolve, reject } = answers.get(id);
  answers.delete(id);
  if (failure) reject(new AppError(failure.code, failure.message, failure));
  else resolve(value);
});

async function take(incoming) {
  await receive(incoming);
  process.send?.({ name: 'kept', key: incoming.key });
  await bot.idle();
  process.send?.({ name: 'idle' });
}

process.on('disconnect', () => process.exit());

const bot = await openBot(
  {
    settings: parseSettings(settings),
    adapters: () => [adapter],
    findEngine,
    log: createLogger({ write: () => true }),
  },
  { signal: new AbortController().signal },
);
await bot.idle();
process.send?.({ name: 'ready' });
