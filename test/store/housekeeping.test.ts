import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { forget, sweep } from '../../src/store/housekeeping.ts';
import { openImageStore } from '../../src/store/images/index.ts';
import type { ImageReference } from '../../src/store/image-reference.ts';
import type { ImageStore } from '../../src/store/types.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../support/conversation-homes.ts';
import { IMAGE_HOMES, storedAt, type ImageHome } from '../support/image-homes.ts';
import { small } from '../support/small-pictures.ts';
import { databaseText } from '../support/sqlite-text.ts';
import { PLAN, add, converse, end, fresh, request, success } from '../support/turns.ts';

const DAY_MS = 86_400_000;
const call = { signal: new AbortController().signal };

describe('housekeeping', () => {
  const bench = useConversationStore(CONVERSATION_HOMES.sqlite);
  let home: ImageHome;
  let images: ImageStore;

  beforeAll(async () => {
    home = await IMAGE_HOMES['file-images']();
  });
  beforeEach(async () => {
    await home.clear();
    images = await openImageStore(home.settings);
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const stores = () => ({ conversations: bench.store, images });
  const keep = (content: string) => images.put(small(content), call);
  const kept = async () => {
    const ids: string[] = [];
    for await (const { id } of images.list(call)) ids.push(id);
    return ids.toSorted();
  };
  const idsOf = (...references: readonly ImageReference[]) =>
    references.map(({ id }) => id).toSorted();
  /** A turn with a picture of its own and one round, done. */
  const edit = async (person: string, channel: string, from: string, to: string) => {
    const conversationId = await converse(bench.store, channel);
    const base = { kind: 'image', image: await keep(from) } as const;
    const turn = await add(bench.store, request(conversationId, { person, base }));
    const result = { round: 1, instruction: 'Warm it.', image: await keep(to) };
    await bench.store.recordRound(turn.id, result);
    await end(bench.store, turn.id, success());
    return turn;
  };

  describe('forgetting', () => {
    it('removes pictures for good, but none that somebody else uses', async () => {
      await edit('web:ann', 'one', 'hers', 'her result');
      await edit('web:ann', 'two', 'a picture of both', 'her other result');
      await edit('web:ben', 'three', 'a picture of both', 'his result');
      const done = await forget(stores(), { person: 'web:ann' }, call);
      expect(done).toMatchObject({ turns: 2, images: 3, open: [], released: [] });
      expect(await kept()).toEqual(
        idsOf(await keep('a picture of both'), await keep('his result')),
      );
      expect(await forget(stores(), { person: 'web:ann' }, call)).toMatchObject({
        turns: 0,
        images: 0,
      });
    });

    it('leaves nothing, whoever did what', { timeout: 120_000 }, async () => {
      const turn = fc.record({
        person: fc.constantFrom('web:ann', 'web:ben', 'web:cleo'),
        channel: fc.constantFrom('garden', 'attic'),
        picture: fc.option(fc.constantFrom('sea', 'dog', 'tree'), { nil: undefined }),
        result: fc.constantFrom('sea', 'warm sea', 'warm dog', 'blue tree'),
        ended: fc.boolean(),
        liked: fc.option(fc.constantFrom('web:ann', 'web:ben'), { nil: undefined }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 12 }), async (script) => {
          const { DATA_DIR } = await bench.homes.make();
          const store = await bench.another({ DATA_DIR, AUDIT_TEXT: true });
          await home.clear();
          images = await openImageStore(home.settings);
          for (const [index, step] of script.entries()) {
            const conversationId = await converse(store, step.channel);
            const prompt = `words of ${step.person}`;
            await store.receive({ key: `m${index}`, person: step.person, payload: prompt });
            const base =
              step.picture === undefined
                ? ({ kind: 'head' } as const)
                : ({ kind: 'image', image: await keep(step.picture) } as const);
            const asked = { person: step.person, messageKey: `m${index}`, prompt, base };
            const { id } = await add(store, request(conversationId, asked));
            await store.recordThought(id, { ...PLAN, reasoning: prompt });
            const round = { round: 1, instruction: prompt, image: await keep(step.result) };
            await store.recordRound(id, round);
            if (step.ended) await end(store, id, success());
            if (step.liked !== undefined) await store.setOpinion(id, step.liked, 'up');
          }
          await forget({ conversations: store, images }, { person: 'web:ann' }, call);
          const used = new Set<string>();
          for (const channel of ['garden', 'attic']) {
            const found = await store.findConversation({ platform: 'web', channel });
            for (const left of found ? await store.turns(found.id, 99) : []) {
              expect(left.person).not.toBe('web:ann');
              const rounds = left.rounds.map(({ image }) => image);
              for (const image of [left.source, left.base?.image, ...rounds]) {
                if (image) used.add(image.id);
              }
            }
          }
          expect(await kept()).toEqual([...used].toSorted());
          const text = databaseText(DATA_DIR, ['usage']);
          expect(text).not.toContain('web:ann');
        }),
        { numRuns: 25 },
      );
    });
  });

  describe('the sweep', () => {
    it('removes what is too old, with its pictures', async () => {
      const old = await edit('web:ann', 'one', 'old', 'old result');
      bench.now += 40 * DAY_MS;
      await edit('web:ann', 'two', 'new', 'new result');
      for (const id of await kept()) await storedAt(home, id, bench.now - 40 * DAY_MS);
      const swept = await sweep(
        stores(),
        { before: bench.now - 30 * DAY_MS, now: bench.now },
        call,
      );
      expect(swept).toEqual({ turns: 1, images: 2 });
      expect(await bench.store.turn(old.id)).toBe(undefined);
      expect(await kept()).toEqual(idsOf(await keep('new'), await keep('new result')));
    });

    it('leaves turns alone where they are kept for good', async () => {
      await edit('web:ann', 'one', 'old', 'old result');
      bench.now += 4_000 * DAY_MS;
      expect(await sweep(stores(), { now: bench.now }, call)).toEqual({ turns: 0, images: 0 });
    });

    it('removes pictures that belong to no turn, once they had time to', async () => {
      const orphan = await keep('a preview');
      expect(await sweep(stores(), {}, call)).toEqual({ turns: 0, images: 0 });
      await storedAt(home, orphan.id, Date.now() - 2 * DAY_MS);
      expect(await sweep(stores(), {}, call)).toEqual({ turns: 0, images: 1 });
      expect(await kept()).toEqual([]);
    });

    it('spares a picture that was just stored for a turn being written', async () => {
      const { id } = await keep('an old preview');
      await storedAt(home, id, Date.now() - 2 * DAY_MS);
      const image = await keep('an old preview');
      expect(await sweep(stores(), {}, call)).toMatchObject({ images: 0 });
      await add(
        bench.store,
        fresh(await converse(bench.store), '', { base: { kind: 'image', image } }),
      );
      expect(await images.has(id, call)).toBe(true);
    });

    it('works through any number, and stops at its signal', async () => {
      for (let index = 0; index < 250; index += 1) {
        const { id } = await keep(`preview ${index}`);
        await storedAt(home, id, Date.now() - 2 * DAY_MS);
      }
      const reason = new Error('enough');
      const stopped = sweep(stores(), {}, { signal: AbortSignal.abort(reason) });
      await expect(stopped).rejects.toBeDefined();
      expect(await sweep(stores(), {}, call)).toEqual({ turns: 0, images: 250 });
    });

    it('may run twice at once', async () => {
      await edit('web:ann', 'one', 'old', 'old result');
      bench.now += 40 * DAY_MS;
      for (const id of await kept()) await storedAt(home, id, Date.now() - 40 * DAY_MS);
      const other = { conversations: await bench.another(), images };
      const options = { before: bench.now - DAY_MS };
      await Promise.all([sweep(stores(), options, call), sweep(other, options, call)]);
      expect(await kept()).toEqual([]);
    });
  });
});
