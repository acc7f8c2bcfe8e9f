import type { Call } from '../../../types.ts';
import { uniformNumbers } from '../../../seeds.ts';
import type { ChatTokenizer } from './chat-tokenizer.ts';
import type { PrefixMemory } from './prefix-memory.ts';
import { featuresFrom, type Prompt } from './prompt.ts';
import type { Reading, Sampling, TextModel } from './text-model.ts';

/** Tokens that one run writes: what crosses between the graph and this process does so once for all of them. */
const CHUNK = 16;

export interface GenerateOptions extends Sampling {
  readonly maxTokens: number;
  readonly seed: number;
  /** The answer is done once it has one of these; they belong to it. */
  readonly stopAfter: readonly string[];
}

export interface Writer {
  readonly model: TextModel;
  readonly tokenizer: ChatTokenizer;
  readonly memory: PrefixMemory;
}

/**
 * Answers a prompt. Yields the text as it comes, in whole characters; returns all of it. Between two chunks of tokens it
 * hears the signal.
 */
export async function* generate(
  { model, tokenizer, memory }: Writer,
  prompt: Prompt,
  { maxTokens, seed, stopAfter, ...sampling }: GenerateOptions,
  { signal }: Call,
): AsyncGenerator<string, string> {
  const { stopTokens } = model.config.generation;
  const uniform = uniformNumbers(seed);
  const chosen: number[] = [];
  let said = '';
  let reading = beginning(model, memory, prompt);
  while (chosen.length < maxTokens) {
    signal.throwIfAborted();
    const limit = Math.min(CHUNK, maxTokens - chosen.length);
    const uniforms = Float32Array.from({ length: limit }, uniform);
    const written = await model.write(reading, uniforms, sampling, [...prompt.tokens, ...chosen]);
    if (chosen.length === 0) memory.keep(prompt, written.cache);
    const ended = stopTokens.includes(written.chosen.at(-1) ?? -1);
    chosen.push(...(ended ? written.chosen.slice(0, -1) : written.chosen));

    const text = upToStop(tokenizer.decode(chosen), stopAfter);
    const whole = ended || text.stopped ? text.text : text.text.replace(/\uFFFD+$/, '');
    if (whole.length > said.length) yield whole.slice(said.length);
    said = whole;
    if (ended || text.stopped) break;
    reading = goingOn(reading, written.chosen, written.cache);
  }
  return said;
}

function beginning(model: TextModel, memory: PrefixMemory, prompt: Prompt): Reading {
  const cache = memory.recall(prompt) ?? model.nothing;
  const { tokens: from } = cache;
  const [times, rows, columns] = prompt.positions.values;
  return {
    tokens: prompt.tokens.slice(from),
    features: featuresFrom(prompt, from, model.config.imageToken),
    positions: [times.slice(from), rows.slice(from), columns.slice(from)],
    nextPosition: prompt.positions.next,
    cache,
  };
}

/** The last token was chosen but not read yet. */
function goingOn(
  { nextPosition }: Reading,
  chosen: readonly number[],
  cache: Reading['cache'],
): Reading {
  const place = nextPosition + chosen.length - 1;
  return {
    tokens: chosen.slice(-1),
    features: new Float32Array(0),
    positions: [[place], [place], [place]],
    nextPosition: place + 1,
    cache,
  };
}

/** The text up to the end of the first of the marks that is in it. */
function upToStop(text: string, marks: readonly string[]): { text: string; stopped: boolean } {
  const ends = marks.flatMap((mark) => {
    const at = text.indexOf(mark);
    return at < 0 ? [] : [at + mark.length];
  });
  return ends.length === 0
    ? { text, stopped: false }
    : { text: text.slice(0, Math.min(...ends)), stopped: true };
}
