import { join } from 'node:path';

import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect } from 'vitest';

import { cardOf } from '../../src/bots/card.ts';
import { messagesOf } from '../../src/bots/card-messages.ts';
import { fitted } from '../../src/bots/fit.ts';
import { sentencesFor } from '../../src/bots/sentences.ts';
import { keysUnder } from '../../src/queue/bullmq/keys.ts';
import { openFileImages } from '../../src/store/images/file-images.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import { RECORDING_CAPABILITIES } from '../support/recording-adapter.ts';
import type { RecordingPlatform } from '../support/recording-platform.ts';

const call = { signal: new AbortController().signal };

/**
 * Each turn has come to an end that its thread shows, each of its messages once, and all of its
 * pictures are kept. Counts the ends.
 */
export async function expectDelivered(
  folder: string,
  turnIds: readonly string[],
  platform: RecordingPlatform,
): Promise<Map<string, number>> {
  await using images = await openFileImages(join(folder, 'images'));
  await using store = await openConversationStore({ DATA_DIR: folder, AUDIT_TEXT: false });
  const ends = new Map<string, number>();
  for (const id of turnIds) {
    const turn = (await store.turn(id)) ?? expect.fail('A turn was lost.');
    expect(['succeeded', 'stopped']).toContain(turn.state);
    ends.set(`turns ${turn.state}`, (ends.get(`turns ${turn.state}`) ?? 0) + 1);
    const own = platform.messages
      .map(({ message }) => message)
      .filter((message) => 'turnId' in message && message.turnId === id);
    const wanted = messagesOf(cardOf(turn, { seeded: true }), sentencesFor(undefined));
    expect(own).toEqual(wanted.map(({ message }) => fitted(message, RECORDING_CAPABILITIES)));
    for (const { image } of turn.rounds) await images.get(image, call);
  }
  return ends;
}

/** Nothing waits or runs any more, and what is kept of turns that have ended expires. */
export async function expectNothingLeft({
  redisUrl,
  prefix,
}: {
  readonly redisUrl: string;
  readonly prefix: string;
}): Promise<void> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const keys = keysUnder(prefix);
  const queue = new Queue('played', { connection: redis, prefix: keys.tickets });
  const tickets = () => queue.getJobCountByTypes('wait', 'active', 'delayed', 'failed');
  try {
    await expect.poll(tickets, { timeout: 60_000 }).toBe(0);
    const left = await redis.keys(`${prefix}:engine:played:*`);
    const kept = left.filter((key) => !/:(?:clock|ends|durations)$/.test(key));
    expect(kept).toEqual([]);
    expect(await redis.exists(`${prefix}:deadlines`)).toBe(0);
    const records = await Promise.all(
      ['turn', 'log'].map((kind) => redis.keys(`${prefix}:${kind}:*`)),
    );
    for (const key of records.flat()) expect(await redis.pttl(key)).toBeGreaterThan(0);
  } finally {
    await queue.close();
    redis.disconnect();
  }
}
