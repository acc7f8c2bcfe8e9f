import type { Call } from '../../../types.ts';
import type { Linear } from './guided.ts';
import { blockMoments, coarser, halved, type Moments } from './moments.ts';
import { noiseVariance } from './noise-level.ts';
import { isDeep, type Pixels } from './pixels.ts';
import { boxMean, greenOf, lumaOf, type Plane } from './plane.ts';
import { inChunks, pause } from './rows.ts';
import { shrinkage, windowVariance } from './shrinkage.ts';

export interface Denoising {
  /** 0 (none) to 3; what stays of the noise of smooth places is about `exp(-strength)` of it. */
  readonly strength: number;
}

/** How many blocks windows reach to each side. */
const RADIUS = 2;

/**
 * Noise reduction that keeps edges: every place is moved towards the mean around it by as much as
 * its variance is explained by noise, in luma and in two color differences. Texture that is no
 * stronger than the noise goes with it. Alpha is left alone.
 */
export async function denoise(
  pixels: Pixels,
  { strength }: Denoising,
  call: Call,
): Promise<Pixels> {
  const [luma, blue, red] = await blockMoments(pixels, call);
  // Noise in color is coarser and its detail rarer, so that its blocks are larger.
  const coarseLuma = halved(luma.mean);
  const share = 1 - Math.exp(-strength);
  const filters = [
    await filterOf(luma, luma.mean, share, call),
    await filterOf(coarser(blue), coarseLuma, share, call),
    await filterOf(coarser(red), coarseLuma, share, call),
  ] as const;
  return applied(pixels, filters, call);
}

async function filterOf(moments: Moments, luma: Plane, share: number, call: Call): Promise<Linear> {
  const means = boxMean(moments.mean, RADIUS);
  const variance = windowVariance(means, boxMean(moments.square, RADIUS));
  await pause(call);
  const noise = noiseVariance(moments, variance, luma);
  const filter = shrinkage(means, variance, { noise, share, radius: RADIUS });
  await pause(call);
  return filter;
}

async function applied(
  pixels: Pixels,
  filters: readonly [luma: Linear, blue: Linear, red: Linear],
  call: Call,
): Promise<Pixels> {
  const { width, height, channels } = pixels;
  const data = pixels.data.slice();
  const max = isDeep(pixels) ? 65_535 : 255;
  const [luma, blue, red] = filters;
  // A block's pixels are all filtered alike: a mix with the next block would wash out edges.
  const lumaBlocks = luma.slope.width;
  const colourBlocks = blue.slope.width;
  const { data: lumaSlope } = luma.slope;
  const { data: lumaOffset } = luma.offset;
  const { data: blueSlope } = blue.slope;
  const { data: blueOffset } = blue.offset;
  const { data: redSlope } = red.slope;
  const { data: redOffset } = red.offset;
  await inChunks(
    height,
    (from, to) => {
      for (let y = from; y < to; y += 1) {
        const lumaRow = (y >> 1) * lumaBlocks;
        const colourRow = (y >> 2) * colourBlocks;
        for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
          const block = lumaRow + (x >> 1);
          const colour = colourRow + (x >> 2);
          const redBefore = data[at] as number;
          const blueBefore = data[at + 2] as number;
          const before = lumaOf(redBefore, data[at + 1] as number, blueBefore);
          const after = (lumaSlope[block] as number) * before + max * (lumaOffset[block] as number);
          const toRed =
            (redSlope[colour] as number) * (redBefore - before) +
            max * (redOffset[colour] as number);
          const toBlue =
            (blueSlope[colour] as number) * (blueBefore - before) +
            max * (blueOffset[colour] as number);
          data[at] = clamped(after + toRed, max);
          data[at + 1] = clamped(after + greenOf(toRed, toBlue), max);
          data[at + 2] = clamped(after + toBlue, max);
        }
      }
    },
    call,
  );
  return { ...pixels, data };
}

const clamped = (value: number, max: number): number =>
  value <= 0 ? 0 : value >= max ? max : value + 0.5;
