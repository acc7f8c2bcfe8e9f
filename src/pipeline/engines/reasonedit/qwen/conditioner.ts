import type { Conditioner, Conditioning } from '../editor/conditioning.ts';
import { withoutMarks, type ChatTokenizer } from './chat-tokenizer.ts';
import { tokenSide } from './patches.ts';
import { featuresFrom, layPrompt } from './prompt.ts';
import { splitQuotes } from './quotes.ts';
import { smartResize } from './smart-resize.ts';
import type { TextModel } from './text-model.ts';
import type { SeenPicture, VisionTower } from './vision-tower.ts';

/** Tokens that the editor takes at most. */
const MAX_TOKENS = 2048;

/** Pixels that the editor's condition has been trained with. */
const PIXELS = { min: 256 * 28 * 28, max: 400 * 28 * 28 } as const;

/** The released pipeline takes the token 0, "!", for padding where it counts positions; its weights are used to that. */
const ABSENT_TOKEN = 0;

/** What comes before the request in the editor's condition. */
export interface ConditionPrefix {
  readonly text: string;
  /** Tokens that are dropped at the beginning; by default those up to the request. */
  readonly tokens?: number | undefined;
}

export interface ConditionerParts {
  readonly tower: VisionTower;
  readonly model: TextModel;
  readonly tokenizer: ChatTokenizer;
  readonly prefix: ConditionPrefix;
}

/**
 * Makes the editor's condition as the released pipeline does, but looks at a picture once for all
 * instructions that go with it.
 */
export function createConditioner(parts: ConditionerParts): Conditioner {
  const seen = new WeakMap<object, Promise<SeenPicture>>();
  const { vision } = parts.model.config;
  return async (instruction, picture, { signal }) => {
    let looking = seen.get(picture);
    if (looking === undefined) {
      looking = parts.tower.see(picture, smartResize(picture, tokenSide(vision), PIXELS));
      seen.set(picture, looking);
    }
    const pictureSeen = await looking;
    signal.throwIfAborted();
    return condition(parts, instruction, pictureSeen, picture);
  };
}

async function condition(
  { model, tokenizer, prefix }: ConditionerParts,
  instruction: string,
  picture: SeenPicture,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Conditioning> {
  const { imageToken, vision, text } = model.config;
  const render = (words: string): string =>
    tokenizer.render(
      [{ role: 'user', content: [{ type: 'text', text: words }, { type: 'image' }] }],
      { numberPictures: true },
    );
  const words = withoutMarks(instruction);
  const { tokens, quoted } = encode(tokenizer, render(`${prefix.text} ${words}`));
  const before = render(prefix.text).split(prefix.text)[0] ?? '';
  const dropped = prefix.tokens ?? tokenizer.encode(before + prefix.text).length;

  const merge = vision.spatial_merge_size;
  const rules = { imageToken, spatialMergeSize: merge, absentToken: ABSENT_TOKEN };
  const prompt = layPrompt(tokens, [picture], rules);
  const { hidden, embeddings } = await model.read({
    tokens: prompt.tokens,
    features: featuresFrom(prompt, 0, imageToken),
    positions: prompt.positions.values,
    nextPosition: prompt.positions.next,
    cache: model.nothing,
  });
  const end = Math.min(prompt.tokens.length, dropped + MAX_TOKENS);
  const kept = (values: Float32Array): Float32Array =>
    values.slice(dropped * text.hidden_size, end * text.hidden_size);
  const start = prompt.tokens.indexOf(imageToken);
  const laidQuoted = quoted.flatMap((flag, place) =>
    tokens[place] === imageToken ? Array.from<number>({ length: picture.tokens }).fill(0) : [flag],
  );
  return {
    hidden: kept(hidden),
    embeddings: kept(embeddings),
    quoted: Float32Array.from(laidQuoted.slice(dropped, end)),
    layout: {
      times: Float32Array.from(prompt.positions.values[0].slice(dropped, end)),
      ...(start + picture.tokens <= end && {
        vision: {
          start: start - dropped,
          rows: picture.grid.rows / merge,
          columns: picture.grid.columns / merge,
          width,
          height,
        },
      }),
    },
  };
}

/** Tokens of a chat, and for each whether it is of quoted text. */
function encode(tokenizer: ChatTokenizer, chat: string): { tokens: number[]; quoted: number[] } {
  const tokens: number[] = [];
  const quoted: number[] = [];
  for (const part of chat.split(/(<\|\w+\|>)/)) {
    for (const stretch of splitQuotes(part)) {
      const encoded = tokenizer.encode(stretch.text);
      tokens.push(...encoded);
      quoted.push(...encoded.map(() => Number(stretch.quoted)));
    }
  }
  return { tokens, quoted };
}
