import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { AppError } from '../../../../errors.ts';
import { BUILT_IN_LOOKS } from './built-in.ts';

const Look = z.strictObject({
  /** As it is told to the user. */
  name: z.string().min(1),
  /** What asks for it: regular expressions over the lower-case request, matched as whole words. */
  words: z.array(z.string().min(1).refine(isPattern, 'is no regular expression')).min(1),
  /** What is known of it, in one sentence. */
  because: z.string().min(1),
  /** What makes it, as requests in the engine's own English. */
  steps: z.array(z.string().min(1)).min(1),
});
const Looks = z.array(Look);

/** A mood or style by its name, and what makes it. */
export type Look = z.infer<typeof Look>;

/**
 * The looks that come with the project, and before them an operator's own, so that those can stand
 * in for them.
 * @param file Path of a JSON file that holds an array of looks.
 * @throws {AppError} `BAD_SETTINGS` with what is wrong about the file.
 */
export function loadLooks(file?: string): readonly Look[] {
  return file === undefined ? BUILT_IN_LOOKS : [...readOwn(file), ...BUILT_IN_LOOKS];
}

function readOwn(file: string): Look[] {
  try {
    return Looks.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const what =
      error instanceof z.ZodError
        ? `${error.issues[0]?.path.join('.') ?? ''}: ${error.issues[0]?.message ?? 'unreadable'}`
        : error instanceof Error
          ? error.message
          : 'unreadable';
    throw new AppError('BAD_SETTINGS', `The file of looks can't be used (${what}).`, {
      cause: error,
    });
  }
}

function isPattern(words: string): boolean {
  try {
    return new RegExp(words) instanceof RegExp;
  } catch {
    return false;
  }
}
