import type { EncodedImage } from '../image/types.ts';
import type { EarlierTurn } from './types.ts';

/**
 * Whether a plan may begin again from the source: what was changed within a mask alone can't be made again
 * without it.
 */
export const canStartAgain = ({
  mask,
  history,
}: {
  readonly mask?: EncodedImage | undefined;
  readonly history: readonly EarlierTurn[];
}): boolean => !mask && history.every(({ hasMask }) => !hasMask);
