import { getEventListeners } from 'node:events';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isAppError } from '../../src/errors.ts';
import { interruption } from '../../src/pipeline/interruption.ts';
import { reasonEdit } from '../../src/pipeline/loop.ts';
import type {
  EditEvent,
  EditInput,
  EditRequest,
  EditResult,
  Engine,
  ReflectInput,
  Reflection,
  Round,
  Scores,
} from '../../src/pipeline/types.ts';
import {
  picture,
  scriptedEngine,
  ScriptedFailure,
  type Script,
  type Stage,
} from '../support/scripted-engine.ts';

const SOURCE = picture('source');
const LATEST = picture('latest');
const MAX_ROUNDS = 4;

const REQUEST: EditRequest = {
  prompt: 'make it snow',
  source: SOURCE,
  latest: LATEST,
  references: [],
  history: [{ prompt: 'evening', instruction: 'Darken it.', base: 'latest' }],
  maxRounds: 3,
  seed: 7,
};

const scoresAt = (value: number): Scores => ({
  editSuccess: value,
  overEdit: value,
  naturalness: value,
  artifacts: value,
});

const PLAN = {
  kind: 'plan',
  reasoning: 'Snow.',
  instruction: 'Add snow.',
  base: 'latest',
} as const;
const SUCCESS: Reflection = { verdict: 'success', critique: 'Good.', scores: scoresAt(8) };
const REFINE: Reflection = {
  verdict: 'refine',
  critique: 'More.',
  scores: scoresAt(5),
  nextInstruction: 'Add more snow.',
};
const REVERT: Reflection = { verdict: 'revert', critique: 'Wrong.', scores: scoresAt(3) };

const script = (part: Partial<Script> = {}): Script => ({
  thought: PLAN,
  words: ['a', 'b'],
  steps: 2,
  reflections: [SUCCESS],
  ...part,
});

interface Run {
  readonly events: EditEvent[];
  readonly result: EditResult;
}

async function run(
  engine: Engine,
  request: EditRequest = REQUEST,
  signal: AbortSignal = new AbortController().signal,
  onEvent: (event: EditEvent, count: number) => void = () => {},
): Promise<Run> {
  const turn = reasonEdit(engine, request, { signal });
  const events: EditEvent[] = [];
  for (;;) {
    const next = await turn.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
    onEvent(next.value, events.length);
  }
}

const names = ({ events }: Run): string[] => events.map(({ type }) => type);
const words = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('reasonEdit', () => {
  it('thinks, edits, reflects, and stops at success', async () => {
    const engine = scriptedEngine(script());
    const turn = await run(engine);

    expect(names(turn)).toEqual([
      'thinking-start',
      'thinking-delta',
      'thinking-delta',
      'thinking-end',
      'editing-start',
      'editing-step',
      'editing-step',
      'editing-end',
      'reflection-start',
      'reflection-delta',
      'reflection-delta',
      'reflection-end',
    ]);
    expect(turn.result).toMatchObject({
      thought: PLAN,
      stopReason: 'success',
      best: { round: 1, reason: 'only-round' },
    });
    expect(engine.calls[0]?.input).toMatchObject({
      prompt: 'make it snow',
      history: REQUEST.history,
    });
  });

  it('thinks of an answer with what was said before it, and judges by all the words', async () => {
    const engine = scriptedEngine(script());
    const exchanges = [{ prompt: 'make it like winter', question: 'Snow or frost?' }];
    await run(engine, { ...REQUEST, prompt: 'snow', exchanges });
    const [think, , judge] = engine.calls.map(({ input }) => input);
    expect(think).toMatchObject({ prompt: 'snow', exchanges });
    expect(judge).toMatchObject({ prompt: 'make it like winter\nsnow' });
  });

  it('refines the result with the next instruction alone, and judges it by the whole target', async () => {
    const engine = scriptedEngine(script({ reflections: [REFINE, SUCCESS] }));
    const { result } = await run(engine);

    const [, first, , second, judge] = engine.calls.map(({ input }) => input);
    expect((second as EditInput).instruction).toBe('Add more snow.');
    expect((second as EditInput).image).toBe(result.rounds[0]?.image);
    expect((second as EditInput).seed).not.toBe((first as EditInput).seed);
    expect(judge as ReflectInput).toMatchObject({
      prompt: 'make it snow',
      target: 'Add snow.',
      instruction: 'Add more snow.',
      base: LATEST,
      round: 2,
    });
    expect(result.best).toEqual({ round: 2, reason: 'judged-success' });
  });

  it('reverts to the base with the corrected instruction, which stays the target', async () => {
    const corrected: Reflection = { ...REVERT, nextInstruction: 'Add snow to the roof.' };
    const engine = scriptedEngine(script({ reflections: [corrected, REVERT, SUCCESS] }));
    await run(engine);

    const edits = engine.calls.filter(({ stage }) => stage.startsWith('edit'));
    const inputs = edits.map(({ input }) => input as EditInput);
    expect(inputs.map(({ instruction }) => instruction)).toEqual([
      'Add snow.',
      'Add snow to the roof.',
      'Add snow to the roof.',
    ]);
    expect(inputs.every(({ image }) => image === LATEST)).toBe(true);
    expect(new Set(inputs.map(({ seed }) => seed)).size).toBe(3);
  });

  it('edits the source again when the plan says so', async () => {
    const engine = scriptedEngine(script({ thought: { ...PLAN, base: 'source' } }));
    await run(engine);
    expect(engine.calls[1]?.input).toMatchObject({ image: SOURCE });
  });

  it('ends with the best of the allowed rounds', async () => {
    const reflections = [REFINE, { ...REFINE, scores: scoresAt(9) }, REVERT];
    const { result } = await run(scriptedEngine(script({ reflections })));
    expect(result).toMatchObject({
      stopReason: 'max-rounds',
      best: { round: 2, reason: 'highest-score' },
    });
  });

  it.each([
    { kind: 'question', text: 'Which one?' },
    { kind: 'declined', text: 'No.', code: 'NOT_SUPPORTED' },
  ] as const)('returns a $kind without an edit', async (thought) => {
    const engine = scriptedEngine(script({ thought }));
    const { result } = await run(engine);
    expect(result).toEqual({ thought, rounds: [], stopReason: thought.kind });
    expect(engine.calls).toHaveLength(1);
  });

  it('refuses a number of rounds that is not a positive integer', async () => {
    for (const maxRounds of [0, -1, 1.5, Number.NaN]) {
      const turn = reasonEdit(
        scriptedEngine(script()),
        { ...REQUEST, maxRounds },
        { signal: new AbortController().signal },
      );
      await expect(turn.next()).rejects.toMatchObject({ code: 'BAD_USAGE' });
    }
  });

  it('hands the engine’s error on and closes what is open', async () => {
    for (const failAt of ['think', 'edit 1', 'reflect 1'] as const) {
      const engine = scriptedEngine(script({ failAt }));
      await expect(run(engine)).rejects.toBeInstanceOf(ScriptedFailure);
      expect(engine.open()).toBe(0);
    }
  });

  it('answers a stop in the middle of each stage with what there is', async () => {
    const stages: [Stage, number][] = [
      ['think', 0],
      ['edit 1', 0],
      ['reflect 1', 1],
      ['edit 2', 1],
      ['reflect 2', 2],
    ];
    for (const [hangAt, finished] of stages) {
      const engine = scriptedEngine(script({ hangAt, reflections: [REFINE, SUCCESS] }));
      const controller = new AbortController();
      const { result } = await run(engine, REQUEST, controller.signal, (event) => {
        // The stage hangs once its words and steps are out.
        if (event.type.endsWith('start'))
          setTimeout(() => controller.abort(interruption('stop')), 20);
      });
      expect(result.stopReason).toBe('stopped');
      expect(result.rounds).toHaveLength(finished);
      expect(result.best === undefined).toBe(finished === 0);
      expect(engine.open()).toBe(0);
    }
  });

  it('answers at the deadline, and at once when it has passed', async () => {
    const engine = scriptedEngine(script({ hangAt: 'edit 1' }));
    const soon = await run(engine, { ...REQUEST, deadlineAt: Date.now() + 50 });
    expect(soon.result.stopReason).toBe('deadline');
    expect(soon.result.thought).toEqual(PLAN);

    const late = await run(scriptedEngine(script()), { ...REQUEST, deadlineAt: Date.now() - 1 });
    expect(late).toEqual({ events: [], result: { rounds: [], stopReason: 'deadline' } });
  });

  it('throws SHUTDOWN, retryable, so that the turn goes on elsewhere', async () => {
    const controller = new AbortController();
    const turn = run(
      scriptedEngine(script({ hangAt: 'reflect 1' })),
      REQUEST,
      controller.signal,
      (event) => {
        if (event.type === 'reflection-start') controller.abort(interruption('shutdown'));
      },
    );
    await expect(turn).rejects.toMatchObject({ code: 'SHUTDOWN', retryable: true });
  });

  it('does not wait for ever for an engine that hears nothing', async () => {
    const controller = new AbortController();
    const { result } = await run(
      scriptedEngine(script({ deafAt: 'edit 1' })),
      REQUEST,
      controller.signal,
      (event) => {
        if (event.type === 'editing-start') setTimeout(() => controller.abort(), 20);
      },
    );
    expect(result.stopReason).toBe('stopped');
  });

  it('closes the engine’s generator when nobody listens any more', async () => {
    const engine = scriptedEngine(script());
    const controller = new AbortController();
    const turn = reasonEdit(engine, REQUEST, controller);
    for (;;) {
      const next = await turn.next();
      if (!next.done && next.value.type === 'editing-step') break;
    }
    expect(engine.open()).toBe(1);
    await turn.return({ rounds: [], stopReason: 'stopped' });
    expect(engine.open()).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});

const anyScores: fc.Arbitrary<Scores> = fc.record({
  editSuccess: fc.integer({ min: 0, max: 10 }),
  overEdit: fc.integer({ min: 0, max: 10 }),
  naturalness: fc.integer({ min: 0, max: 10 }),
  artifacts: fc.integer({ min: 0, max: 10 }),
});

const anyReflection: fc.Arbitrary<Reflection> = fc.oneof(
  fc.record({ verdict: fc.constant('success' as const), critique: fc.string(), scores: anyScores }),
  fc.record({
    verdict: fc.constant('refine' as const),
    critique: fc.string(),
    scores: anyScores,
    nextInstruction: fc.string(),
  }),
  fc.record(
    {
      verdict: fc.constant('revert' as const),
      critique: fc.string(),
      scores: anyScores,
      nextInstruction: fc.string(),
    },
    { requiredKeys: ['verdict', 'critique', 'scores'] },
  ),
);

const anyScript: fc.Arbitrary<Script> = fc.record({
  thought: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(PLAN, { ...PLAN, base: 'source' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'question' as const, text: 'Which?' }) },
  ),
  words: fc.array(fc.string(), { maxLength: 3 }),
  steps: fc.integer({ min: 0, max: 3 }),
  reflections: fc.array(anyReflection, { minLength: MAX_ROUNDS, maxLength: MAX_ROUNDS }),
});

const anyRounds = fc.integer({ min: 1, max: MAX_ROUNDS });

/** The events of a turn, one letter each, wherever it is broken off. */
const LAWFUL = /^(?:td*)?$|^td*T(?:es*Erq*R)*(?:es*(?:E(?:rq*)?)?)?$/;
const LETTERS: Record<EditEvent['type'], string> = {
  'thinking-start': 't',
  'thinking-delta': 'd',
  'thinking-end': 'T',
  'editing-start': 'e',
  'editing-step': 's',
  'editing-end': 'E',
  'reflection-start': 'r',
  'reflection-delta': 'q',
  'reflection-end': 'R',
};
const spell = (events: readonly EditEvent[]): string =>
  events.map(({ type }) => LETTERS[type]).join('');

describe('laws of the loop', () => {
  it('ends within the allowed rounds, its events in lawful order', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, anyRounds, async (any, maxRounds) => {
        const engine = scriptedEngine(any);
        const { events, result } = await run(engine, { ...REQUEST, maxRounds });
        expect(result.rounds.length).toBeLessThanOrEqual(maxRounds);
        expect(spell(events)).toMatch(/^td*T(?:es*Erq*R)*$/);
        expect(events.filter(({ type }) => type === 'editing-end')).toHaveLength(
          result.rounds.length,
        );
        const numbered = events.flatMap((event) => ('round' in event ? [event.round] : []));
        expect(numbered).toEqual(numbered.toSorted((one, other) => one - other));
        const last = result.rounds.at(-1)?.reflection?.verdict;
        expect(result.stopReason).toBe(
          any.thought.kind !== 'plan'
            ? any.thought.kind
            : last === 'success'
              ? 'success'
              : 'max-rounds',
        );
        expect(engine.open()).toBe(0);
      }),
    );
  });

  it('edits what the verdict before says: the result to refine, else the base', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, async (any) => {
        const engine = scriptedEngine(any);
        const { result } = await run(engine, { ...REQUEST, maxRounds: MAX_ROUNDS });
        if (any.thought.kind !== 'plan') return;
        const base = any.thought.base === 'source' ? SOURCE : LATEST;
        const edits = engine.calls.filter(({ stage }) => stage.startsWith('edit'));
        for (const [index, { input }] of edits.entries()) {
          const before = result.rounds[index - 1];
          const refines = before?.reflection?.verdict === 'refine';
          expect((input as EditInput).image).toBe(refines ? before?.image : base);
          if (refines) {
            expect((input as EditInput).instruction).toBe(
              before?.reflection?.verdict === 'refine' && before.reflection.nextInstruction,
            );
          }
        }
      }),
    );
  });

  it('stops within one event, whenever it is told to', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, anyRounds, fc.nat(40), async (any, maxRounds, after) => {
        const engine = scriptedEngine(any);
        const controller = new AbortController();
        let since: number | undefined;
        const { events, result } = await run(
          engine,
          { ...REQUEST, maxRounds },
          controller.signal,
          (_event, count) => {
            if (since === undefined && count > after) {
              since = count;
              controller.abort(interruption('stop'));
            }
          },
        );
        expect(spell(events)).toMatch(LAWFUL);
        if (since !== undefined) expect(events.length - since).toBeLessThanOrEqual(1);
        if (result.stopReason === 'stopped') expect(since).toBeDefined();
        expect(engine.open()).toBe(0);
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      }),
    );
  });

  it('resumed from any finished round, judged or not, it does and says just the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyScript,
        anyRounds,
        fc.nat(MAX_ROUNDS),
        fc.boolean(),
        async (any, maxRounds, kept, judged) => {
          const request = { ...REQUEST, maxRounds };
          const unbroken = await run(scriptedEngine(any), request);
          const { thought } = unbroken.result;
          if (!thought) return;
          const rounds = unbroken.result.rounds.slice(0, kept);
          const finished = { thought, rounds: judged ? rounds : unjudgedAtLast(rounds) };
          const resumed = await run(scriptedEngine(any), { ...request, finished });
          expect(resumed.result).toEqual(unbroken.result);

          const last = judged ? 'reflection-end' : 'editing-end';
          const done = unbroken.events.findIndex(
            (event) => event.type === last && event.round === rounds.length,
          );
          const told = rounds.length === 0 ? endOfThinking(unbroken.events) : done;
          expect(resumed.events).toEqual(unbroken.events.slice(told + 1));
        },
      ),
    );
  });

  it('makes the same pictures from the same seed, others from another', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, fc.integer(), async (any, seed) => {
        const pictures = async (of: number): Promise<string[]> => {
          const { result } = await run(scriptedEngine(any), { ...REQUEST, seed: of });
          return result.rounds.map(({ image }) => words(image.bytes));
        };
        const once = await pictures(seed);
        expect(await pictures(seed)).toEqual(once);
        if (once.length > 0) expect(await pictures(seed + 1)).not.toEqual(once);
      }),
    );
  });

  it('hands the thinking input on unchanged', async () => {
    const engine = scriptedEngine(script());
    await run(engine);
    expect(engine.calls[0]?.input).toMatchObject({
      prompt: REQUEST.prompt,
      source: SOURCE,
      latest: LATEST,
      references: [],
      history: REQUEST.history,
    });
  });
});

const unjudgedAtLast = (rounds: readonly Round[]): Round[] =>
  rounds.map(({ reflection, ...round }, index) =>
    index < rounds.length - 1 && reflection ? { ...round, reflection } : round,
  );

const endOfThinking = (events: readonly EditEvent[]): number =>
  events.findIndex(({ type }) => type === 'thinking-end');

describe('an interrupted engine', () => {
  it('hears the reason that the caller gave', async () => {
    const controller = new AbortController();
    let heard: unknown;
    const engine = scriptedEngine(script({ hangAt: 'edit 1' }));
    const listening: Engine = {
      ...engine,
      editor: {
        edit: (input, call) => {
          call.signal.addEventListener('abort', () => (heard = call.signal.reason), { once: true });
          return engine.editor.edit(input, call);
        },
      },
    };
    await run(listening, REQUEST, controller.signal, (event) => {
      if (event.type === 'editing-step') controller.abort(interruption('deadline'));
    }).then(({ result }) => expect(result.stopReason).toBe('deadline'));
    expect(isAppError(heard) && heard.code).toBe('DEADLINE');
  });
});
