import { bytesToLab } from '../pixels/colour.ts';
import { colourOf } from '../pixels/named-colours.ts';
import type { Box } from '../pixels/box.ts';
import type { Evidence } from './goal.ts';
import { likenessOf } from './likeness.ts';
import type { Photo } from './photo.ts';

/** A frame as it came out. */
export interface Framed {
  /** Where the picture lies within `edited`, in its pixels. */
  readonly inner: Box;
  /** The picture within all frames, as it came out. */
  readonly picture: Photo;
}

/** The box of the picture in pixels of the measured copy, grown by what resampling mixes in. */
function innerOf(edited: Photo, { left, top, width, height }: Box) {
  const scaleX = edited.copy.width / edited.width;
  const scaleY = edited.copy.height / edited.height;
  const mixed = scaleX < 1 || scaleY < 1 ? 2 : 0;
  return {
    left: Math.floor(left * scaleX) - mixed,
    top: Math.floor(top * scaleY) - mixed,
    right: Math.ceil((left + width) * scaleX) + mixed,
    bottom: Math.ceil((top + height) * scaleY) + mixed,
  };
}

/**
 * How far a frame is from the colour it was to have: the mean distance in CIE Lab (ΔE*ab 1976), or
 * for a transparent frame the percentage that can be seen. 0 for a frame too thin to be measured.
 */
export function frameColourDifference({ edited, framed, params }: Evidence): number {
  if (!framed) return 100;
  const { width, height } = edited.copy;
  const inner = innerOf(edited, framed.inner);
  const written = String(params['color'] ?? params['fill']);
  const [lightness, a, b] = [new Float32Array(1), new Float32Array(1), new Float32Array(1)];
  bytesToLab(Uint8Array.from(colourOf(written)), lightness, a, b);
  const wanted = [lightness[0], a[0], b[0]] as [number, number, number];
  let sum = 0;
  let all = 0;
  let shown = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (x >= inner.left && x < inner.right && y >= inner.top && y < inner.bottom) continue;
      const pixel = y * width + x;
      const seen = edited.visible?.[pixel] !== 0;
      all += 1;
      if (written === 'transparent') sum += seen ? 100 : 0;
      else if (seen) {
        shown += 1;
        sum += Math.hypot(
          (edited.lightness[pixel] as number) - wanted[0],
          (edited.a[pixel] as number) - wanted[1],
          (edited.b[pixel] as number) - wanted[2],
        );
      }
    }
  }
  if (all === 0) return 0;
  if (written === 'transparent') return sum / all;
  // Rounded corners may have taken some of it away, but not all.
  return shown === 0 ? 100 : sum / shown;
}

/** How much detail the bars beside a picture have, as a percentage of the picture's own. */
export function frameDetail({ edited, framed }: Evidence): number {
  if (!framed) return 100;
  const { width, height } = edited.copy;
  const inner = innerOf(edited, framed.inner);
  const sums = { inside: 0, outside: 0 };
  const counts = { inside: 0, outside: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const pixel = y * width + x;
      const change = Math.abs(
        (edited.lightness[pixel + 1] as number) - (edited.lightness[pixel] as number),
      );
      const isInside = y >= inner.top && y < inner.bottom;
      if (isInside && x + 1 >= inner.left && x < inner.right) {
        sums.inside += change;
        counts.inside += 1;
      } else {
        sums.outside += change;
        counts.outside += 1;
      }
    }
  }
  const inside = sums.inside / Math.max(1, counts.inside);
  const outside = sums.outside / Math.max(1, counts.outside);
  // A picture without detail has bars without it.
  return outside < 0.05 ? 0 : (100 * outside) / Math.max(0.05, inside);
}

/** The step of L* where bars meet the picture, on the mean along its sides that have bars. */
export function frameSeam({ edited, framed }: Evidence): number {
  if (!framed) return 100;
  const { width, height } = edited.copy;
  const scaleX = width / edited.width;
  const scaleY = height / edited.height;
  const { left, top } = framed.inner;
  const sides = {
    left: Math.round(left * scaleX),
    right: Math.round((left + framed.inner.width) * scaleX),
    top: Math.round(top * scaleY),
    bottom: Math.round((top + framed.inner.height) * scaleY),
  };
  let sum = 0;
  let count = 0;
  const compare = (one: number, other: number): void => {
    sum += Math.abs((edited.lightness[one] as number) - (edited.lightness[other] as number));
    count += 1;
  };
  for (const x of [sides.left, sides.right]) {
    if (x <= 0 || x >= width) continue;
    for (let y = sides.top; y < sides.bottom; y += 1) compare(y * width + x, y * width + x - 1);
  }
  for (const y of [sides.top, sides.bottom]) {
    if (y <= 0 || y >= height) continue;
    for (let x = sides.left; x < sides.right; x += 1) compare(y * width + x, (y - 1) * width + x);
  }
  return count === 0 ? 0 : sum / count;
}

/** How much the picture in its frames looks like the picture that was framed, percent. */
export const framedLikeness = ({ base, framed }: Evidence): number =>
  framed ? likenessOf(base, framed.picture) : 0;

/** The share of the picture that is transparent, percent. */
export function transparentShare({ edited }: Evidence): number {
  if (!edited.visible) return 0;
  const seen = edited.visible.reduce((sum, each) => sum + each, 0);
  return (100 * (edited.visible.length - seen)) / edited.visible.length;
}
