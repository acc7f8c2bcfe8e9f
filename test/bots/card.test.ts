import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cardOf, reduce, withPosition, type Card } from '../../src/bots/card.ts';
import { messagesOf } from '../../src/bots/card-messages.ts';
import { copyFact, copyOutcome } from '../../src/bots/delivery/copy-facts.ts';
import { sentencesFor } from '../../src/bots/sentences.ts';
import { overallScore } from '../../src/pipeline/best-round.ts';
import type { EditUpdate } from '../../src/queue/update.ts';
import type { Turn } from '../../src/store/records.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../support/conversation-homes.ts';
import { add, converse, fresh, PLAN, reference, reflection, round } from '../support/turns.ts';
import { history, live, told } from '../support/updates.ts';

const ENGLISH = sentencesFor('en');

const TURN: Turn = {
  id: 'turn1',
  conversationId: 'conversation1',
  sequence: 1,
  person: 'web:ann',
  messageKey: 'web:1',
  prompt: 'warmer <b>*please*</b>',
  engine: 'darkroom',
  seed: 7,
  maxRounds: 3,
  context: {},
  state: 'queued',
  base: { image: reference('photo') },
  source: reference('photo'),
  references: [],
  rounds: [],
  createdAt: 0,
};

const card = (changes: Partial<Turn> = {}): Card =>
  cardOf({ ...TURN, ...changes }, { seeded: true });
const reduceAll = (updates: readonly EditUpdate[]): Card => updates.reduce(reduce, card());
const status = (of: Card) => messagesOf(of, ENGLISH)[0]?.message;
const lineOf = (of: Card): string => {
  const message = status(of);
  return message?.kind === 'status' ? message.line : '';
};

describe('the card', () => {
  it('is the same whatever the order of updates, and however often each comes', () => {
    fc.assert(
      fc.property(
        history.chain((updates) =>
          fc.tuple(
            fc.constant(updates),
            fc.shuffledSubarray([...updates, ...updates], { minLength: 2 * updates.length }),
          ),
        ),
        ([updates, shuffled]) => {
          expect(reduceAll(shuffled)).toEqual(reduceAll(updates));
        },
      ),
    );
  });

  it('is not changed by an update that came before', () => {
    fc.assert(
      fc.property(history, fc.nat(), (updates, at) => {
        const until = at % updates.length;
        const half = reduceAll(updates.slice(0, until + 1));
        for (const update of updates.slice(0, until + 1)) {
          expect(reduce(half, update)).toEqual(half);
        }
      }),
    );
  });

  it('only grows: no message ever leaves it', () => {
    fc.assert(
      fc.property(history, (updates) => {
        let slots: string[] = [];
        let grown = card();
        for (const update of updates) {
          grown = reduce(grown, update);
          const now = messagesOf(grown, ENGLISH).map(({ slot }) => slot);
          expect(now.slice(0, slots.length)).toEqual(slots);
          slots = now;
        }
      }),
    );
  });
});

describe('the card of a kept turn', () => {
  const bench = useConversationStore(CONVERSATION_HOMES['sqlite'] ?? expect.fail());

  it('shows the same as the card that its updates made', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (updates) => {
        const { store } = bench;
        const { id } = await add(
          store,
          fresh(await converse(store, `channel ${Math.random()}`), 'photo'),
        );
        const turn = (await store.turn(id)) ?? expect.fail();
        let reduced = cardOf(turn, { seeded: true });
        for (const update of updates) {
          reduced = reduce(reduced, update);
          if (update.type === 'ended') await copyOutcome(store, id, update.outcome);
          else if (update.type !== 'live') await copyFact(store, id, update);
        }
        const kept = cardOf((await store.turn(id)) ?? expect.fail(), { seeded: true });
        expect(messagesOf(kept, ENGLISH)).toEqual(messagesOf(reduced, ENGLISH));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the status', () => {
  it('says where a turn is', () => {
    expect(lineOf(card({ state: 'waiting' }))).toBe('Waiting for the request before this one.');
    expect(lineOf(card())).toBe('In the queue.');
    const placed = withPosition(card(), { ahead: 2, etaMs: 63_000 });
    expect(lineOf(placed)).toBe('In the queue, 2 before this: done in about 1 minute.');
    expect(lineOf(withPosition(placed, undefined))).toBe('In the queue.');
    expect(lineOf(withPosition(card(), { ahead: 0 }))).toBe('Next in the queue.');
    const started = reduce(card(), told({ type: 'started' }));
    expect(lineOf(started)).toBe('Thinking …');
    const planned = reduce(started, told({ type: 'thought', thought: PLAN }));
    expect(lineOf(planned)).toBe('Round 1: editing …');
    const editing = reduce(
      planned,
      live({ stage: 'editing', round: 1, instruction: 'x', steps: { done: 3, total: 8 } }),
    );
    expect(lineOf(editing)).toBe('Round 1: editing, step 3 of 8 (38%)');
    expect(lineOf(withPosition(editing, { ahead: 0, etaMs: 19_000 }))).toBe(
      'Round 1: editing, step 3 of 8 (38%), about 20 seconds left',
    );
    const { reflection: _later, ...bare } = round(1);
    const edited = reduce(editing, told({ type: 'round', round: bare }));
    expect(lineOf(edited)).toBe('Round 1: looking at the result …');
    const refined = { ...round(1), reflection: reflection('refine') };
    const again = reduce(edited, told({ type: 'round', round: refined }));
    expect(lineOf(again)).toBe('Round 2: editing …');
    // Nothing comes after a success, nor after the last round.
    const good = { ...round(1), reflection: reflection('success') };
    const done = reduce(edited, told({ type: 'round', round: good }));
    expect(lineOf(done)).toBe('Round 1: looking at the result …');
    expect(lineOf({ ...again, maxRounds: 1 })).toBe('Round 1: looking at the result …');
  });

  it('shows what is being thought, folds what was thought at length, and says when to look', () => {
    const thinking = reduce(card(), live({ stage: 'thinking', text: 'A long story. '.repeat(40) }));
    expect(status(thinking)).toMatchObject({ thinking: { folded: false } });
    const reasoning = 'It is cold. '.repeat(60);
    const thought = { ...PLAN, reasoning };
    const planned = reduce(thinking, told({ type: 'thought', thought }));
    expect(status(planned)).toMatchObject({ thinking: { text: reasoning.trim(), folded: true } });
  });

  it.each([
    [{ state: 'stopped' }, 'Stopped.', ['retry']],
    [{ state: 'expired' }, 'Time ran out. Press Retry to run it again.', ['retry']],
    [{ state: 'failed', code: 'ENGINE_CRASHED' }, /broke down/, ['retry']],
    [{ state: 'failed', code: 'IMAGE_NOT_FOUND' }, /no picture/, ['retry']],
    [{ state: 'asked', thought: { kind: 'question', text: 'Which?' } }, 'Which?', []],
    [
      { state: 'declined', thought: { kind: 'declined', text: 'No.', code: 'NOT_SUPPORTED' } },
      'No.',
      [],
    ],
    [{ state: 'declined', code: 'CONTENT_REFUSED' }, /can’t do or show that/, []],
  ] as const)('of a turn that ended without a picture: %j', (turn, line, buttons) => {
    const ended = card(turn);
    expect(lineOf(ended)).toMatch(line);
    expect(status(ended)?.buttons.map(({ action }) => action)).toEqual(buttons);
    expect(messagesOf(ended, ENGLISH)).toHaveLength(1);
  });

  it('of one that was declined without a word, by its code', () => {
    const outcome = { kind: 'declined', text: '', code: 'CONTENT_REFUSED' } as const;
    const declined = reduce(card(), told({ type: 'ended', outcome }));
    expect(lineOf(declined)).toBe(ENGLISH.failures.CONTENT_REFUSED);
  });

  it('offers to stop until the end', () => {
    expect(status(card())?.buttons).toMatchObject([{ action: 'stop', turnId: 'turn1' }]);
  });

  it('keeps the user’s words as they are', () => {
    expect(status(card())).toMatchObject({ request: 'warmer <b>*please*</b>' });
  });
});

describe('rounds and the final', () => {
  const two = card({
    state: 'succeeded',
    thought: PLAN,
    rounds: [{ ...round(1), reflection: reflection('refine') }, round(2)],
    best: { round: 2, reason: 'judged-success' },
  });

  it('tell of each picture in words', () => {
    expect(messagesOf(two, ENGLISH).map(({ slot, message }) => [slot, message])).toMatchObject([
      ['turn:turn1:status', { line: 'Done.' }],
      [
        'turn:turn1:round:1',
        {
          title: 'Round 1',
          picture: {
            alt: 'The picture after round 1. Do round 1. It is warmer, and nothing else changed.',
          },
          verdict: { kind: 'refine', line: 'Almost: going on from this picture.', overall: 67.5 },
        },
      ],
      ['turn:turn1:round:2', { verdict: { kind: 'success' } }],
      [
        'turn:turn1:final',
        {
          line: 'Round 2 of 2 is the answer: it was judged a success.',
          picture: { image: reference('round 2'), size: 'result', format: 'png' },
          before: { image: reference('photo'), alt: 'The picture before the edit.' },
        },
      ],
    ]);
  });

  it('score rounds as the loop does', () => {
    const message = messagesOf(two, ENGLISH)[1]?.message;
    if (message?.kind !== 'round' || !message.verdict) expect.fail('There is no verdict.');
    expect(message.verdict.overall).toBe(overallScore(message.verdict.scores));
  });

  it('offer what can be done next', () => {
    const buttonsOf = (of: Card) =>
      messagesOf(of, ENGLISH)
        .at(-1)
        ?.message.buttons.map(({ label }) => label);
    expect(buttonsOf(two)).toEqual([
      'Undo',
      'Retry',
      'Variations',
      'Compare',
      '👍',
      '👎',
      'Use round 1',
    ]);
    expect(buttonsOf({ ...two, seeded: false })).not.toContain('Variations');
  });

  it('come in the format that was asked for, else in that of the source', () => {
    const formatOf = (of: Card) => {
      const message = messagesOf(of, ENGLISH).at(-1)?.message;
      return message?.kind === 'final' ? message.picture.format : undefined;
    };
    const turn = {
      state: 'succeeded',
      rounds: [round(1)],
      best: { round: 1, reason: 'only-round' },
    } as const;
    const context = { format: 'heic' };
    expect(formatOf(card({ ...turn, thought: PLAN }))).toBe('png');
    expect(formatOf(card({ ...turn, thought: PLAN, context }))).toBe('jpeg');
    expect(formatOf(card({ ...turn, thought: { ...PLAN, format: 'webp' }, context }))).toBe(
      undefined,
    );
  });
});
