import fc from 'fast-check';

import type { Thought } from '../../src/pipeline/types.ts';
import type { RoundRecord } from '../../src/queue/findings.ts';
import { stampOf, type EditUpdate, type LiveState, type Outcome } from '../../src/queue/update.ts';
import { PLAN, reference, reflection } from './turns.ts';

type Told = EditUpdate extends infer Update
  ? Update extends EditUpdate
    ? Omit<Update, 'version' | 'cursor' | 'epoch'>
    : never
  : never;

/** An update as a run of a turn tells it. */
export function told(update: Told, epoch = 1, cursor = 'any'): EditUpdate {
  return { ...stampOf(cursor, epoch), ...update };
}

export const live = (state: LiveState, epoch = 1): EditUpdate =>
  told({ type: 'live', state }, epoch);

/** A turn's history as a queue could tell it: some runs, the last of which comes to an end. */
export const history: fc.Arbitrary<readonly EditUpdate[]> = fc
  .record({
    thought: fc.constantFrom<Thought>(
      PLAN,
      { kind: 'question', text: 'Which one?' },
      { kind: 'declined', text: 'No.', code: 'NOT_SUPPORTED' },
    ),
    verdicts: fc.array(fc.constantFrom('success' as const, 'refine' as const), {
      minLength: 1,
      maxLength: 3,
    }),
    /** Before which update a new run begins, again and again. */
    breaks: fc.uniqueArray(fc.nat({ max: 14 }), { maxLength: 3 }),
    previews: fc.boolean(),
    isStopped: fc.boolean(),
  })
  .map(({ thought, verdicts, breaks, previews, isStopped }) => {
    const facts: Told[] = [{ type: 'thought', thought }];
    const rounds: RoundRecord[] = [];
    if (thought.kind === 'plan') {
      for (const [index, verdict] of verdicts.entries()) {
        const { instruction } = thought;
        const round = index + 1;
        const bare = { round, instruction, image: reference(`round ${round}`) };
        const judged = { ...bare, reflection: reflection(verdict) };
        rounds.push(judged);
        for (const done of [1, 2]) {
          const preview = reference(`preview ${round} ${done}`);
          facts.push({
            type: 'live',
            state: {
              stage: 'editing',
              round,
              instruction,
              steps: { done, total: 2 },
              ...(previews && { preview }),
            },
          });
        }
        facts.push({ type: 'round', round: bare });
        facts.push({ type: 'live', state: { stage: 'reflecting', round, text: 'It' } });
        facts.push({ type: 'live', state: { stage: 'reflecting', round, text: 'It is' } });
        facts.push({ type: 'round', round: judged });
      }
    }
    const thinking: Told[] = ['The', 'The light'].map((text) => ({
      type: 'live',
      state: { stage: 'thinking', text },
    }));
    return inRuns(
      [...thinking, ...facts, { type: 'ended', outcome: outcomeOf(thought, rounds, isStopped) }],
      breaks,
    );
  });

function inRuns(all: readonly Told[], breaks: readonly number[]): EditUpdate[] {
  let epoch = 1;
  const updates: EditUpdate[] = [told({ type: 'started' }, epoch, 'first')];
  for (const [index, update] of all.entries()) {
    if (breaks.includes(index)) {
      epoch += 1;
      updates.push(told({ type: 'started' }, epoch, `${index} again`));
    }
    updates.push(told(update, epoch, `${index}`));
  }
  return updates;
}

function outcomeOf(thought: Thought, rounds: readonly RoundRecord[], isStopped: boolean): Outcome {
  switch (thought.kind) {
    case 'question':
      return { kind: 'asked', question: thought.text };
    case 'declined':
      return { kind: 'declined', text: thought.text, code: thought.code };
    case 'plan': {
      const best = { round: rounds.length, reason: 'highest-score' } as const;
      return isStopped
        ? { kind: 'stopped', reason: 'ann', rounds, best }
        : { kind: 'succeeded', rounds, best, stopReason: 'success' };
    }
  }
  return thought satisfies never;
}
