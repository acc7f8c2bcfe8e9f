import { holdsTransparency, type ResultFormat } from '../../../image/formats.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, ThinkInput, Thought } from '../../types.ts';
import { photoBefore } from './earlier.ts';
import { intentOf, type Asked, type Intent } from './history.ts';
import { writeInstruction } from './instruction.ts';
import type { Leftover } from './language/leftover.ts';
import type { Look } from './looks/looks.ts';
import { describe } from './measure/describe.ts';
import { withinMarks } from './measure/marked.ts';
import { photoOf, type Photo } from './measure/photo.ts';
import { CAN_DO, CAN_DO_IN_SHORT } from './offer.ts';
import type { Step } from './operation.ts';
import { kindOf, makesTransparent, placed } from './placed.ts';
import { canStartAgain } from '../../start-again.ts';
import { planSteps } from './plan.ts';
import { understand, type Understanding } from './understand.ts';

const ASKS_FOR_HELP =
  /^\W*(?:help|what (?:can|do|all can) (?:you|this|it|the bot) (?:do|understand|offer)|what are (?:your|the) (?:options|commands|features)|what else can you do|how (?:do|does) (?:i use )?(?:this|you|it)(?: bot)?(?: work)?|commands|options|menu|usage)\b/i;

const ONE_PICTURE =
  'I edit the first picture alone: only a montage (side by side, stacked, a grid) uses further ones.';

const NOT_WITHIN_MARKS =
  'That concerns the whole picture and can’t be limited to what is marked. What shall I do there?';

/** What changes the picture's size, shape, file or opacity. */
const concernsAll = (step: Step): boolean =>
  ['move', 'frame', 'file'].includes(kindOf(step) ?? '') || makesTransparent(step);

/** Measures the picture, reads the request, and plans steps with measurable goals. */
export async function* think(
  looks: readonly Look[],
  input: ThinkInput,
  call: Call,
): AsyncGenerator<string, Thought> {
  const { references, mask } = input;
  const prompt = promptIn(input, looks);
  if (ASKS_FOR_HELP.test(prompt)) return { kind: 'question', text: CAN_DO };
  const intent = intentOf(prompt, canStartAgain(input) ? input.history : []);
  const image = intent.base === 'latest' ? input.latest : input.source;
  const photo = await photoToEdit(input, intent, call);
  call.signal.throwIfAborted();
  const said: string[] = [];
  const say = (sentence: string): string => {
    said.push(sentence);
    return said.length === 1 ? sentence : `\n${sentence}`;
  };

  yield say(describe(photo));
  if (intent.note !== undefined) yield say(intent.note);
  const { wishes, left, looks: named } = understandAsked(intent.asked, looks);
  for (const words of left) yield say(regret(words));
  for (const { name, because } of named) yield say(`${capital(name)}: ${because}`);
  if (wishes.length === 0) return nothingToDo(left, intent);

  const measured = await withinMarks(photo, mask, call);
  const edit = { image, references, measured };
  const { steps, whys, nothing } = await planSteps(photo, wishes, edit, call);
  for (const sentence of [...whys, ...nothing]) yield say(sentence);
  if (steps.length === 0) {
    const text =
      nothing.length > 0 ? nothing.join(' ') : 'It measures well already; I would change nothing.';
    return { kind: 'question', text: text.endsWith('?') ? text : `${text} What else shall I do?` };
  }
  if (mask && steps.some(concernsAll)) return { kind: 'question', text: NOT_WITHIN_MARKS };
  if (mask) yield say('I change what is marked, and nothing else.');
  if (references.length > 0 && !steps.some(({ operation }) => operation === 'montage')) {
    yield say(ONE_PICTURE);
  }
  const format = formatFor(steps, image);
  return {
    kind: 'plan',
    reasoning: said.join('\n'),
    instruction: writeInstruction({ earlier: intent.earlier, steps }),
    base: intent.base,
    ...(format && { format }),
  };
}

/** An answer may say all by itself; if not, it says more of what came before it. */
function promptIn({ prompt, exchanges }: ThinkInput, looks: readonly Look[]): string {
  if (exchanges.length === 0 || understand(prompt, { looks }).wishes.length > 0) return prompt;
  const whole = [...exchanges.map((exchange) => exchange.prompt), prompt].join(' ');
  return understand(whole, { looks }).wishes.length > 0 ? whole : prompt;
}

/** The format that the result is to have whatever the source had; undefined when it follows that. */
function formatFor(steps: readonly Step[], image: EncodedImage): ResultFormat | undefined {
  const [file] = placed(steps, 'file');
  if (file) return file.work.form(file.step.params).format;
  // The intake makes PNG of some formats that can't be transparent.
  const mayBeLost = image.format === 'png' || !holdsTransparency(image.format);
  return steps.some(makesTransparent) && mayBeLost ? 'png' : undefined;
}

function photoToEdit(
  { source, latest, references }: ThinkInput,
  { base, earlier }: Intent,
  call: Call,
): Promise<Photo> {
  if (base === 'latest') return photoOf(latest);
  return photoBefore(source, references, { earlier, steps: [] }, call);
}

/** What was asked for, as follow-ups have left it. */
function understandAsked(
  { prompt, scale, scales, without }: Asked,
  looks: readonly Look[],
): Understanding {
  const read = understand(prompt, { looks, scale });
  const wishes = read.wishes.flatMap((placedWish) => {
    const { operation } = placedWish.wish;
    if (without.includes(operation)) return [];
    const factor = scales[operation];
    if (factor === undefined) return [placedWish];
    const scaled = understand(prompt, { looks, scale: scale * factor }).wishes;
    return scaled.filter(
      ({ wish, region }) => wish.operation === operation && region === placedWish.region,
    );
  });
  return { ...read, wishes };
}

const capital = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;

function regret({ words, reason }: Leftover): string {
  switch (reason) {
    case 'generate':
      return `I leave out “${words}”: that takes an engine that paints new content (a diffusion model), and I only develop what is in the picture.`;
    case 'object':
      return `I leave out what concerns ${words}: I can't tell that apart from the rest; places (top, left, a corner …), the sky, the subject, the background and colors I can.`;
    case 'everywhere':
      return `I can't tell ${words} apart from the rest, so I do that to the whole picture.`;
    case 'unknown':
      return `I did not understand “${words}” and leave it out.`;
  }
  return reason satisfies never;
}

function nothingToDo(left: readonly Leftover[], { asked, base }: Intent): Thought {
  if (asked.without.length > 0) {
    return {
      kind: 'question',
      text: 'Without that nothing of the last edit is left; “undo” takes it back. What shall I do instead?',
    };
  }
  if (base === 'source' && asked.prompt.trim() === '') {
    return { kind: 'question', text: 'What shall I do with the original picture?' };
  }
  const reasons = left.map(regret);
  if (left.some(({ reason }) => reason !== 'unknown')) {
    return {
      kind: 'declined',
      code: 'NOT_SUPPORTED',
      text: `${reasons.join(' ')} ${CAN_DO_IN_SHORT}`,
    };
  }
  const what = reasons.length > 0 ? reasons.join(' ') : 'I found no request in that.';
  return { kind: 'question', text: `${what} ${CAN_DO_IN_SHORT} What shall it be?` };
}
