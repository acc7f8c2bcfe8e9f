import { bytesToLab } from '../pixels/colour.ts';
import { boxMean } from './box-mean.ts';
import type { Copy } from './copy.ts';

/** Cells of the colour histograms along each axis of L*a*b*. */
const BINS = 12;
/** How far the surroundings reach that a subject is compared with, as a share of the long side. */
const SURROUNDINGS = 0.12;
/** A contour counts as sharp from this step of colour on, in L*a*b* over two pixels. */
const SHARP_STEP = 80;

/** What speaks for a mask being the picture's subject. All 0 to 1. */
export interface Evidence {
  /** 1 when subject and surroundings have no colour in common (1 − Bhattacharyya's coefficient). */
  readonly separation: number;
  /** How sharp the contour is. */
  readonly contour: number;
  /** How much more salient the subject is than the rest. */
  readonly standsOut: number;
  /** Share of the picture. */
  readonly area: number;
  /** Share of the smallest box around it that it fills: little where it lies in scattered pieces. */
  readonly fill: number;
  /** Share of the picture's sides and upper edge that the subject covers; portraits leave it below. */
  readonly border: number;
  /** Share of the upper edge that the subject covers. */
  readonly top: number;
}

/** Looks at a mask of 0 and 255; undefined when there is nothing in it, or nothing outside it. */
export function evidenceFor(
  mask: Uint8Array,
  copy: Copy,
  saliency: Float32Array,
): Evidence | undefined {
  const { width, height } = copy;
  const count = width * height;
  let inside = 0;
  for (const weight of mask) if (weight > 0) inside += 1;
  if (inside === 0 || inside === count) return undefined;
  const [lightness, a, b] = [0, 1, 2].map(() => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  bytesToLab(copy.rgb, lightness, a, b);
  const [inSum, outSum] = [0, 1].map((part) =>
    saliency.reduce(
      (sum, value, at) => ((mask[at] ?? 0) > 0 === (part === 0) ? sum + value : sum),
      0,
    ),
  ) as [number, number];
  return {
    separation: separation(mask, [lightness, a, b], copy),
    contour: contour(mask, [lightness, a, b], copy),
    standsOut: Math.max(0, inSum / inside - outSum / (count - inside)),
    area: inside / count,
    fill: inside / boxAround(mask, copy),
    ...edges(mask, copy),
  };
}

type Lab = readonly [Float32Array, Float32Array, Float32Array];

function separation(mask: Uint8Array, [lightness, a, b]: Lab, copy: Copy): number {
  const radius = Math.max(1, Math.round(SURROUNDINGS * Math.max(copy.width, copy.height)));
  const near = boxMean(Float32Array.from(mask), copy, radius);
  const inside = new Float32Array(BINS ** 3);
  const outside = new Float32Array(BINS ** 3);
  let [insideSum, outsideSum] = [0, 0];
  const bin = (share: number): number => Math.min(BINS - 1, Math.max(0, Math.floor(share * BINS)));
  for (let at = 0; at < mask.length; at += 1) {
    const light = bin((lightness[at] as number) / 100);
    const green = bin(((a[at] as number) + 64) / 128);
    const cell = (light * BINS + green) * BINS + bin(((b[at] as number) + 64) / 128);
    if ((mask[at] as number) > 0) {
      inside[cell] = (inside[cell] as number) + 1;
      insideSum += 1;
    } else if ((near[at] as number) > 0) {
      outside[cell] = (outside[cell] as number) + 1;
      outsideSum += 1;
    }
  }
  let common = 0;
  for (let cell = 0; cell < inside.length; cell += 1) {
    common += Math.sqrt((inside[cell] as number) * (outside[cell] as number));
  }
  return 1 - common / Math.sqrt(insideSum * Math.max(1, outsideSum));
}

function contour(mask: Uint8Array, lab: Lab, { width, height }: Copy): number {
  let [sum, length] = [0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const own = mask[at];
      const inner =
        mask[at + 1] === own &&
        mask[at - 1] === own &&
        mask[at + width] === own &&
        mask[at - width] === own;
      if (inner) continue;
      length += 1;
      for (const channel of lab) {
        const across = (channel[at + 1] as number) - (channel[at - 1] as number);
        const down = (channel[at + width] as number) - (channel[at - width] as number);
        sum += Math.hypot(across, down);
      }
    }
  }
  return length > 0 ? Math.min(1, sum / length / SHARP_STEP) : 0;
}

/** Pixels of the smallest upright box that holds the mask. */
function boxAround(mask: Uint8Array, { width, height }: Copy): number {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      if (mask[at] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return (right - left + 1) * (bottom - top + 1);
}

function edges(mask: Uint8Array, { width, height }: Copy): { border: number; top: number } {
  let [top, sides] = [0, 0];
  for (let x = 0; x < width; x += 1) if ((mask[x] as number) > 0) top += 1;
  for (let y = 0; y < height; y += 1) {
    if ((mask[y * width] as number) > 0) sides += 1;
    if ((mask[(y + 1) * width - 1] as number) > 0) sides += 1;
  }
  return { border: (sides + top) / (width + 2 * height), top: top / width };
}
