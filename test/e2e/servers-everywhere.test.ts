import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ENGLISH } from '../../src/bots/sentences/en/index.ts';
import { FLAWED, FINE, PLAN } from '../support/fake-openai/engine.ts';
import { hangUp, silence, status } from '../support/fake-openai/http.ts';
import type { Order } from '../support/fake-openai/image-server.ts';
import { drift, paintDisc, psnr, type Disc } from '../support/fake-openai/painters.ts';
import { Studio } from '../support/fake-openai/studio.ts';
import { makePhoto } from '../support/photos.ts';
import { ProductEverywhere, SURFACE_NAMES } from '../support/surfaces/product-everywhere.ts';
import {
  answer,
  button,
  fileIn,
  judgedRounds,
  ofKind,
  saying,
  seenIn,
  transcript,
} from '../support/surfaces/reading.ts';

const SIZE = { width: 240, height: 160 };
const SMALL: Disc = { x: 0.4, y: 0.5, radius: 0.12, colour: '#d01010' };
const LARGE: Disc = { ...SMALL, radius: 0.25 };
const OTHER: Disc = { x: 0.8, y: 0.3, radius: 0.15, colour: '#1030d0' };

let studio: Studio;
let everywhere: ProductEverywhere;
let source: Buffer;

beforeAll(async () => {
  studio = await Studio.open();
  source = Buffer.from((await makePhoto(SIZE)).bytes);
  everywhere = await ProductEverywhere.start(studio.settings);
}, 180_000);
afterAll(async () => {
  await everywhere[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

/** Paints discs, each order's in its turn, and moves and recolours all the rest unasked. */
const painting = (...discs: Disc[]) => {
  const left = [...discs];
  return async ({ pictures: [picture = Buffer.alloc(0)] }: Order): Promise<Buffer> => {
    const [disc = expect.fail('That is one order too many.')] = left.splice(0, 1);
    return drift(await paintDisc(picture, disc), { x: 3, y: -2, gain: 1.04, offset: 3 });
  };
};

/** What the model says of a turn whose first round is to be gone on from. */
const refining = (name: string) => ({
  plan: [{ ...PLAN, text: `Add a small red disc, ${name}.` }],
  assessment: [FLAWED, FINE],
  conclusion: [{ reason: 'More.', verdict: 'refine', instruction: `Make it larger, ${name}.` }],
});

/** Neither of the disc nor of its edge, with what a painter blends there. */
const besides =
  (...discs: Disc[]) =>
  (column: number, row: number): boolean =>
    discs.every(({ x, y, radius }) => {
      const distance = Math.hypot(column - x * SIZE.width, row - y * SIZE.height);
      return distance > radius * SIZE.height + 24;
    });

const inside =
  ({ x, y, radius }: Disc) =>
  (column: number, row: number): boolean =>
    Math.hypot(column - x * SIZE.width, row - y * SIZE.height) < radius * SIZE.height - 4;

const discOf = (name: string) => `add a red disc, ${name}`;

describe.concurrent.each(SURFACE_NAMES)(
  'with two addresses set, in %s',
  { timeout: 180_000 },
  (surface) => {
    it('a thread shows the thinking, each round with its verdict, and what was painted, and goes on', async () => {
      const name = `${surface} one`;
      const first = studio.play({ name, answers: refining(name), paint: painting(SMALL, LARGE) });
      const talk = await everywhere.ask(surface, discOf(name), source);
      const final = await answer(talk);
      const [one, two, ...more] = await judgedRounds(talk);
      expect(more).toEqual([]);
      expect(one?.text).toContain(ENGLISH.verdicts.refine);
      expect(one?.text).toContain(FLAWED.reason);
      expect(two?.text).toContain(ENGLISH.verdicts.success);
      expect(two?.text).toContain(FINE.reason);
      expect((await saying(talk, /Done/)).text).toContain(PLAN.reasoning);
      expect(final.text).toContain('Round 2 of 2');

      const painted = await fileIn(final);
      const wanted = await paintDisc(source, LARGE);
      expect(await psnr(painted, source, besides(LARGE))).toBe(Infinity);
      expect(await psnr(painted, wanted, inside(LARGE))).toBeGreaterThan(30);
      // The second round went on from what the first one shows.
      const [before = expect.fail('There is none.')] = first.orders[1]?.pictures ?? [];
      expect(await psnr(before, await fileIn(one ?? final))).toBeGreaterThan(30);

      const next = `${surface} two`;
      const plan = { ...PLAN, text: `Add a blue disc, ${next}.` };
      const second = studio.play({ name: next, answers: { plan: [plan] }, paint: painting(OTHER) });
      await talk.says(`now add a blue disc, ${next}`);
      const both = await fileIn(await answer(talk, 2));
      expect(await psnr(both, painted, besides(OTHER))).toBe(Infinity);
      expect(await psnr(both, await paintDisc(source, OTHER), inside(OTHER))).toBeGreaterThan(30);
      expect(await psnr(second.orders[0]?.pictures[0] ?? source, painted)).toBe(Infinity);
      expect([first.orders.length, second.orders.length]).toEqual([2, 1]);
    });

    it('who asks is told that a server refuses', async () => {
      const sentence = ENGLISH.failures.CONTENT_REFUSED;
      const filter = studio.play({
        name: `${surface} filtered`,
        answers: { plan: [{ trouble: 'filter' }] },
      });
      const filtered = await everywhere.ask(surface, discOf(`${surface} filtered`), source);
      await seenIn(filtered, (all) => all.find(({ text }) => text.includes(sentence)));
      expect(filter.orders).toEqual([]);

      const name = `${surface} blocked`;
      const refusal = { message: 'Not that one.', code: 'moderation_blocked' };
      const block = studio.play({
        name,
        answers: refining(name),
        paint: () => Promise.resolve(status(400, refusal)),
      });
      const blocked = await everywhere.ask(surface, discOf(name), source);
      await seenIn(blocked, (all) => all.find(({ text }) => text.includes(sentence)));
      expect(block.orders).toHaveLength(1);
      for (const { look } of [filtered, blocked]) {
        expect(transcript(look())).not.toMatch(/Not that one|policy/);
        expect([...ofKind(look(), 'round'), ...ofKind(look(), 'final')]).toEqual([]);
      }
    });

    it('an editor that dies is waited for, and nothing is done twice that was done', async () => {
      const name = `${surface} three`;
      const paint = painting(SMALL, LARGE);
      // It breaks off, and then what is before it says so: too often for one run of the turn.
      const gone = status(503, { message: 'no' }, { 'retry-after': '0' });
      const deaths = [hangUp, gone, gone, gone];
      const scene = studio.play({
        name,
        answers: refining(name),
        paint: async (order) => (scene.orders.length > 1 && deaths.shift()) || paint(order),
      });
      const talk = await everywhere.ask(surface, discOf(name), source);
      const final = await answer(talk);
      expect(await psnr(await fileIn(final), source, besides(LARGE))).toBe(Infinity);
      expect(await judgedRounds(talk)).toHaveLength(2);
      expect(scene.orders.map(({ prompt }) => prompt)).toEqual([
        `Add a small red disc, ${name}.`,
        ...Array.from({ length: 5 }, () => `Make it larger, ${name}.`),
      ]);
      const names = scene.asked.map((asked) => asked.name);
      expect(names.filter((one) => one === 'plan')).toHaveLength(1);
      expect(names.filter((one) => one === 'assessment')).toHaveLength(2);
      const { log } = everywhere.product;
      expect(log).toContain('a run failed');
      expect(log).not.toMatch(/red disc|sk-/);
    });

    it('the button stops an edit at its server, and the best round is the answer', async () => {
      const name = `${surface} four`;
      const paint = painting(SMALL);
      const scene = studio.play({
        name,
        answers: refining(name),
        paint: async (order) => {
          if (scene.orders.length === 1) return paint(order);
          await order.gone;
          return silence;
        },
      });
      const talk = await everywhere.ask(surface, discOf(name), source);
      const { gone } = await seenIn(talk, () => scene.orders[1]);
      await (await button(talk, 'Stop')).press();
      await gone;
      await saying(talk, /Stopped\. Here is the best so far\./);
      const final = await fileIn(await answer(talk));
      expect(await psnr(final, source, besides(SMALL))).toBe(Infinity);
      expect(await psnr(final, await paintDisc(source, SMALL), inside(SMALL))).toBeGreaterThan(30);
      expect(scene.orders).toHaveLength(2);
    });
  },
);
