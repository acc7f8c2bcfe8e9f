import { holdsTransparency, type ResultFormat } from '../../../image/formats.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, ThinkInput, Thought } from '../../types.ts';
import { describe } from './measure/describe.ts';
import { writeInstruction } from './instruction.ts';
import type { Leftover } from './language/leftover.ts';
import type { Step } from './operation.ts';
import { AUTO_OFFER } from './operations/auto.ts';
import { OPERATIONS } from './operations/index.ts';
import { photoOf } from './measure/photo.ts';
import { makesTransparent, placed } from './placed.ts';
import { planSteps } from './plan.ts';
import { understand } from './understand.ts';

const OFFERS = [...OPERATIONS.map(({ offer }) => offer), AUTO_OFFER];
const LAST_OFFER = OFFERS.at(-1) ?? '';

/** What this engine can do, as one sentence. */
const CAN_DO = `I can ${OFFERS.slice(0, -1).join(', ')}, or ${LAST_OFFER}.`;

const ASKS_FOR_HELP =
  /^\W*(?:help|what (?:can|do) you (?:do|understand|offer)|what are (?:your|the) (?:options|commands|features))\b/i;

/** Measures the picture, reads the request, and plans steps with measurable goals. */
export async function* think(input: ThinkInput, call: Call): AsyncGenerator<string, Thought> {
  const { prompt, latest } = input;
  if (ASKS_FOR_HELP.test(prompt)) return { kind: 'question', text: CAN_DO };
  const photo = await photoOf(latest);
  call.signal.throwIfAborted();
  const said: string[] = [];
  const say = (sentence: string): string => {
    said.push(sentence);
    return said.length === 1 ? sentence : `\n${sentence}`;
  };

  yield say(describe(photo));
  const { wishes, left } = understand(prompt);
  for (const words of left) yield say(regret(words));
  if (wishes.length === 0) return nothingToDo(left);

  const { steps, whys, nothing } = await planSteps(photo, wishes, input, call);
  for (const sentence of [...whys, ...nothing]) yield say(sentence);
  if (steps.length === 0) {
    const text =
      nothing.length > 0 ? nothing.join(' ') : 'It measures well already; I would change nothing.';
    return { kind: 'question', text: `${text} What else shall I do?` };
  }
  const format = formatFor(steps, latest);
  return {
    kind: 'plan',
    reasoning: said.join('\n'),
    instruction: writeInstruction({ earlier: [], steps }),
    base: 'latest',
    ...(format && { format }),
  };
}

/** The format that the result is to have whatever the source had; undefined when it follows that. */
function formatFor(steps: readonly Step[], latest: EncodedImage): ResultFormat | undefined {
  const [file] = placed(steps, 'file');
  if (file) return file.work.form(file.step.params).format;
  // The intake makes PNG of some formats that can't be transparent.
  const mayBeLost = latest.format === 'png' || !holdsTransparency(latest.format);
  return steps.some(makesTransparent) && mayBeLost ? 'png' : undefined;
}

function regret({ words, reason }: Leftover): string {
  switch (reason) {
    case 'generate':
      return `I leave out “${words}”: that takes an engine that paints new content (a diffusion model), and I only develop what is in the picture.`;
    case 'object':
      return `I leave out what concerns ${words}: I can't tell single things in a picture apart, only its top, bottom, left, right and center.`;
    case 'unknown':
      return `I did not understand “${words}” and leave it out.`;
  }
  return reason satisfies never;
}

function nothingToDo(left: readonly Leftover[]): Thought {
  const reasons = left.map(regret);
  if (left.some(({ reason }) => reason !== 'unknown')) {
    return { kind: 'declined', code: 'NOT_SUPPORTED', text: `${reasons.join(' ')} ${CAN_DO}` };
  }
  const what = reasons.length > 0 ? reasons.join(' ') : 'I found no request in that.';
  return { kind: 'question', text: `${what} ${CAN_DO} What shall it be?` };
}
