import { describe, expect, it } from 'vitest';

import { jobOf } from '../../src/bots/job.ts';
import { EditJob } from '../../src/queue/job.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../support/conversation-homes.ts';
import {
  add,
  converse,
  fresh,
  PLAN,
  reference,
  request,
  round,
  succeed,
} from '../support/turns.ts';

describe('the job of a turn', () => {
  const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());

  it('brings the edits that are in the picture, and no other', async () => {
    const { store } = bench;
    const conversationId = await converse(store);
    const first = await add(store, fresh(conversationId, 'photo', { prompt: 'warmer' }));
    await succeed(store, first, ['one', 'two']);
    const second = await add(store, request(conversationId, { prompt: 'brighter' }));
    await succeed(store, second, ['three']);
    const third = await add(store, request(conversationId, { prompt: 'crop it' }));
    const job = await jobOf(store, third);
    expect(EditJob.parse(job)).toEqual(job);
    expect(job).toMatchObject({
      turnId: third.id,
      prompt: 'crop it',
      source: reference('photo'),
      latest: reference('three'),
      history: [
        { prompt: 'warmer', instruction: 'Do one.\nThen:\nDo two.', base: 'latest' },
        { prompt: 'brighter', instruction: 'Do three.', base: 'latest' },
      ],
    });
    await succeed(store, third, ['four']);
    const again = await add(
      store,
      request(conversationId, { base: { kind: 'point', point: { turnId: first.id, round: 0 } } }),
    );
    expect(await jobOf(store, again)).toMatchObject({ latest: reference('photo'), history: [] });
  });

  it('brings what earlier lives have finished, and the first deadline', async () => {
    const { store } = bench;
    const { id } = await add(store, fresh(await converse(store), 'photo'));
    const limits = { timeLimitMs: 5_000, waitLimitMs: 60_000 };
    const queued = await store.turn(id);
    if (!queued) expect.fail();
    const before = await jobOf(store, queued, limits);
    expect(before).toMatchObject({ timeLimitMs: 5_000, deadlineAt: bench.now + 60_000 });
    expect(before).not.toHaveProperty('finished');
    await store.startTurn(id, { deadlineAt: bench.now + 5_000 });
    await store.recordThought(id, PLAN);
    const { reflection: _later, ...bare } = round(1);
    await store.recordRound(id, bare);
    const running = await store.turn(id);
    if (!running) expect.fail();
    const job = await jobOf(store, running, limits);
    expect(EditJob.parse(job)).toEqual(job);
    expect(job).toMatchObject({
      deadlineAt: bench.now + 5_000,
      finished: { thought: PLAN, rounds: [bare] },
    });
  });

  it('is none without a picture', async () => {
    const { store } = bench;
    const turn = await add(store, request(await converse(store)));
    expect(await jobOf(store, turn)).toBe(undefined);
  });
});
