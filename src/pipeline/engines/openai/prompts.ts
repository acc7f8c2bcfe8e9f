import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { AppError } from '../../../errors.ts';

/** What each prompt is told, by the names in its `{{…}}`. */
const PLACEHOLDERS = {
  system: [],
  think: ['pictures', 'history', 'exchanges', 'request', 'chain'],
  describe: ['request', 'instruction'],
  assess: ['request', 'instruction', 'told', 'target'],
  'score-edit': ['request', 'instruction'],
  'score-look': [],
  conclude: ['request', 'instruction', 'told', 'target', 'score', 'findings'],
} as const;

/** Rises when what a prompt is told, or the form of its answer, changes: older copies then no longer fit. */
const VERSION = '1';

export type PromptName = keyof typeof PLACEHOLDERS;

/** A prompt with its placeholders filled. */
export type Prompts = <Name extends PromptName>(
  name: Name,
  values: Readonly<Record<(typeof PLACEHOLDERS)[Name][number], string>>,
) => string;

const OWN = fileURLToPath(new URL('../../../../prompts', import.meta.url));

/**
 * Reads the prompts, each from the operator's folder where it has one of that name.
 * @throws {AppError} `BAD_SETTINGS` for a prompt that does not fit this release.
 */
export async function loadPrompts(folder: string | undefined): Promise<Prompts> {
  const names = Object.keys(PLACEHOLDERS) as PromptName[];
  const texts = new Map(
    await Promise.all(names.map(async (name) => [name, await loadPrompt(name, folder)] as const)),
  );
  return (name, values) => fill(texts.get(name) ?? '', values);
}

async function loadPrompt(name: PromptName, folder: string | undefined): Promise<string> {
  const own = join(OWN, `${name}.md`);
  if (folder === undefined) return bodyOf(await readFile(own, 'utf8'), name);
  try {
    return bodyOf(await readFile(join(folder, `${name}.md`), 'utf8'), name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return bodyOf(await readFile(own, 'utf8'), name);
  }
}

function bodyOf(file: string, name: PromptName): string {
  const [, version, body] = /^---\r?\nversion: (\S+)\r?\n---\r?\n([^]*)$/.exec(file) ?? [];
  if (version !== VERSION || body === undefined) {
    throw misfit(name, `it has to begin with "version: ${VERSION}" between two lines of ---`);
  }
  const used = [...body.matchAll(/\{\{(.*?)\}\}/g)].map(([, key]) => key);
  const known: readonly string[] = PLACEHOLDERS[name];
  const missing = known.find((key) => !used.includes(key));
  const unknown = used.find((key) => !known.includes(key ?? ''));
  if (missing !== undefined) throw misfit(name, `{{${missing}}} is missing`);
  if (unknown !== undefined) throw misfit(name, `nothing is known of {{${unknown}}}`);
  return body.trim();
}

function misfit(name: PromptName, why: string): AppError {
  return new AppError('BAD_SETTINGS', `The prompt ${name}.md in PROMPTS_DIR is wrong: ${why}.`);
}

/** In one pass, so that nothing in a value is taken for a placeholder. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(.*?)\}\}/g, (_, key: string) => values[key] ?? '');
}
