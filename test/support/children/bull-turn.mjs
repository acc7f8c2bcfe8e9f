/* Takes a turn through the Redis of an address, and says how it ended, or why there is no connection. */
import { openBullQueue } from '../../../dist/queue/bullmq.js';
import { openBullWorker } from '../../../dist/queue/bullmq/worker.js';
import { createWorker } from '../../../dist/queue/worker.js';

let isSaid = false;
const say = (text) => {
  if (!isSaid) process.stdout.write(text, () => process.exit(0));
  isSaid = true;
};
const redisUrl = process.argv[2];
const onFault = ({ code, cause }) => say(`${code} ${cause.message}`);
const capabilities = { seeded: true, previews: false, maxImages: 1, masks: false };
openBullWorker({
  redisUrl,
  onFault,
  worker: createWorker({ engine: () => Promise.reject(new Error('none')), images: {} }),
  engines: { played: capabilities },
});
const queue = openBullQueue({ redisUrl, onFault });
await queue.enqueue({ turnId: 'turn', engine: 'played', person: 'ann' });
const { signal } = new AbortController();
for await (const { type, outcome } of queue.updates('turn', undefined, { signal })) {
  if (type === 'ended') say(`${outcome.kind} ${outcome.code}`);
}
