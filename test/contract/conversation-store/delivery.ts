import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import type { Lease } from '../../../src/store/records.ts';
import type { ConversationStore } from '../../../src/store/types.ts';
import type { Bench } from '../../support/conversation-homes.ts';
import { add, converse, fresh, succeed } from '../../support/turns.ts';

const LONG_MS = 600_000;

export function describeDelivery(bench: Bench): void {
  const acquire = async (store: ConversationStore, owner: string, forMs = LONG_MS) =>
    (await store.acquireLease('turn:1', owner, forMs)) ?? expect.fail('Somebody else has it.');

  /** Another owner gets the lease as soon as it has run out. */
  const takeOver = async (store: ConversationStore, owner: string): Promise<Lease> => {
    for (;;) {
      const lease = await store.acquireLease('turn:1', owner, LONG_MS);
      if (lease) return lease;
      await sleep(10);
    }
  };

  describe('a lease', () => {
    it('belongs to one owner until it is given back', async () => {
      const other = await bench.another();
      const lease = await acquire(bench.store, 'a');
      expect(lease).toMatchObject({ name: 'turn:1', owner: 'a' });
      expect(Math.abs(lease.expiresAt - LONG_MS - Date.now())).toBeLessThan(60_000);
      expect(await other.acquireLease('turn:1', 'b', LONG_MS)).toBe(undefined);
      expect(await other.acquireLease('turn:2', 'b', LONG_MS)).toMatchObject({ owner: 'b' });
      await bench.store.releaseLease(lease);
      expect(await other.acquireLease('turn:1', 'b', LONG_MS)).toMatchObject({ owner: 'b' });
      await bench.store.releaseLease(lease);
      expect(await other.acquireLease('turn:1', 'c', LONG_MS)).toBe(undefined);
    });

    it('goes to one of those who want it at once', async () => {
      const other = await bench.another();
      const leases = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 ? other : bench.store).acquireLease('turn:1', `owner ${index}`, LONG_MS),
        ),
      );
      expect(leases.filter(Boolean)).toHaveLength(1);
    });

    it('can be renewed while it is held, and not once it was lost', async () => {
      const { store } = bench;
      const short = await acquire(store, 'a', 1);
      const renewed = await store.renewLease(short, LONG_MS);
      expect(renewed?.expiresAt).toBeGreaterThan(short.expiresAt);
      expect(await store.acquireLease('turn:1', 'b', LONG_MS)).toBe(undefined);
      await store.renewLease(short, 1);
      const taken = await takeOver(store, 'b');
      expect(await store.renewLease(short, LONG_MS)).toBe(undefined);
      expect(await store.renewLease(taken, LONG_MS)).toMatchObject({ owner: 'b' });
    });

    it('is void once its owner has acquired it anew, as after a restart', async () => {
      const { store } = bench;
      const before = await acquire(store, 'a');
      const after = await acquire(store, 'a');
      expect(await store.renewLease(before, LONG_MS)).toBe(undefined);
      expect(await store.renewLease(after, LONG_MS)).toMatchObject({ token: after.token });
    });

    it('keeps those who lost it from writing', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const { id: turnId } = await add(store, fresh(conversationId, 'photo'));
      const post = { conversationId, slot: 'status', turnId, channel: 'c' };
      const lease = await acquire(store, 'a', 1);
      await sleep(20);
      expect(await store.claimPost(post, lease)).toMatchObject({ slot: 'status' });
      await succeed(store, { id: turnId }, ['one']);
      const taken = await takeOver(store, 'b');
      for (const late of [
        () => store.claimPost({ ...post, slot: 'final' }, lease),
        () => store.recordPost({ conversationId, slot: 'status', messageId: 'm' }, lease),
        () => store.markDelivered(turnId, lease),
      ]) {
        await expect(late()).rejects.toMatchObject({ code: 'LEASE_LOST', retryable: false });
      }
      expect(await store.posts(turnId)).toMatchObject([{ slot: 'status' }]);
      expect((await store.posts(turnId))[0]).not.toHaveProperty('messageId');
      await store.markDelivered(turnId, taken);
      expect(await store.undelivered(9)).toEqual([]);
    });
  });

  describe('a post', () => {
    const place = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1700.1' };

    it('is written down before it is posted, once', async () => {
      const other = await bench.another();
      const { id: conversationId } = await bench.store.openConversation(place);
      const { id: turnId } = await add(bench.store, fresh(conversationId, 'photo'));
      const intent = { conversationId, slot: 'status', turnId, channel: 'C1' };
      const posts = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? other : bench.store).claimPost(intent),
        ),
      );
      expect(new Set(posts.map((post) => post?.marker)).size).toBe(1);
      expect(posts[0]).toEqual({
        ...intent,
        marker: expect.stringMatching(/^[a-z0-9]{20}$/) as string,
        createdAt: bench.now,
      });
    });

    it('tells what came of it, bit by bit', async () => {
      const { store } = bench;
      const { id: conversationId } = await store.openConversation(place);
      await store.claimPost({ conversationId, slot: 'hello', channel: 'C1' });
      const key = { conversationId, slot: 'hello' };
      expect(await store.recordPost({ ...key, messageId: 'm1' })).toMatchObject({
        messageId: 'm1',
      });
      expect(await store.recordPost({ ...key, painted: 'abc' })).toMatchObject({
        messageId: 'm1',
        painted: 'abc',
      });
      expect(await store.recordPost(key)).toMatchObject({ painted: 'abc' });
      expect(await store.recordPost({ ...key, slot: 'other' })).toBe(undefined);
    });

    it('is found by its message, in its own workspace alone', async () => {
      const { store } = bench;
      const { id: conversationId } = await store.openConversation(place);
      const { id: turnId } = await add(store, fresh(conversationId, 'photo'));
      await store.claimPost({ conversationId, slot: 'round 1', turnId, channel: 'C1' });
      await store.recordPost({ conversationId, slot: 'round 1', messageId: '1700.5' });
      expect(await store.findPost(place, '1700.5')).toMatchObject({ turnId, slot: 'round 1' });
      expect(await store.findPost({ ...place, workspace: 'T2' }, '1700.5')).toBe(undefined);
      expect(await store.findPost({ ...place, channel: 'C2' }, '1700.5')).toBe(undefined);
      expect(await store.findPost(place, '1700.6')).toBe(undefined);
    });

    it('belongs to a turn, in the order of time', async () => {
      const { store } = bench;
      const conversationId = await converse(store);
      const { id: turnId } = await add(store, fresh(conversationId, 'photo'));
      for (const slot of ['status', 'round 1', 'final']) {
        await store.claimPost({ conversationId, slot, turnId, channel: 'c' });
        bench.now += 1;
      }
      await store.claimPost({ conversationId, slot: 'hello', channel: 'c' });
      const slots = (await store.posts(turnId)).map(({ slot }) => slot);
      expect(slots).toEqual(['status', 'round 1', 'final']);
    });

    it('for what was forgotten is not claimed', async () => {
      const { store } = bench;
      const post = { slot: 'status', channel: 'c' };
      expect(await store.claimPost({ ...post, conversationId: 'gone' })).toBe(undefined);
      const conversationId = await converse(store);
      expect(await store.claimPost({ ...post, conversationId, turnId: 'gone' })).toBe(undefined);
    });
  });
}
