import type { Triple } from './colour.ts';
import { emptyPlane, type Plane } from './plane.ts';

export type Colours = readonly [red: Plane, green: Plane, blue: Plane];

/** Half a patch's side as a share of the picture's long side. */
const PATCH = 0.012;
/** The haziest share of the picture, from which the color of the haze is taken. */
const HAZIEST = 0.001;
/** Haze is bright: without this, a dim picture would count as hidden in dark haze. */
const DIMMEST = 0.55;

/**
 * The darkest value of any channel around each pixel, as a share of the haze's: about 0 in clear
 * air, 1 where nothing but haze is seen. Source: He, Sun, Tang, "Single Image Haze Removal Using
 * Dark Channel Prior", CVPR 2009.
 */
export function darkChannel([red, green, blue]: Colours, airlight: Triple): Plane {
  const darkest = emptyPlane(red);
  for (let at = 0; at < darkest.data.length; at += 1) {
    darkest.data[at] = Math.min(
      (red.data[at] as number) / airlight[0],
      (green.data[at] as number) / airlight[1],
      (blue.data[at] as number) / airlight[2],
    );
  }
  return lowestAround(darkest, patchRadius(red));
}

export const patchRadius = ({ width, height }: Plane): number =>
  Math.max(1, Math.round(PATCH * Math.max(width, height)));

/** The color of the haze itself, sRGB values from 0 to 1: the mean of where it is thickest. */
export function airlightOf(colours: Colours): Triple {
  const dark = darkChannel(colours, [1, 1, 1]);
  const count = Math.max(1, Math.ceil(dark.data.length * HAZIEST));
  const least = dark.data.toSorted()[dark.data.length - count] ?? 0;
  const sums = [0, 0, 0];
  let found = 0;
  for (let at = 0; at < dark.data.length; at += 1) {
    if ((dark.data[at] as number) < least) continue;
    found += 1;
    for (const [channel, plane] of colours.entries()) {
      sums[channel] = (sums[channel] ?? 0) + (plane.data[at] as number);
    }
  }
  const light = (channel: number): number => Math.max(DIMMEST, (sums[channel] ?? 0) / found);
  return [light(0), light(1), light(2)];
}

/** The lowest value within a square around each pixel. */
function lowestAround(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const across = lowestAlong(plane, {
    radius,
    step: 1,
    length: width,
    stride: width,
    count: height,
  });
  return lowestAlong(across, { radius, step: width, length: height, stride: 1, count: width });
}

interface Lines {
  readonly radius: number;
  readonly step: number;
  readonly length: number;
  readonly stride: number;
  readonly count: number;
}

/** A running minimum along `count` lines, `stride` apart, of `length` values `step` apart. */
function lowestAlong(plane: Plane, { radius, step, length, stride, count }: Lines): Plane {
  const result = emptyPlane(plane);
  for (let line = 0; line < count; line += 1) {
    const start = line * stride;
    for (let at = 0; at < length; at += 1) {
      let lowest = Infinity;
      const last = Math.min(length - 1, at + radius);
      for (let near = Math.max(0, at - radius); near <= last; near += 1) {
        const value = plane.data[start + near * step] as number;
        if (value < lowest) lowest = value;
      }
      result.data[start + at * step] = lowest;
    }
  }
  return result;
}
