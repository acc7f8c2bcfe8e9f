import { getEventListeners } from 'node:events';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Delivery } from '../../../src/bots/delivery.ts';
import { plain } from '../../../src/bots/plain-text.ts';
import type { StatusMessage } from '../../../src/bots/messages.ts';
import { AppError } from '../../../src/errors.ts';
import type { EditQueue } from '../../../src/queue/types.ts';
import type { Turn } from '../../../src/store/records.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { DeliveryWorld, type WorldOptions } from '../../support/delivery-world.ts';
import { Life } from '../../support/life.ts';

const call = { signal: new AbortController().signal };

describe('delivery', () => {
  const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());
  let world: DeliveryWorld;
  let queue: EditQueue;
  let delivery: Delivery;

  const begin = async (options: WorldOptions = {}) => {
    world = await DeliveryWorld.open(bench.home, options);
    queue = world.openQueue();
    delivery = world.openDelivery(queue);
  };
  beforeEach(() => begin());
  afterEach(async () => {
    await delivery[Symbol.asyncDispose]();
    await queue[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  /** What time does to the lease of a process that is gone. */
  const runOut = async (name: string, owner: string) => {
    const lease = await world.store.acquireLease(name, owner, 1);
    if (lease) await world.store.releaseLease(lease);
  };
  const delivered = () => world.until(() => world.isDelivered());
  const turnOf = async ({ id }: Turn) => (await world.store.turn(id)) ?? expect.fail();
  const seen = (channel = 'garden') => world.platform.thread(channel).map(({ message }) => message);
  const statuses = (channel = 'garden') =>
    seen(channel).filter((message): message is StatusMessage => message.kind === 'status');
  const expectThread = async (...turns: Turn[]) => {
    expect(seen()).toEqual(world.expected(await Promise.all(turns.map(turnOf))));
    expect(world.platform.violations).toEqual([]);
  };

  it('takes a turn to its queue and its thread, with no more calls than it needs', async () => {
    const turn = await world.ask('garden', { name: 'a' });
    delivery.take(turn.id);
    await delivered();
    await expectThread(turn);
    // The status twice, the round twice, the final: nothing was there to wait for.
    expect(world.platform.calls.filter((name) => name === 'post')).toHaveLength(3);
    expect(world.platform.calls.length).toBeLessThanOrEqual(6);
    await expect(
      queue.updates(turn.id, undefined, call)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ code: 'UPDATES_GONE' });
    expect(world.faults).toEqual([]);
    await world.until(() => delivery.idle().then(() => true));
  });

  it('shows what goes on, the latest only and at the platform’s pace', async () => {
    world.engine.hold('a edit 1');
    const turn = await world.ask('garden', { name: 'a', steps: 40 });
    await delivery.start();
    await world.until(() => statuses()[0]?.progress?.done === 40);
    expect(statuses()[0]).toMatchObject({ state: 'running', progress: { done: 40, total: 40 } });
    expect(world.platform.calls.length).toBeLessThan(6);
    world.engine.letGo('a edit 1');
    await delivered();
    await expectThread(turn);
  });

  it('says where in the queue a turn is', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      world.engine.hold(`${name} think`);
      const { id } = await world.ask(`channel ${name}`, { name });
      delivery.take(id);
    }
    await world.until(() => statuses('channel d')[0]?.line === 'In the queue, 1 before this.');
    expect(statuses('channel c')[0]?.line).toBe('Next in the queue.');
    for (const name of ['a', 'b', 'c', 'd']) world.engine.letGo(`${name} think`);
    await delivered();
  });

  it('lets a turn wait for the one before, and tells that', async () => {
    world.engine.hold('a think');
    const first = await world.ask('garden', { name: 'a' });
    const second = await world.ask('garden', { name: 'b' });
    delivery.take(first.id);
    delivery.take(second.id);
    await world.until(() => statuses()[1]?.state === 'waiting');
    world.engine.letGo('a think');
    await delivered();
    expect(world.platform.violations).toEqual([]);
    expect((await turnOf(second)).state).toBe('succeeded');
    expect(statuses().map(({ line }) => line)).toEqual(['Done.', 'Done.']);
  });

  it('ends a turn that was stopped with what there was', async () => {
    world.engine.hold('a reflect 1');
    const turn = await world.ask('garden', { name: 'a' });
    delivery.take(turn.id);
    await world.engine.arrivalAt('a reflect 1');
    await queue.cancel(turn.id, 'ann');
    await delivered();
    expect(await turnOf(turn)).toMatchObject({ state: 'stopped', best: { round: 1 } });
    await expectThread(turn);
  });

  it('says what to do where there is no picture', async () => {
    const turn = await world.ask('garden', { name: 'a' }, { base: { kind: 'head' } });
    delivery.take(turn.id);
    await delivered();
    expect(await turnOf(turn)).toMatchObject({ state: 'failed', code: 'IMAGE_NOT_FOUND' });
    expect(statuses()[0]?.line).toMatch('There is no picture to edit.');
  });

  describe('in trouble', () => {
    it('leaves a message alone that somebody deleted', async () => {
      world.engine.hold('a edit 1');
      const turn = await world.ask('garden', { name: 'a' });
      delivery.take(turn.id);
      await world.until(() => seen().length === 1);
      const [first] = world.platform.thread('garden');
      world.platform.deleteMessage(first?.id ?? '');
      world.engine.letGo('a edit 1');
      await delivered();
      expect(seen().map(({ kind }) => kind)).toEqual(['round', 'final']);
      delivery.take(turn.id);
      await world.settle();
      expect(seen()).toHaveLength(2);
    });

    it('goes on with a turn whose channel is gone', async () => {
      world.engine.hold('a edit 1');
      const turn = await world.ask('garden', { name: 'a' });
      delivery.take(turn.id);
      await world.until(() => seen().length === 1);
      world.platform.removeChannel('garden');
      world.engine.letGo('a edit 1');
      await delivered();
      expect((await turnOf(turn)).state).toBe('succeeded');
      expect(world.faults.map(({ error }) => error.code)).toContain('CHANNEL_GONE');
    });

    it('waits for a platform that is down for as long as it takes', async () => {
      world.platform.faults.push(...Array.from({ length: 30 }, () => 'hangs-up' as const));
      const turn = await world.ask('garden', { name: 'a' });
      delivery.take(turn.id);
      await world.until(() => turnOf(turn).then(({ endedAt }) => endedAt !== undefined));
      expect(seen()).toEqual([]);
      await delivered();
      await expectThread(turn);
    });

    it('names a permission that is lacking until it is there', async () => {
      world.platform.forbidsPictures = true;
      const turn = await world.ask('garden', { name: 'a' });
      delivery.take(turn.id);
      await world.until(() => statuses()[0]?.problem === 'I need Attach Files here.');
      expect(seen()).toHaveLength(1);
      world.platform.forbidsPictures = false;
      await delivered();
      await expectThread(turn);
    });

    it('tells who asked, once, where it may not even say so in the thread', async () => {
      await delivery[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
      const told: string[] = [];
      const notify = async (_destination: unknown, { id }: { readonly id: string }, text: string) =>
        void told.push(`${id}: ${text}`);
      await begin({ adapter: { notify } });
      const turn = await world.ask('garden', { name: 'a' });
      world.platform.faults.push('not-permitted', 'not-permitted');
      delivery.take(turn.id);
      await delivered();
      expect(told).toEqual(['ann: I need Attach Files here.']);
      await expectThread(turn);
    });

    it('gives up at last what the platform does not permit', async () => {
      await delivery[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
      await begin({ timing: { giveUpMs: 60_000 } });
      const turn = await world.ask('garden', { name: 'a' });
      world.platform.faults.push(...Array.from({ length: 40 }, () => 'not-permitted' as const));
      delivery.take(turn.id);
      await delivered();
      expect((await turnOf(turn)).state).toBe('succeeded');
      expect((await world.store.posts(turn.id)).map(({ painted }) => painted)).toContain('gone');
    });

    it('skips a message that the platform will not have as it is', async () => {
      const turn = await world.ask('garden', { name: 'a' });
      world.platform.faults.push('none', 'refused', 'refused');
      delivery.take(turn.id);
      await delivered();
      expect((await turnOf(turn)).state).toBe('succeeded');
      expect(world.platform.violations).toEqual([]);
    });
  });

  describe('together with others', () => {
    it('leaves a turn to the process that has it, and takes over when that is gone', async () => {
      const turn = await world.ask('garden', { name: 'a' });
      const life = new Life({ atCall: 12, when: 'after' });
      world.openDelivery(queue, life, 'one').take(turn.id);
      await world.until(() => life.isOver, life);
      world.platform.meetAnother();
      const before = world.platform.calls.length;
      const other = world.openDelivery(queue, new Life(), 'two');
      await other.start();
      for (let minute = 0; minute < 3; minute += 1) {
        world.clock.advance(60_000);
        await world.settle();
      }
      expect(world.platform.calls).toHaveLength(before);
      await runOut(`turn:${turn.id}`, 'one');
      await delivered();
      await expectThread(turn);
      await other[Symbol.asyncDispose]();
    });

    it('stops at once when its lease was taken', async () => {
      world.engine.hold('a edit 1');
      const turn = await world.ask('garden', { name: 'a' });
      delivery.take(turn.id);
      await world.until(() => seen().length === 1);
      const lease = await world.store.acquireLease(`turn:${turn.id}`, 'bots', 600_000);
      expect(lease).toBeDefined();
      const before = world.platform.calls.length;
      world.engine.letGo('a edit 1');
      await world.until(() => world.faults.some(({ error }) => error.code === 'LEASE_LOST'));
      await delivery.idle();
      expect(world.platform.calls.length - before).toBeLessThanOrEqual(1);
      if (lease) await world.store.releaseLease(lease);
      await delivery.start();
      await delivered();
      await expectThread(turn);
    });

    it('takes a turn to the queue again that the queue has lost', async () => {
      world.engine.hold('a edit 1');
      const turn = await world.ask('garden', { name: 'a' });
      const forgetful = forgetting(queue);
      await delivery[Symbol.asyncDispose]();
      delivery = world.openDelivery(forgetful.queue);
      await delivery.start();
      await world.until(() => turnOf(turn).then(({ thought }) => thought !== undefined));
      const fresh = world.openQueue();
      forgetful.become(fresh);
      world.engine.letGo('a edit 1');
      await delivered();
      await expectThread(turn);
      expect(world.engine.reached.filter((place) => place === 'a think')).toHaveLength(1);
      await delivery[Symbol.asyncDispose]();
      await fresh[Symbol.asyncDispose]();
    });

    it('stops for a person who is to be forgotten', async () => {
      world.engine.hold('a edit 1');
      const turn = await world.ask('garden', { name: 'a' });
      delivery.take(turn.id);
      await world.until(() => seen().length === 1);
      const { posts } = await world.store.removePerson('recording:ann');
      expect(posts).toHaveLength(1);
      world.engine.letGo('a edit 1');
      await world.until(() => delivery.idle().then(() => true));
      expect(seen()).toHaveLength(1);
      expect(await queue.position([turn.id])).toEqual(new Map());
      expect(await queue.cancel(turn.id, 'x')).toBe('not-found');
    });
  });

  describe('a note', () => {
    const note = async (isRepeat = false) => {
      const place = { platform: 'recording', channel: 'garden' };
      const { id: conversationId } = await world.store.openConversation(place);
      return {
        conversationId,
        slot: 'answer:1',
        destination: { place, context: {} },
        message: { kind: 'note', text: plain('Undone.'), pictures: [], buttons: [] },
        isRepeat,
      } as const;
    };

    it('is said once, also when nobody knows whether it was', async () => {
      world.platform.faults.push('rate-limited', 'lost', 'hangs-up');
      const first = delivery.note(await note(), call);
      let said: string | undefined;
      void first.then((id) => (said = id));
      await world.until(() => said !== undefined);
      expect(seen()).toMatchObject([{ text: 'Undone.' }]);
      expect(await delivery.note(await note(true), call)).toBe(said);
      expect(seen()).toHaveLength(1);
    });

    it('is looked for first when it may have been said before', async () => {
      const life = new Life({ atCall: 2, when: 'after' });
      const dying = world.openDelivery(queue, life);
      void dying.note(await note(), call);
      await world.until(() => life.isOver, life);
      expect(seen()).toHaveLength(1);
      expect(await delivery.note(await note(true), call)).toBe('message-1');
      expect(seen()).toHaveLength(1);
    });

    it('hears its signal while it waits', async () => {
      world.platform.faults.push('hangs-up');
      const controller = new AbortController();
      const { signal } = controller;
      const saying = delivery.note(await note(), { signal });
      await world.settle();
      const reason = new AppError('SHUTDOWN', 'enough');
      controller.abort(reason);
      await expect(saying).rejects.toBe(reason);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });
  });
});

/** A queue that can be exchanged for one that knows nothing, in silence. */
function forgetting(first: EditQueue) {
  let now = first;
  const queue: EditQueue = {
    enqueue: (job) => now.enqueue(job),
    updates: (...args) => now.updates(...args),
    position: (ids) => now.position(ids),
    cancel: (...args) => now.cancel(...args),
    release: (id) => now.release(id),
    depths: () => now.depths(),
    [Symbol.asyncDispose]: () => now[Symbol.asyncDispose](),
  };
  return { queue, become: (next: EditQueue) => void (now = next) };
}
