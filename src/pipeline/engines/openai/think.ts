import { z } from 'zod';

import { parseCanvas, withCanvas } from '../../canvas.ts';
import { canStartAgain } from '../../start-again.ts';
import type { Call, EarlierTurn, ThinkInput, Thought } from '../../types.ts';
import type { Chat } from './chat.ts';
import { marksIn, type Marks } from './marks.ts';
import type { Meter } from './meter.ts';
import type { Prompts } from './prompts.ts';
import { ask } from './questions.ts';
import { isSamePicture } from './same-picture.ts';

/**
 * So many edits on top of each other a picture stands. Past that all of them are painted again in one,
 * from the source: each pass through a diffusion model loses detail, and by the fifth it shows.
 */
const MAX_CHAIN = 3;

/** Not by `min`, which not every server knows in a schema. */
const Words = z.string().refine((text) => text.trim() !== '', 'it is empty');

const Answer = z.strictObject({
  reasoning: z.string(),
  decision: z.enum(['edit', 'ask', 'cannot', 'refuse']),
  text: Words,
  base: z.enum(['latest', 'source']),
  canvas: z.string(),
});

const FromSource = Answer.extend({ base: z.literal('source') });
const OnLatest = Answer.extend({ base: z.literal('latest') });

/** Makes a plan of a request; of one that no model could make into one, the request itself. */
export async function think(
  { chat, prompts }: { readonly chat: Chat; readonly prompts: Prompts },
  input: ThinkInput,
  say: (text: string) => void,
  meter: Meter,
  call: Call,
): Promise<Thought> {
  const { prompt, source, latest, references, mask, history, exchanges, seed } = input;
  const isFirst = isSamePicture(source, latest);
  const isFree = canStartAgain(input);
  const isWorn = isFree && !isFirst && chainLength(history) >= MAX_CHAIN;
  const text = prompts('think', {
    pictures: [
      picturesInWords(isFirst, references.length),
      ...(mask ? [marksInWords(await marksIn(mask, call))] : []),
    ].join(' '),
    history: historyInWords(history),
    exchanges:
      exchanges
        .map((said) => `${quoted(said.prompt)} — asked back: ${quoted(said.question)}`)
        .join('\n') || 'nothing',
    request: quoted(prompt),
    chain: isWorn
      ? '- The picture as it is now was painted over too often and loses detail. So `base` is "source", and `text` merges all that is still wanted of what was done before with the request.'
      : isFree
        ? ''
        : '- `base` is "latest": what is changed within a marked part alone can’t be done again from the first picture.',
  });
  const answer = await ask(
    chat,
    {
      name: 'plan',
      system: prompts('system', {}),
      pictures: isFirst ? [source, ...references] : [source, latest, ...references],
      text,
      answer: isWorn ? FromSource : isFree ? Answer : OnLatest,
      spoken: 'reasoning',
      seed,
    },
    say,
    meter,
    call,
  );
  if (!answer) return asTheRequestSays(prompt);
  return thoughtOf(mask ? { ...answer, canvas: 'same' } : answer);
}

function thoughtOf({ decision, text, reasoning, base, canvas }: z.infer<typeof Answer>): Thought {
  switch (decision) {
    case 'edit':
      return {
        kind: 'plan',
        reasoning,
        instruction: withCanvas(text, parseCanvas(canvas)),
        base,
      };
    case 'ask':
      return { kind: 'question', text };
    case 'cannot':
      return { kind: 'declined', text, code: 'NOT_SUPPORTED' };
    case 'refuse':
      return { kind: 'declined', text, code: 'CONTENT_REFUSED' };
  }
  return decision satisfies never;
}

function asTheRequestSays(prompt: string): Thought {
  const reasoning = 'No plan came of my thinking, so the request goes to the editor as it is.';
  return { kind: 'plan', reasoning, instruction: prompt, base: 'latest' };
}

/** How many edits lie between the source and the latest picture, one on top of the other. */
function chainLength(history: readonly EarlierTurn[]): number {
  const start = history.findLastIndex(({ base }) => base === 'source');
  return history.length - Math.max(start, 0);
}

function picturesInWords(isFirst: boolean, references: number): string {
  const first = isFirst
    ? 'The first picture is the one to edit.'
    : 'The first picture is the one that the conversation began with. The second is the same one as it is now, after the edits below.';
  return references === 0
    ? first
    : `${first} ${references === 1 ? 'One more picture' : `${references} more pictures`} came with the request, to take something from; the painter sees them as well, after the picture that is edited.`;
}

function marksInWords({ left, top, right, bottom }: Marks): string {
  const across = `from ${left} % to ${right} % of the width`;
  const down = `from ${top} % to ${bottom} % of the height`;
  return `The user has marked where the picture may change: within the rectangle ${across}, counted from the left, and ${down}, counted from the top. Nothing outside of it can be changed, so that the instruction is about what is there, and \`canvas\` is "same".`;
}

function historyInWords(history: readonly EarlierTurn[]): string {
  const lines = history.map(({ prompt, instruction, base }, index) => {
    const from = base === 'source' ? 'from the first picture' : 'on top of that';
    return `${index + 1}. asked: ${quoted(prompt)}, painted ${from}: ${quoted(instruction)}`;
  });
  return lines.join('\n') || 'nothing';
}

const quoted = (text: string): string => JSON.stringify(text);
