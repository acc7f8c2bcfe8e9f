import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openBullQueue } from '../../src/queue/bullmq.ts';
import { openFileImages } from '../../src/store/images/file-images.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import { runCourier, type Kill } from '../support/courier-process.ts';
import { RECORDING_CAPABILITIES } from '../support/recording-adapter.ts';
import { RecordingPlatform, type PlatformFault } from '../support/recording-platform.ts';
import { startRedis, type RedisServer } from '../support/redis.ts';
import { small } from '../support/small-pictures.ts';
import { add, request } from '../support/turns.ts';
import { playedPrompt } from '../support/worker-process.ts';
import { expectDelivered, expectNothingLeft } from './aftermath.ts';
import { randomFrom, type Random } from './random.ts';
import { Trouble } from './trouble.ts';
import { Workforce } from './workforce.ts';

/** Forty are enough to see whether all still holds. */
const TURNS = Number(process.env['CHAOS_TURNS'] ?? 300);
/** Repeats what is drawn; when it happens the processes have a say in. */
const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const TURNS_PER_CHANNEL = 6;
const CHANNELS = Math.ceil(TURNS / TURNS_PER_CHANNEL);
const WORKERS = 2;
const LOCK_MS = 1_000;
const CAPABILITIES = { ...RECORDING_CAPABILITIES, editIntervalMs: 0, postIntervalMs: 0 };
const call = { signal: new AbortController().signal };

it(`${TURNS} turns come through whatever is killed (seed ${SEED})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-chaos-'));
  await using server = await startRedis({
    settings: { appendonly: 'yes', appendfsync: 'always' },
  });
  try {
    await expectToComeThrough(randomFrom(SEED), folder, server);
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function expectToComeThrough(
  random: Random,
  folder: string,
  server: RedisServer,
): Promise<void> {
  const settings = { DATA_DIR: folder, AUDIT_TEXT: false };
  const redis = { redisUrl: server.url, prefix: 'chaos' };
  const turnIds = await ask(random, folder);
  const platform = new RecordingPlatform(CAPABILITIES, Date.now);
  platform.faults.push(...Array.from({ length: 2 * TURNS }, () => faultFrom(random)));
  await using queue = openBullQueue(redis);
  const trouble = new Trouble(random, { server, queue, turnIds, lockMs: LOCK_MS });
  const options = { ...redis, lockMs: LOCK_MS, maxAttempts: 1_000, retryDelayMs: 10 };
  const employment = {
    dataFolder: folder,
    options: { ...options, concurrency: { played: 4 } },
    mostMs: 20,
  };
  await using workforce = new Workforce(WORKERS, employment, () => trouble.onPlace(workforce));

  const startedAt = Date.now();
  const courier = { settings, capabilities: CAPABILITIES, redis };
  while (!(await runCourier(platform, courier, killFrom(random)))) trouble.count('bots killed');
  await trouble.settle();
  const seconds = (Date.now() - startedAt) / 1_000;

  expect(platform.violations).toEqual([]);
  const outcomes = await expectDelivered(folder, turnIds, platform);
  await expectNothingLeft(redis);
  console.log(`\n${TURNS} turns came through in ${seconds.toFixed(0)} s, seed ${SEED}`);
  const counts = new Map([
    ['worker processes', workforce.started],
    ['places of engines', trouble.places],
    ['calls of the platform', platform.calls.length],
    ...outcomes,
    ...trouble.counts,
  ]);
  for (const [what, count] of counts) console.log(`${String(count).padStart(6)} ${what}`);
}

/** Writes turns down, as somebody asked for them, of one to three rounds. */
async function ask(random: Random, folder: string): Promise<string[]> {
  await using images = await openFileImages(join(folder, 'images'));
  const image = await images.put(small('photo'), call);
  await using store = await openConversationStore({ DATA_DIR: folder, AUDIT_TEXT: false });
  const ids: string[] = [];
  for (let index = 0; index < TURNS; index += 1) {
    const channel = `channel ${Math.floor(index / TURNS_PER_CHANNEL)}`;
    const { id } = await store.openConversation({ platform: 'recording', channel });
    const asked = request(id, {
      person: `recording:${random.oneOf(['ann', 'bob', 'cyd', 'dan'])}`,
      base: { kind: 'image', image },
      engine: 'played',
      prompt: playedPrompt(`turn ${index}`, random.between(1, 3)),
    });
    ids.push((await add(store, asked)).id);
  }
  return ids;
}

const faultFrom = (random: Random): PlatformFault =>
  random.oneOf<PlatformFault>(['none', 'none', 'none', 'none', 'none', 'lost', 'hangs-up']);

/** Late enough that each life of the bots gets somewhere: it paints each channel's status first. */
const killFrom = (random: Random): Kill => ({
  atCall: random.between(2 * CHANNELS, 12 * CHANNELS),
  when: random.oneOf<Kill['when']>(['unheard', 'heard', 'answered']),
});
