import type { AppError } from '../../errors.ts';
import type { Sentences } from '../sentences.ts';

/** Why something did not come to be, for who asked for it. What the bot lacks the error itself names. */
export function reasonOf({ code, message }: AppError, { failures }: Sentences): string {
  return code === 'NOT_PERMITTED' ? message : failures[code];
}
