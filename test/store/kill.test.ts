import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';
import { openImageStore } from '../../src/store/images/index.ts';
import type { Turn } from '../../src/store/records.ts';
import type { ConversationStore, ImageStore } from '../../src/store/types.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../support/conversation-homes.ts';
import { IMAGE_HOMES, type ImageHome } from '../support/image-homes.ts';

const WRITER = new URL('../support/children/store-writer.mjs', import.meta.url);
const KILLS = 6;
const call = { signal: new AbortController().signal };

/** What a process said before it was killed in the middle of its work, some time after it had so many turns. */
async function writeAndKill(settings: object, name: string, turns: number, afterMs: number) {
  const child = fork(WRITER, [JSON.stringify({ settings, name })]);
  const said = { asked: [] as string[], ended: [] as string[] };
  child.on('message', (message: { asked?: string; ended?: string }) => {
    if (message.asked !== undefined) said.asked.push(message.asked);
    if (message.ended !== undefined) said.ended.push(message.ended);
  });
  while (said.asked.length < turns) await once(child, 'message');
  await sleep(afterMs);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  return said;
}

/** A turn is whole: what belongs together is there together, pictures included. */
async function expectWhole(store: ConversationStore, images: ImageStore, turn: Turn) {
  expect(turn.base?.image).toEqual(turn.source);
  const pictures = [turn.source, ...turn.rounds.map(({ image }) => image)];
  for (const image of pictures) {
    if (image) await images.get(image, call);
    else expect.fail('There is a turn without its picture.');
  }
  expect(turn.rounds.map((round) => round.round)).toEqual([1, 2].slice(0, turn.rounds.length));
  if (turn.state === 'succeeded') {
    expect(turn).toMatchObject({ best: { round: 2 }, endedAt: expect.any(Number) as number });
    expect(turn.rounds).toHaveLength(2);
  } else {
    expect(['queued', 'running']).toContain(turn.state);
    expect(turn).not.toHaveProperty('endedAt');
  }
  expect((await store.turnOfMessage(turn.messageKey))?.id).toBe(turn.id);
}

describe.each(Object.entries(CONVERSATION_HOMES))('kill -9 over %s', (_name, start) => {
  const bench = useConversationStore(start);
  let home: ImageHome;
  beforeAll(async () => {
    home = await IMAGE_HOMES['file-images']();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it('leaves no half of a turn, and loses nothing answered for', { timeout: 120_000 }, async () => {
    const { DATA_DIR: pictures } = home.settings;
    const seen = { turns: 0, rounds: 0 };
    const folder = bench.home.DATABASE_URL === undefined ? bench.home.DATA_DIR : pictures;
    const settings = parseSettings({ ...urlOf(bench.home.DATABASE_URL), DATA_DIR: folder });
    const images = await openImageStore(settings);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const said = await writeAndKill(settings, `life ${kill}`, 2 + 3 * kill, 11 * kill);
      const store = await bench.another();
      for (const key of said.asked) {
        expect(await store.turnOfMessage(key), key).toBeDefined();
      }
      for (const id of said.ended) expect((await store.turn(id))?.state).toBe('succeeded');
      for (const index of [0, 1, 2]) {
        const channel = `life ${kill} ${index}`;
        const conversation = await store.findConversation({ platform: 'web', channel });
        const turns = conversation ? await store.turns(conversation.id, 9_999) : [];
        for (const turn of turns) await expectWhole(store, images, turn);
        expect(turns.map(({ sequence }) => sequence)).toEqual(turns.map((_turn, at) => at + 1));
        const last = turns.findLast(({ state }) => state === 'succeeded') ?? turns[0];
        const head = conversation?.head;
        if (last && turns.at(-1) === last) expect(head?.turnId).toBe(last.id);
        seen.turns += turns.length;
        seen.rounds += turns.reduce((sum, { rounds }) => sum + rounds.length, 0);
      }
    }
    expect(seen.turns).toBeGreaterThan(KILLS);
    const store = await bench.another();
    const asks = await store.auditEntries({ limit: 99_999 });
    expect(asks).toHaveLength(seen.turns);
    const days = new Set(asks.map(({ at }) => new Date(at).toISOString().slice(0, 10)));
    const used = { turns: 0, rounds: 0 };
    for (const day of days) {
      const { turns, rounds } = await store.usage(day);
      used.turns += turns;
      used.rounds += rounds;
    }
    expect(used).toEqual(seen);
    for await (const { id } of images.list(call)) expect(id).toMatch(/^[0-9a-f]{64}$/);
  });
});

function urlOf(url: string | undefined) {
  return url === undefined ? {} : { DATABASE_URL: url };
}
