import { readCanvas, withCanvas } from '../../canvas.ts';
import { linkedAbort } from '../../../image/linked-abort.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, ReflectInput, Reflection, Scores } from '../../types.ts';
import type { Chat } from './chat.ts';
import {
  Assessment,
  Conclusion,
  EditScores,
  findingsInWords,
  isPlainSuccess,
  LookScores,
  scoreOf,
} from './findings.ts';
import { plainFault } from './plain-fault.ts';
import type { Meter } from './meter.ts';
import type { Prompts } from './prompts.ts';
import { ask, type Question } from './questions.ts';
import type { Targets } from './targets.ts';

export interface Judges {
  readonly chat: Chat;
  readonly prompts: Prompts;
  readonly targets: Targets;
}

type Say = (text: string) => void;

/**
 * Judges a round. What can be seen without a model is: a result that equals the picture before it, or
 * has another shape than was asked for. Else three judges are asked side by side, and where they leave
 * something to wish for a fourth decides what happens.
 */
export async function reflect(
  judges: Judges,
  input: ReflectInput,
  say: Say,
  meter: Meter,
  call: Call,
): Promise<Reflection> {
  const fault = await plainFault(input, call);
  if (fault) {
    say(fault.critique);
    return { verdict: 'revert', ...fault };
  }
  const { found, scores } = await judge(judges, input, say, meter, call);
  if (!found) {
    const critique = 'The judge’s answer could not be read, so the edit is tried once more.';
    say(critique);
    return { verdict: 'revert', critique, scores };
  }
  if (isPlainSuccess(found)) return { verdict: 'success', critique: found.reason, scores };
  return conclude(judges, input, { found, scores }, say, meter, call);
}

/** Assessment and scores, side by side; one that fails ends the others. */
async function judge(
  { chat, prompts, targets }: Judges,
  input: ReflectInput,
  say: Say,
  meter: Meter,
  { signal }: Call,
): Promise<{ found: Assessment | undefined; scores: Scores }> {
  const { controller, unlink } = linkedAbort(signal);
  const { prompt, target, instruction, base, edited, seed } = input;
  const about = { request: prompt, instruction: target };
  const common = { system: prompts('system', {}), seed };
  const both: readonly EncodedImage[] = [base, edited];
  const silent = () => {};
  const put = <Answer>(question: Question<Answer>, heard: Say) =>
    ask(chat, question, heard, meter, controller);
  const describeAndAssess = async () => {
    const wanted = await targets.describe(input, meter, controller);
    const text = prompts('assess', { ...about, told: instruction, target: wanted });
    const spoken = 'reason';
    const name = 'assessment';
    return put({ ...common, name, pictures: both, text, answer: Assessment, spoken }, say);
  };
  try {
    const [found, edit, look] = await Promise.all([
      describeAndAssess(),
      put(
        {
          ...common,
          name: 'edit_scores',
          pictures: both,
          text: prompts('score-edit', about),
          answer: EditScores,
        },
        silent,
      ),
      put(
        {
          ...common,
          name: 'look_scores',
          pictures: [edited],
          text: prompts('score-look', {}),
          answer: LookScores,
        },
        silent,
      ),
    ]);
    const most = found ? scoreOf(found) : 0;
    const scores = {
      editSuccess: Math.min(edit?.edit_success ?? 0, most),
      overEdit: edit?.over_edit ?? 0,
      naturalness: look?.naturalness ?? 0,
      artifacts: look?.artifacts ?? 0,
    };
    return { found, scores };
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    unlink();
  }
}

async function conclude(
  { chat, prompts, targets }: Judges,
  input: ReflectInput,
  { found, scores }: { found: Assessment; scores: Scores },
  say: Say,
  meter: Meter,
  call: Call,
): Promise<Reflection> {
  const { prompt, target, instruction, edited, seed } = input;
  const wanted = await targets.describe(input, meter, call);
  say('\n');
  const concluded = await ask(
    chat,
    {
      name: 'conclusion',
      system: prompts('system', {}),
      pictures: [edited],
      text: prompts('conclude', {
        request: prompt,
        instruction: target,
        told: instruction,
        target: wanted,
        score: String(scoreOf(found)),
        findings: findingsInWords(found),
      }),
      answer: Conclusion,
      spoken: 'reason',
      seed,
    },
    say,
    meter,
    call,
  );
  const critique = concluded ? `${found.reason}\n${concluded.reason}` : found.reason;
  return { critique, scores, ...verdictOf(concluded, target) };
}

type Verdict =
  | { readonly verdict: 'success' }
  | { readonly verdict: 'refine'; readonly nextInstruction: string }
  | { readonly verdict: 'revert'; readonly nextInstruction?: string };

/** One that can't be read, and a refinement that names nothing to do, start over. */
function verdictOf(concluded: Conclusion | undefined, target: string): Verdict {
  const next = concluded?.instruction.trim() ?? '';
  if (concluded?.verdict === 'success') return { verdict: 'success' };
  if (next === '') return { verdict: 'revert' };
  if (concluded?.verdict === 'refine') return { verdict: 'refine', nextInstruction: next };
  return { verdict: 'revert', nextInstruction: withCanvas(next, readCanvas(target).canvas) };
}
