import type { ErrorCode } from '../../errors.ts';
import type { TurnEnd } from '../../store/records.ts';
import type { Sentences } from '../sentences.ts';

/** How turns end that did not fail, with a picture to show and without one. */
export type Endings = Readonly<
  Record<
    Exclude<TurnEnd['state'], 'failed' | 'declined'>,
    { readonly withPicture: string; readonly without: string }
  >
>;

/** @param restOf A failure with the picture that there was nevertheless. */
export function endedBy(
  endings: Endings,
  failures: Readonly<Record<ErrorCode, string>>,
  restOf: (failure: string) => string,
): Sentences['ended'] {
  return (state, rounds, code) => {
    if (state !== 'failed' && state !== 'declined') {
      return rounds > 0 ? endings[state].withPicture : endings[state].without;
    }
    const failure = failures[code ?? 'INTERNAL'];
    return rounds > 0 ? restOf(failure) : failure;
  };
}
