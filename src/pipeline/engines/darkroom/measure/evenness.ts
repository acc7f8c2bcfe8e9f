import type { Area } from './area.ts';
import { countedIn } from './counted.ts';
import type { Photo } from './photo.ts';

/** Parts of the picture along each side. */
const PARTS = 6;
/** Steps of L* that count as different tones. */
const TONES = 40;

/**
 * How evenly each part of a picture uses all tones, percent: the mean over 6 × 6 parts of the
 * entropy of L*. 0 where each part is of one tone, 100 where each shows all tones alike. It is what
 * equalizing tones part by part raises.
 */
export function evennessOf(photo: Photo, area?: Area): number {
  const { width, height } = photo.copy;
  const counted = countedIn(photo, area);
  const counts = new Float64Array(PARTS * PARTS * TONES);
  for (let y = 0, pixel = 0; y < height; y += 1) {
    const row = Math.floor((y * PARTS) / height) * PARTS;
    for (let x = 0; x < width; x += 1, pixel += 1) {
      if (!counted(pixel)) continue;
      const tone = Math.min(
        TONES - 1,
        Math.floor(((photo.lightness[pixel] as number) * TONES) / 100),
      );
      const cell = (row + Math.floor((x * PARTS) / width)) * TONES + Math.max(0, tone);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  let sum = 0;
  let pixels = 0;
  for (let part = 0; part < PARTS * PARTS; part += 1) {
    const own = counts.subarray(part * TONES, (part + 1) * TONES);
    const total = own.reduce((all, count) => all + count, 0);
    sum += total * entropy(own, total);
    pixels += total;
  }
  return (100 * sum) / Math.max(1, pixels);
}

/** 0 for one tone, 1 for all of them alike. */
function entropy(counts: Float64Array, total: number): number {
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / total) * Math.log2(count / total);
  }
  return bits / Math.log2(counts.length);
}
