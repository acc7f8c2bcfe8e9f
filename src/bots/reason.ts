import type { AppError } from '../errors.ts';
import type { Sentences } from './sentences.ts';

/**
 * Why something did not come to be, for who asked for it. What the bot lacks only the error itself names, and that
 * in English.
 */
export function reasonOf(
  { code, message }: AppError,
  { failures, locale }: Pick<Sentences, 'failures' | 'locale'>,
): string {
  if (code !== 'NOT_PERMITTED') return failures[code];
  return locale === 'en' ? message : `${failures[code]} ${message}`;
}
