import type { EarlierTurn } from '../../types.ts';
import { readInstruction } from './instruction.ts';
import { followUpIn, withoutSameBut, type FollowUp } from './language/follow-up.ts';
import { referredTo } from './language/reference.ts';
import type { Step } from './operation.ts';

/** What a turn was asked for, after all that follow-ups have said of it. */
export interface Asked {
  readonly prompt: string;
  /** Multiplies all amounts of the request. */
  readonly scale: number;
  /** Multiplies the amounts of single operations further. */
  readonly scales: Readonly<Record<string, number>>;
  /** Operations that are not wanted any more. */
  readonly without: readonly string[];
}

type Pass = readonly Step[];

/** What a request means after all that came before it. */
export interface Intent {
  readonly asked: Asked;
  /** `source` when what leads to the result is made again from there, by `earlier` and then this. */
  readonly base: 'latest' | 'source';
  readonly earlier: readonly Pass[];
  /** How the request was read, for the user to check; absent where it stands by itself. */
  readonly note?: string;
}

/** The passes that lead from the source to the latest picture, and what the last one was asked for. */
interface Past {
  readonly passes: readonly Pass[];
  readonly asked: Asked;
}

const plainly = (prompt: string): Asked => ({ prompt, scale: 1, scales: {}, without: [] });

/** Reads a request in the light of the turns that led to the latest picture. Pure. */
export function intentOf(prompt: string, history: readonly EarlierTurn[]): Intent {
  let past: Past | undefined;
  for (const turn of history) past = after(past, turn);
  return intentAfter(prompt, past);
}

function after(
  past: Past | undefined,
  { prompt, instruction, base }: EarlierTurn,
): Past | undefined {
  const read = readInstruction(instruction);
  if (!read || (base === 'latest' && !past && read.earlier.length > 0)) return undefined;
  const passes = [...read.earlier, read.steps];
  return {
    passes: base === 'source' ? passes : [...(past?.passes ?? []), ...passes],
    asked: intentAfter(prompt, past).asked,
  };
}

function intentAfter(prompt: string, past: Past | undefined): Intent {
  const plain: Intent = {
    asked: plainly(past ? withoutSameBut(prompt) : prompt),
    base: 'latest',
    earlier: [],
  };
  const follow = followUpIn(prompt);
  if (!follow) return plain;
  if (follow.kind === 'restart') {
    return {
      asked: plainly(follow.prompt),
      base: 'source',
      earlier: [],
      note: 'I start again from the original picture.',
    };
  }
  if (!past) return plain;
  if (follow.kind === 'again') {
    return { ...plain, asked: past.asked, note: `I do “${past.asked.prompt}” once more.` };
  }
  return redo(follow, past) ?? plain;
}

/** The last pass made again from the picture before it, with some of it stronger, weaker or gone. */
function redo(
  follow: Extract<FollowUp, { kind: 'scale' | 'without' }>,
  { passes, asked }: Past,
): Intent | undefined {
  const last = passes.at(-1) ?? [];
  // What was put together from pictures that came with an earlier request can't be made again.
  if (passes.flat().some(({ operation }) => operation === 'montage')) return undefined;
  const operations = last.map(({ operation }) => operation);
  const of = follow.of === undefined ? undefined : referredTo(follow.of, operations);
  if (follow.of !== undefined && of === undefined) return undefined;
  const again = { base: 'source' as const, earlier: passes.slice(0, -1).map(withoutGoals) };
  if (follow.kind === 'without') {
    return {
      ...again,
      asked: { ...asked, without: [...asked.without, of ?? ''] },
      note: `I do “${asked.prompt}” again without ${follow.of}.`,
    };
  }
  const { factor } = follow;
  const how = factor < 1 ? 'more gently' : 'more strongly';
  return of === undefined
    ? {
        ...again,
        asked: { ...asked, scale: asked.scale * factor },
        note: `I do “${asked.prompt}” again, ${how}, from the picture before it.`,
      }
    : {
        ...again,
        asked: {
          ...asked,
          scales: { ...asked.scales, [of]: (asked.scales[of] ?? 1) * factor },
        },
        note: `I do “${asked.prompt}” again with ${factor < 1 ? 'less' : 'more'} of the ${of}, from the picture before it.`,
      };
}

const withoutGoals = (pass: Pass): Pass => pass.map((step) => ({ ...step, goals: [] }));
