import sharp from 'sharp';

import { untilAborted } from '../../../image/until-aborted.ts';
import type { EncodedImage } from '../../../image/types.ts';
import { readCanvas } from '../../canvas.ts';
import type { Call, ReflectInput, Scores } from '../../types.ts';

interface Fault {
  readonly critique: string;
  readonly scores: Scores;
}

/** Two shapes are one within it; editors paint in steps of 16 pixels and more. */
const RATIO_TOLERANCE = 0.05;

/** Differences of two pictures by coding and scaling stay below it; of 255. */
const LEAST_CHANGE = 2.5;
const LOOK_SIDE = 192;

/** What is wrong with a result that no model needs to look at; undefined where nothing is. */
export async function plainFault(
  { base, edited, target }: ReflectInput,
  call: Call,
): Promise<Fault | undefined> {
  const { canvas = base } = readCanvas(target);
  const change = edited.width / edited.height / (canvas.width / canvas.height);
  if (Math.abs(Math.log(change)) > RATIO_TOLERANCE) {
    return {
      critique: 'The picture came back in another shape than was asked for.',
      scores: { editSuccess: 0, overEdit: 0, naturalness: 10, artifacts: 10 },
    };
  }
  if (canvas === base && (await largestChange(base, edited, call)) < LEAST_CHANGE) {
    return {
      critique: 'The edit changed nothing that can be seen.',
      scores: { editSuccess: 0, overEdit: 10, naturalness: 10, artifacts: 10 },
    };
  }
  return undefined;
}

/** The largest difference of a small patch, 0 to 255. */
async function largestChange(one: EncodedImage, other: EncodedImage, call: Call): Promise<number> {
  const [before, after] = await untilAborted(
    Promise.all([smallCopy(one), smallCopy(other)]),
    call.signal,
  );
  let most = 0;
  for (let at = 0; at < before.length; at += 1) {
    most = Math.max(most, Math.abs((before[at] ?? 0) - (after[at] ?? 0)));
  }
  return most;
}

/** Of the same size for both, its pixels means of so many that noise is gone. */
function smallCopy({ bytes }: EncodedImage): Promise<Buffer> {
  return sharp(bytes, { limitInputPixels: false })
    .autoOrient()
    .resize(LOOK_SIDE, LOOK_SIDE, { fit: 'fill', kernel: 'linear' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .blur(1)
    .raw()
    .toBuffer();
}
