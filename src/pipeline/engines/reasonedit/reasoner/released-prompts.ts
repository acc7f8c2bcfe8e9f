import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '../../../../errors.ts';
import { Prompts, PROMPTS_FILE, type CallPrompt } from './prompts.ts';
import { readTexts } from './python-strings.ts';

/** Where the released code has its pipelines, seen from the top of its repository. */
const PACKAGE = join('src', 'diffusers', 'pipelines', 'step1x_edit');
const THINKER = 'pipeline_step1x_edit_thinker.py';
const PIPELINE = 'pipeline_step1x_edit_v1p2.py';

/** The functions that make the messages of each kind of call. */
const FUNCTIONS = {
  think: 'build_reformt_prompt',
  describe: 'build_descriptions_messages',
  assess: '_build_scoring_messages',
  conclude: '_build_reflection_messages',
  scoreEdit: '_build_score1_messages',
  scoreQuality: '_build_score2_messages',
} as const;

/** What the released code calls what our prompts call otherwise. */
const FIELDS: Readonly<Record<string, string>> = {
  original_instruction: 'request',
  instruction_cn: 'instruction',
  language_type: 'language',
  prior_score: 'score',
  prior_reason: 'reason',
  source_image_data_url: 'source',
  src_img_data_url: 'source',
  tgt_img_data_url: 'edited',
  img_data_url: 'edited',
};

const fieldOf = (name: string): string => FIELDS[name] ?? name;

/**
 * Takes the prompts that the published weights were tuned with out of the code that was released with them.
 * @param source A copy of that code: its repository, or the folder of its Step1X-Edit pipelines.
 * @throws {AppError} `BAD_USAGE` when they are not there.
 */
export async function readReleasedPrompts(source: string): Promise<Prompts> {
  const inside = join(source, PACKAGE);
  const folder = existsSync(join(inside, THINKER)) ? inside : source;
  let code: { thinker: string; pipeline: string };
  try {
    code = {
      thinker: await readFile(join(folder, THINKER), 'utf8'),
      pipeline: await readFile(join(folder, PIPELINE), 'utf8'),
    };
  } catch (error) {
    throw notFound(source, `it lacks ${THINKER} or ${PIPELINE}`, error);
  }
  const english = code.thinker.split(/^class ImageEditEvaluator_EN\b/m)[1];
  if (english === undefined) throw notFound(source, `${THINKER} has no ImageEditEvaluator_EN`);
  const calls = Object.entries(FUNCTIONS).map(([kind, name]) => [kind, readCall(english, name)]);
  const prompts = Prompts.safeParse({
    condition: {
      text: readTexts(code.pipeline, fieldOf).get('EDIT_PREFIX'),
      tokens: Number(/QWEN25VL_PREFIX_LEN = (\d+)/.exec(code.pipeline)?.[1]),
    },
    ...Object.fromEntries(calls),
  });
  if (prompts.success) return prompts.data;
  const [issue] = prompts.error.issues;
  throw notFound(source, `there is no "${issue?.path.join('.')}"`, prompts.error);
}

/**
 * Puts them beside a checkpoint, where the engine looks for them.
 * @throws {AppError} `BAD_USAGE`, or `OUTPUT_NOT_WRITABLE`.
 */
export async function writeReleasedPrompts(source: string, checkpoint: string): Promise<void> {
  const prompts = await readReleasedPrompts(source);
  try {
    const text = `${JSON.stringify(prompts, undefined, 2)}\n`;
    await writeFile(join(checkpoint, PROMPTS_FILE), text);
  } catch (error) {
    throw new AppError(
      'OUTPUT_NOT_WRITABLE',
      `The prompts can't be written into ${checkpoint}; make it writable.`,
      { cause: error },
    );
  }
}

/** The messages that a function returns, with pictures and text in its order. */
function readCall(code: string, name: string): Partial<CallPrompt> {
  const [, body = ''] = code.split(new RegExp(`^    def ${name}\\(`, 'm'));
  const [own = ''] = body.split(/^ {4}(?:def |@)/m);
  const texts = readTexts(own, fieldOf);
  const [, system] = /"role": "system",\s*"content": (\w+)/.exec(own) ?? [];
  const parts = own.matchAll(/"url": (\w+)|"type": "text",\s*"text": (\w+)/g);
  const user = Array.from(parts, ([, picture, text = '']) =>
    picture === undefined ? (texts.get(text) ?? '') : `{${fieldOf(picture)}}`,
  );
  const said = system === undefined ? undefined : texts.get(system);
  return { ...(said !== undefined && { system: said }), user: user.join('') };
}

const notFound = (source: string, problem: string, cause?: unknown): AppError =>
  new AppError('BAD_USAGE', `No prompts were found in ${source}: ${problem}.`, { cause });
