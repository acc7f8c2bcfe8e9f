import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { jobOf } from '../../src/bots/job.ts';
import { reasonEdit } from '../../src/pipeline/loop.ts';
import type { EditResult, Reflection } from '../../src/pipeline/types.ts';
import type { NewTurn, StoredRound } from '../../src/store/records.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../support/conversation-homes.ts';
import { answer, develop } from '../support/darkroom.ts';
import { makePhoto } from '../support/photos.ts';
import { picture, scriptedEngine } from '../support/scripted-engine.ts';
import { add, converse, fresh, PLAN, reference, reflection, request } from '../support/turns.ts';

const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());

const stored = ({ rounds }: EditResult): StoredRound[] =>
  rounds.map((round) => ({ ...round, image: reference(`round ${round.round}`) }));

/** Adds a turn and ends it with what came of it. */
async function keep(turn: NewTurn, result: EditResult): Promise<void> {
  const { id } = await add(bench.store, turn);
  await bench.store.startTurn(id);
  await bench.store.recordThought(id, result.thought ?? expect.fail());
  for (const round of stored(result)) await bench.store.recordRound(id, round);
  const best = result.best ?? expect.fail();
  await bench.store.endTurn(id, { state: 'stopped', best });
}

/** What a request learns of the turns before it. */
async function historyOf(turn: NewTurn) {
  const job = await jobOf(bench.store, await add(bench.store, turn));
  return job?.history ?? expect.fail();
}

const judged = reflection('refine');
const anyReflection: fc.Arbitrary<Reflection> = fc.oneof(
  fc.constant<Reflection>({ ...judged, verdict: 'revert' }),
  fc.constantFrom('refine' as const, 'revert' as const).chain((verdict) =>
    fc.stringMatching(/^[A-Z][a-z ]{3,9}\.$/).map((nextInstruction): Reflection => {
      return { ...judged, verdict, nextInstruction };
    }),
  ),
);

describe('what a turn learns of the one before it', () => {
  it('is that it changed a marked part alone', async () => {
    const conversationId = await converse(bench.store);
    const mask = reference('mask');
    await keep(
      fresh(conversationId, 'photo', { mask }),
      await develop(await makePhoto(), 'darker'),
    );
    const followUp = request(conversationId);
    expect(await historyOf(followUp)).toMatchObject([{ hasMask: true }]);
  });

  it('is all that was done to the picture that it edits, whichever round that is', async () => {
    const source = picture('source');
    const conversationId = await converse(bench.store);
    const turn = await add(bench.store, fresh(conversationId, 'photo'));
    const reflections = fc.array(anyReflection, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(reflections, fc.nat(3), async (all, chosen) => {
        const engine = scriptedEngine({ thought: PLAN, words: [], steps: 0, reflections: all });
        const asked = { prompt: 'warm', source, latest: source, references: [], history: [] };
        const playing = reasonEdit(
          engine,
          { ...asked, maxRounds: all.length, seed: 1 },
          { signal: new AbortController().signal },
        );
        let next = await playing.next();
        while (!next.done) next = await playing.next();
        const { rounds } = next.value;
        const { round, image } = rounds[chosen % rounds.length] ?? expect.fail();

        const before = { ...turn, thought: PLAN, rounds: stored(next.value) };
        const point = { turnId: turn.id, round };
        const after = { ...turn, id: 'after', base: { image: reference('round'), point } };
        const job = await jobOf(
          { lineage: () => Promise.resolve([before, after]), turn: (id) => bench.store.turn(id) },
          after,
        );
        // The scripted picture tells what was done to it, and with which seeds.
        const done = Buffer.from(image.bytes)
          .toString()
          .split(' > ')
          .slice(1)
          .map((step) => step.replace(/ \(-?\d+\)$/, ''));
        expect(job?.history).toEqual([
          { prompt: turn.prompt, instruction: done.join('\nThen:\n'), base: 'latest' },
        ]);
      }),
    );
  });
});

describe('the darkroom, after a turn of several rounds', () => {
  it('does it again as it came out, more gently', async () => {
    const photo = await makePhoto();
    const conversationId = await converse(bench.store);
    const contrast = await develop(photo, 'more contrast');
    expect(contrast.best?.round).toBeGreaterThan(1);
    expect(answer(contrast).instruction).not.toBe(contrast.rounds[0]?.instruction);
    await keep(fresh(conversationId, 'photo', { prompt: 'more contrast' }), contrast);

    const less = request(conversationId, { prompt: 'a bit less' });
    const gentler = await develop(photo, less.prompt, {
      latest: answer(contrast).image,
      history: await historyOf(less),
    });
    expect(gentler.thought).toMatchObject({ kind: 'plan', base: 'source' });
    expect(amount(answer(gentler).instruction)).toBeGreaterThan(0);
    expect(amount(answer(gentler).instruction)).toBeLessThan(amount(answer(contrast).instruction));
  });

  it('makes it again exactly so for what comes after it', async () => {
    const photo = await makePhoto();
    const conversationId = await converse(bench.store);
    const contrast = await develop(photo, 'more contrast');
    await keep(fresh(conversationId, 'photo', { prompt: 'more contrast' }), contrast);
    const warm = request(conversationId, { prompt: 'much warmer' });
    const warmer = await develop(answer(contrast).image, warm.prompt);
    await keep(warm, warmer);

    const less = request(conversationId, { prompt: 'a bit less' });
    const { thought } = await develop(photo, less.prompt, {
      latest: answer(warmer).image,
      history: await historyOf(less),
    });
    const [again = ''] = thought?.kind === 'plan' ? thought.instruction.split('\nThen:\n') : [];
    expect(amount(again)).toBe(amount(answer(contrast).instruction));
  });
});

/** The first number that an instruction gives. */
const amount = (instruction: string): number => Number(/-?[\d.]+/.exec(instruction)?.[0]);
