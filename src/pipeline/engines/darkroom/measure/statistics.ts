import type { Photo } from './photo.ts';
import { weightsAt, type Mask } from '../pixels/mask.ts';
import type { Area } from './area.ts';

/** What was measured of a picture or of a region of it. Lightness is L*, 0 to 100; a*, b*, chroma in CIE Lab. */
export interface Statistics {
  readonly medianLightness: number;
  /** 1st percentile of L*. */
  readonly blackPoint: number;
  /** 15th percentile of L*. */
  readonly darkTones: number;
  /** 85th percentile of L*. */
  readonly lightTones: number;
  /** Standard deviation of L*. */
  readonly lightnessSpread: number;
  /** Share of pixels with a channel at its end, percent. */
  readonly clippedHighlights: number;
  /** Share of pixels that are black in all channels, percent. */
  readonly crushedShadows: number;
  /** Mean b*: positive is yellow, negative blue. */
  readonly warmth: number;
  readonly meanChroma: number;
  /** Mean chroma of the two thirds of the pixels with the least. */
  readonly mutedChroma: number;
  /** 99th percentile of chroma: 0 for a picture without colour. */
  readonly strongestChroma: number;
  /** Mean change of L* from one pixel to the next. */
  readonly edgeStrength: number;
  readonly cast: Cast;
}

/** What grey has become: the a* and b* of those pixels that are neutral but for a common tint. */
export interface Cast {
  readonly a: number;
  readonly b: number;
  /** Share of pixels that agree on it, 0 to 1. */
  readonly share: number;
}

const BINS_PER_UNIT = 10;

const measuredAlready = new WeakMap<Photo, Map<Mask | undefined, Statistics>>();

/** Measures an area of a picture, or all of it, once. */
export function statisticsOf(photo: Photo, area?: Area): Statistics {
  const mask = area?.mask;
  const ofPhoto = measuredAlready.get(photo) ?? new Map<Mask | undefined, Statistics>();
  measuredAlready.set(photo, ofPhoto);
  const earlier = ofPhoto.get(mask);
  if (earlier) return earlier;
  const statistics = measure(photo, pixelsIn(photo, mask));
  ofPhoto.set(mask, statistics);
  return statistics;
}

/** Indices of the visible pixels that a mask covers at least by half. */
function pixelsIn(photo: Photo, mask: Mask | undefined): Uint32Array {
  const { width, height } = photo.copy;
  const indices = new Uint32Array(width * height);
  if (!mask && !photo.visible) return indices.map((_, pixel) => pixel);
  const weights = mask && weightsAt(mask, photo.copy);
  let count = 0;
  for (let pixel = 0; pixel < indices.length; pixel += 1) {
    if (photo.visible && photo.visible[pixel] === 0) continue;
    if (weights && (weights[pixel] as number) < 128) continue;
    indices[count] = pixel;
    count += 1;
  }
  return indices.subarray(0, count);
}

function measure(photo: Photo, pixels: Uint32Array): Statistics {
  const { lightness, a, b, copy } = photo;
  const lights = new Uint32Array(100 * BINS_PER_UNIT + 1);
  const chromas = new Uint32Array(200 * BINS_PER_UNIT + 1);
  let sum = 0;
  let sumOfSquares = 0;
  let sumOfChroma = 0;
  let sumOfB = 0;
  let clipped = 0;
  let crushed = 0;
  let edges = 0;
  for (const pixel of pixels) {
    const light = lightness[pixel] as number;
    const pixelA = a[pixel] as number;
    const pixelB = b[pixel] as number;
    const chroma = Math.sqrt(pixelA * pixelA + pixelB * pixelB);
    sum += light;
    sumOfSquares += light * light;
    sumOfChroma += chroma;
    sumOfB += pixelB;
    tally(lights, light);
    tally(chromas, chroma);
    const red = copy.rgb[pixel * 3] as number;
    const green = copy.rgb[pixel * 3 + 1] as number;
    const blue = copy.rgb[pixel * 3 + 2] as number;
    if (red === 255 || green === 255 || blue === 255) clipped += 1;
    if (red <= 1 && green <= 1 && blue <= 1) crushed += 1;
    const next = lightness[pixel + 1];
    if (next !== undefined) edges += Math.abs(next - light);
  }
  const total = Math.max(1, pixels.length);
  const mean = sum / total;
  return {
    medianLightness: percentile(lights, total, 0.5),
    blackPoint: percentile(lights, total, 0.01),
    darkTones: percentile(lights, total, 0.15),
    lightTones: percentile(lights, total, 0.85),
    lightnessSpread: Math.sqrt(Math.max(0, sumOfSquares / total - mean * mean)),
    clippedHighlights: (100 * clipped) / total,
    crushedShadows: (100 * crushed) / total,
    warmth: sumOfB / total,
    meanChroma: sumOfChroma / total,
    mutedChroma: meanOfLeast(chromas, total, 2 / 3),
    strongestChroma: percentile(chromas, total, 0.99),
    edgeStrength: edges / total,
    cast: castOf(photo, pixels),
  };
}

function tally(bins: Uint32Array, value: number): void {
  const bin = Math.min(bins.length - 1, Math.max(0, (value * BINS_PER_UNIT + 0.5) | 0));
  bins[bin] = (bins[bin] as number) + 1;
}

function percentile(bins: Uint32Array, total: number, share: number): number {
  let below = 0;
  for (let bin = 0; bin < bins.length; bin += 1) {
    below += bins[bin] as number;
    if (below >= total * share) return bin / BINS_PER_UNIT;
  }
  return 0;
}

/** Mean of the given share of the values, taken from the least upwards. */
function meanOfLeast(bins: Uint32Array, total: number, share: number): number {
  let left = total * share;
  let sum = 0;
  for (let bin = 0; bin < bins.length && left > 0; bin += 1) {
    const counted = Math.min(left, bins[bin] as number);
    sum += (counted * bin) / BINS_PER_UNIT;
    left -= counted;
  }
  return sum / (total * share);
}

/** How far from the centre of a cast a pixel may lie to count as grey under it; Lab units. */
const CAST_RADIUS = 12;

/** A cast shows in a sample of the pixels as well as in all. */
const CAST_SAMPLES = 60_000;

/**
 * Mean shift over (a*, b*) that starts at the mean of all mid-tones and settles on the cluster
 * that the greys make under a common tint. Strong colours fall out of it, as grey-world's mean
 * alone would not let them.
 */
function castOf({ lightness, a, b }: Photo, pixels: Uint32Array): Cast {
  let centerA = 0;
  let centerB = 0;
  let squaredRadius = Infinity;
  let share = 0;
  const step = Math.max(1, Math.floor(pixels.length / CAST_SAMPLES));
  for (let pass = 0; pass < 8; pass += 1) {
    let sumA = 0;
    let sumB = 0;
    let inside = 0;
    let mids = 0;
    for (let at = 0; at < pixels.length; at += step) {
      const pixel = pixels[at] as number;
      const light = lightness[pixel] as number;
      if (light < 12 || light > 97) continue;
      mids += 1;
      const pixelA = a[pixel] as number;
      const pixelB = b[pixel] as number;
      const offA = pixelA - centerA;
      const offB = pixelB - centerB;
      if (offA * offA + offB * offB > squaredRadius) continue;
      sumA += pixelA;
      sumB += pixelB;
      inside += 1;
    }
    if (inside === 0) return { a: 0, b: 0, share: 0 };
    centerA = sumA / inside;
    centerB = sumB / inside;
    share = inside / mids;
    squaredRadius = CAST_RADIUS ** 2;
  }
  return { a: centerA, b: centerB, share };
}
