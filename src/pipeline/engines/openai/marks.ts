import sharp from 'sharp';

import { untilAborted } from '../../../image/until-aborted.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';

/** The rectangle around all that a mask marks: percent of the width from the left, of the height from the top. */
export interface Marks {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export async function marksIn({ bytes }: EncodedImage, { signal }: Call): Promise<Marks> {
  const reading = sharp(bytes).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const { data, info } = await untilAborted(reading, signal);
  const { width, height } = info;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0; at < data.length; at += 1) {
    if ((data[at] ?? 0) < 128) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  const percent = (side: number, whole: number) => Math.round((100 * side) / whole);
  return {
    left: percent(left, width),
    top: percent(top, height),
    right: percent(right, width),
    bottom: percent(bottom, height),
  };
}
