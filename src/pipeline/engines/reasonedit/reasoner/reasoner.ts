import type { EncodedImage } from '../../../../image/types.ts';
import { canStartAgain } from '../../../start-again.ts';
import { deriveSeed } from '../../../seeds.ts';
import type {
  Call,
  Exchange,
  Reasoner,
  ReflectInput,
  Reflection,
  Scores,
  ThinkInput,
  Thought,
} from '../../../types.ts';
import type { Qwen } from '../qwen/qwen.ts';
import { fillPrompt, languageOf, type Fields } from './fill-prompt.ts';
import type { CallPrompt, Prompts } from './prompts.ts';
import {
  readAssessment,
  readConclusion,
  readScores,
  readThought,
  type Assessment,
} from './readings.ts';
import { showing } from './tags.ts';

/** The model as the reasoner needs it. */
export type Answering = Pick<Qwen, 'answer' | 'repetitionPenalty'>;

/** How the model is asked. */
export interface ReasonerSettings {
  readonly temperature: number;
  readonly topP: number;
  /** Tokens of an answer at most. */
  readonly maxTokens: number;
  /** How often a question is put whose answer can't be read. */
  readonly attempts: number;
  /** Whether what a result is to show is worked out once for all rounds that it is the same for. */
  readonly describeOnce: boolean;
}

export const REASONER_DEFAULTS = {
  temperature: 0.7,
  topP: 0.9,
  maxTokens: 512,
  attempts: 3,
  describeOnce: true,
} as const satisfies ReasonerSettings;

/** As the released loop does it, for comparison. */
export const REASONER_AS_RELEASED = {
  ...REASONER_DEFAULTS,
  maxTokens: 128,
  attempts: 20,
  describeOnce: false,
} as const satisfies ReasonerSettings;

/** After so many edits of edits the picture has suffered: they are merged into one of the first. */
const LONG_CHAIN = 4;

const UNREADABLE = 'I could not come to a clear judgement of this round.';

/**
 * The reasoner of the loop (paper, section 3): thinks, and reflects by five questions to the model.
 * @param open Gives the model; called for each of the loop's steps, since it may leave the device between them.
 */
export function createReasoner(
  open: () => Promise<Answering>,
  prompts: Prompts,
  settings: ReasonerSettings,
): Reasoner {
  const descriptions = new Descriptions();
  return {
    async *think(input, call) {
      const asker: Asker = { qwen: await open(), settings, seed: input.seed, call };
      return yield* think(asker, prompts, input);
    },
    async *reflect(input, call) {
      const asker: Asker = { qwen: await open(), settings, seed: input.seed, call };
      return yield* reflect(asker, prompts, input, descriptions);
    },
  };
}

interface Asker {
  readonly qwen: Answering;
  readonly settings: ReasonerSettings;
  readonly seed: number;
  readonly call: Call;
}

async function* think(
  asker: Asker,
  prompts: Prompts,
  { prompt, latest, history, exchanges, mask }: ThinkInput,
): AsyncGenerator<string, Thought> {
  const isFree = canStartAgain({ mask, history });
  const request = wordsOf(prompt, exchanges);
  const chat = fillPrompt(prompts.think, {
    source: latest,
    request,
    history: isFree ? historyOf(history.map(({ instruction }) => instruction)) : '',
    language: languageOf(request),
  });
  const answer = yield* showing(asker.qwen.answer(chat, optionsOf(asker, 'think'), asker.call));
  const thought = readThought(answer, request);
  return thought.kind === 'plan' && !isFree ? { ...thought, base: 'latest' } : thought;
}

async function* reflect(
  asker: Asker,
  prompts: Prompts,
  { prompt, target, base, edited }: ReflectInput,
  descriptions: Descriptions,
): AsyncGenerator<string, Reflection> {
  const fields = {
    source: base,
    edited,
    request: prompt,
    instruction: target,
    language: languageOf(target),
  };
  const description = await describe(asker, prompts.describe, fields, descriptions);
  const assessing = { ...fields, description };
  const assessment = await ask(asker, 'assess', prompts.assess, assessing, readAssessment);
  const concluding = { ...fields, ...ofAssessment(assessment) };
  const conclusion = yield* askAloud(asker, prompts.conclude, concluding);
  const [editSuccess, overEdit] = (await ask(
    asker,
    'scoreEdit',
    prompts.scoreEdit,
    fields,
    readScores,
  )) ?? [0, 0];
  const [naturalness, artifacts] = (await ask(
    asker,
    'scoreQuality',
    prompts.scoreQuality,
    fields,
    readScores,
  )) ?? [0, 0];
  const scores: Scores = { editSuccess, overEdit, naturalness, artifacts };
  return { ...conclusion, scores };
}

const ofAssessment = (assessment: Assessment | undefined): Pick<Fields, 'score' | 'reason'> =>
  assessment === undefined
    ? { score: 'N/A', reason: '' }
    : { score: String(assessment.score), reason: assessment.reason };

/** What the result is to show depends on the picture and the instruction alone, and so does its seed. */
async function describe(
  asker: Asker,
  prompt: CallPrompt,
  fields: Partial<Fields> & { readonly source: EncodedImage; readonly instruction: string },
  descriptions: Descriptions,
): Promise<string> {
  const { source, instruction } = fields;
  const once = asker.settings.describeOnce;
  const known = once ? descriptions.get(source, instruction) : undefined;
  if (known !== undefined) return known;
  const seed = once ? deriveSeed(0, `describe ${instruction}`) : asker.seed;
  const described = await ask({ ...asker, seed }, 'describe', prompt, fields, (answer) =>
    answer.trim() === '' ? undefined : answer.trim(),
  );
  descriptions.set(source, instruction, described ?? instruction);
  return described ?? instruction;
}

/** Asks until the answer can be read, each time with another seed. */
async function ask<Reading>(
  asker: Asker,
  name: string,
  prompt: CallPrompt,
  fields: Partial<Fields>,
  read: (answer: string) => Reading | undefined,
): Promise<Reading | undefined> {
  const chat = fillPrompt(prompt, fields);
  for (let attempt = 1; attempt <= asker.settings.attempts; attempt++) {
    const options = optionsOf(asker, `${name} ${attempt}`);
    const reading = read(await whole(asker.qwen.answer(chat, options, asker.call)));
    if (reading !== undefined) return reading;
  }
  return undefined;
}

/** Asks for the conclusion, and lets its reasoning be heard. An unreadable one throws the round away, as in the released loop. */
async function* askAloud(
  asker: Asker,
  prompt: CallPrompt,
  fields: Partial<Fields>,
): AsyncGenerator<string, NonNullable<ReturnType<typeof readConclusion>>> {
  const chat = fillPrompt(prompt, fields);
  for (let attempt = 1; attempt <= asker.settings.attempts; attempt++) {
    const options = { ...optionsOf(asker, `conclude ${attempt}`), stopAfter: FINAL_TAGS };
    if (attempt > 1) yield '\n';
    const answer = yield* showing(asker.qwen.answer(chat, options, asker.call));
    const conclusion = readConclusion(answer);
    if (conclusion !== undefined) return conclusion;
  }
  return { critique: UNREADABLE, verdict: 'revert' };
}

/** Nothing of use comes after these. */
const FINAL_TAGS = ['<#Success>', '<#Failed>', '<#Others>'];

function optionsOf({ qwen, settings, seed }: Asker, label: string) {
  const { temperature, topP, maxTokens } = settings;
  const penalty = qwen.repetitionPenalty;
  return { temperature, topP, maxTokens, penalty, seed: deriveSeed(seed, label), stopAfter: [] };
}

async function whole(answer: AsyncGenerator<string, string>): Promise<string> {
  let next = await answer.next();
  while (!next.done) next = await answer.next();
  return next.value;
}

/** All that the user said in the matter. */
const wordsOf = (prompt: string, exchanges: readonly Exchange[]): string =>
  [...exchanges.map((exchange) => exchange.prompt), prompt].join('\n');

function historyOf(instructions: readonly string[]): string {
  if (instructions.length === 0) return '';
  const done = instructions.map((instruction) => `"${instruction}"`).join(', then ');
  const when =
    instructions.length >= LONG_CHAIN
      ? 'Since the picture was edited often'
      : 'If the request takes back or changes some of that';
  return `The picture came of earlier edits: ${done}. ${when}, write <#Again> instead of <#Instruction>, and after it one instruction that holds all that is to be done to the original picture.\n`;
}

/** What was worked out before, as long as somebody holds the picture. */
class Descriptions {
  readonly #known = new WeakMap<EncodedImage, Map<string, string>>();

  get(image: EncodedImage, instruction: string): string | undefined {
    return this.#known.get(image)?.get(instruction);
  }

  set(image: EncodedImage, instruction: string, description: string): void {
    const ofImage = this.#known.get(image) ?? new Map<string, string>();
    this.#known.set(image, ofImage.set(instruction, description));
  }
}
