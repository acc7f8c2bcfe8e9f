import type { ResultFormat } from '../../../image/formats.ts';
import type { EncodedImage, ImageFormat } from '../../../image/types.ts';
import type { Call, ThinkInput, Thought } from '../../types.ts';
import { describe } from './measure/describe.ts';
import { writeInstruction } from './instruction.ts';
import type { Leftover } from './language/leftover.ts';
import { AUTO_OFFER } from './operations/auto.ts';
import type { Step } from './operation.ts';
import { OPERATIONS, operationNamed } from './operations/index.ts';
import { photoOf } from './measure/photo.ts';
import { placed } from './placed.ts';
import { planSteps } from './plan.ts';
import { understand } from './understand.ts';

const OFFERS = [...OPERATIONS.map(({ offer }) => offer), AUTO_OFFER];
const LAST_OFFER = OFFERS.at(-1) ?? '';

/** What this engine can do, as one sentence. */
const CAN_DO = `I can ${OFFERS.slice(0, -1).join(', ')}, or ${LAST_OFFER}.`;

const ASKS_FOR_HELP =
  /^\W*(?:help|what (?:can|do) you (?:do|understand|offer)|what are (?:your|the) (?:options|commands|features))\b/i;

const ONE_PICTURE =
  'I edit the first picture alone: only a montage (side by side, stacked, a grid) uses further ones.';

/** Measures the picture, reads the request, and plans steps with measurable goals. */
export async function* think(
  { prompt, latest, references }: ThinkInput,
  call: Call,
): AsyncGenerator<string, Thought> {
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

  const { steps, whys, nothing } = await planSteps(photo, wishes, references, call);
  for (const sentence of [...whys, ...nothing]) yield say(sentence);
  if (steps.length === 0) {
    const text =
      nothing.length > 0 ? nothing.join(' ') : 'It measures well already; I would change nothing.';
    return { kind: 'question', text: `${text} What else shall I do?` };
  }
  if (references.length > 0 && !steps.some(({ operation }) => operation === 'montage')) {
    yield say(ONE_PICTURE);
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

/** The formats that hold transparency and are written again as such. */
const WITH_TRANSPARENCY: ReadonlySet<ImageFormat> = new Set(['webp', 'avif', 'tiff']);

/** The format that was asked for, or PNG where the usual one can't hold what was asked for. */
function formatFor(steps: readonly Step[], latest: EncodedImage): ResultFormat | undefined {
  const [file] = placed(steps, 'file');
  if (file) return file.work.form(file.step.params).format;
  const transparent = steps.some(({ operation, params }) =>
    operationNamed(operation)?.transparent?.(params),
  );
  return transparent && !WITH_TRANSPARENCY.has(latest.format) ? 'png' : undefined;
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
