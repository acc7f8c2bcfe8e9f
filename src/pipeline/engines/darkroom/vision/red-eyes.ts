import type { Box } from '../pixels/box.ts';
import { dilate } from '../pixels/dilate.ts';
import type { Mask } from '../pixels/mask.ts';
import { componentsOf } from './components.ts';
import type { Copy } from './copy.ts';

/** A pupil that reflects a flash. */
export interface RedEye {
  /** Pixels of the copy. */
  readonly box: Box;
  /** 1 for its red pixels, of the box's size. */
  readonly pupil: Uint8Array;
}

/** Red of a flash: least level, and times the level of green and of blue. */
const RED = { least: 60, times: 1.65 } as const;
/** A pupil is this much redder on average than green and blue; levels. */
const LEAST_REDNESS = 70;
/** Pixels of the smallest pupil, and the largest side as a share of the copy's long side. */
const SIZE = { least: 10, largest: 0.09 } as const;
/** Round is nearly as wide as high, and fills so much of its box. */
const ROUND = { sides: 1.7, fill: 0.55 } as const;
/** How far the eye and the face reach around the pupil, in its diameters. */
const EYE = 0.7;
const FACE = 2.2;
/** Least shares of white or dark in the eye and of skin in the face; most of the same red around it. */
const LEAST = { eye: 0.2, face: 0.3 } as const;
const MOST_RED = 0.12;
/** More than these are no eyes. */
const MOST_EYES = 12;

/**
 * Finds small round saturated red in the white or dark of an eye with skin around. Red things
 * elsewhere, and larger ones, are none.
 */
export function findRedEyes(copy: Copy): RedEye[] {
  const flags = new Uint8Array(copy.width * copy.height);
  for (let pixel = 0; pixel < flags.length; pixel += 1) flags[pixel] = isRed(copy, pixel) ? 1 : 0;
  const { labels, components } = componentsOf(flags, copy);
  const side = Math.max(copy.width, copy.height);
  const eyes = components.flatMap(({ value, area, box }, label): RedEye[] => {
    if (value === 0 || area < SIZE.least) return [];
    const [long, short] = [Math.max(box.width, box.height), Math.min(box.width, box.height)];
    if (long > Math.max(4, SIZE.largest * side) || long > ROUND.sides * short) return [];
    if (area < ROUND.fill * box.width * box.height || !isInFace(copy, flags, box)) return [];
    const eye = { box, pupil: pupilIn(labels, label, box, copy.width) };
    return rednessOf(copy, [eye]) >= LEAST_REDNESS ? [eye] : [];
  });
  return eyes.length > MOST_EYES ? [] : eyes;
}

/** One mask of several pupils with a rim of one pixel, of the copy's size. */
export function maskOfRedEyes(eyes: readonly RedEye[], { width, height }: Copy): Mask {
  const weights = new Uint8Array(width * height);
  for (const { box, pupil } of eyes) {
    for (const [at, own] of pupil.entries()) {
      if (own === 0) continue;
      const row = box.top + Math.floor(at / box.width);
      weights[row * width + box.left + (at % box.width)] = 255;
    }
  }
  return { width, height, weights: dilate(weights, { width, height }, 1) };
}

/** How far red is above the mean of green and blue in the pupils, levels. */
export function rednessOf({ rgb, width }: Copy, eyes: readonly RedEye[]): number {
  let [sum, pixels] = [0, 0];
  for (const { box, pupil } of eyes) {
    for (const [place, own] of pupil.entries()) {
      if (own === 0) continue;
      const row = box.top + Math.floor(place / box.width);
      const at = (row * width + box.left + (place % box.width)) * 3;
      sum += (rgb[at] as number) - ((rgb[at + 1] as number) + (rgb[at + 2] as number)) / 2;
      pixels += 1;
    }
  }
  return pixels === 0 ? 0 : sum / pixels;
}

function isRed({ rgb }: Copy, pixel: number): boolean {
  const red = rgb[pixel * 3] as number;
  const other = Math.max(rgb[pixel * 3 + 1] as number, rgb[pixel * 3 + 2] as number);
  return red >= RED.least && red >= RED.times * other;
}

function isInFace(copy: Copy, flags: Uint8Array, box: Box): boolean {
  const diameter = Math.max(box.width, box.height);
  const [x, y] = [box.left + (box.width - 1) / 2, box.top + (box.height - 1) / 2];
  const eye = { pixels: 0, fitting: 0 };
  const face = { pixels: 0, fitting: 0, red: 0 };
  const [near, far] = [diameter * (0.5 + EYE), diameter * (0.5 + FACE) + 2];
  for (let row = Math.max(0, Math.ceil(y - far)); row <= y + far && row < copy.height; row += 1) {
    for (let column = Math.max(0, Math.ceil(x - far)); column <= x + far; column += 1) {
      if (column >= copy.width) break;
      const distance = Math.hypot(column - x, row - y);
      if (distance <= diameter / 2 + 1 || distance > far) continue;
      const pixel = row * copy.width + column;
      face.pixels += 1;
      if (flags[pixel] === 1) face.red += 1;
      if (isSkin(copy, pixel)) face.fitting += 1;
      if (distance > near + 1) continue;
      eye.pixels += 1;
      if (isWhiteOrDark(copy, pixel)) eye.fitting += 1;
    }
  }
  return (
    eye.fitting >= LEAST.eye * Math.max(1, eye.pixels) &&
    face.fitting >= LEAST.face * Math.max(1, face.pixels) &&
    face.red <= MOST_RED * face.pixels
  );
}

function isSkin({ rgb }: Copy, pixel: number): boolean {
  const [red, green, blue] = [rgb[pixel * 3], rgb[pixel * 3 + 1], rgb[pixel * 3 + 2]] as [
    number,
    number,
    number,
  ];
  return red >= 50 && red > 1.05 * green && red < 1.65 * green && green >= 0.95 * blue;
}

function isWhiteOrDark({ rgb }: Copy, pixel: number): boolean {
  const levels = [...rgb.subarray(pixel * 3, pixel * 3 + 3)];
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  return most < 70 || (most - least < 0.22 * most && most > 110);
}

function pupilIn(labels: Int32Array, label: number, box: Box, width: number): Uint8Array {
  return Uint8Array.from({ length: box.width * box.height }, (_, at) => {
    const row = box.top + Math.floor(at / box.width);
    return labels[row * width + box.left + (at % box.width)] === label ? 1 : 0;
  });
}
