import type { Photo } from './photo.ts';

/** How much a window that strays to the edge of the picture must gain to be preferred. */
const CENTER_BIAS = 0.2;

/**
 * Where along one axis a window of `share` of the picture's side shows the most: 0 for the start, 1
 * for the end. Counts edges and colours that stand out from the mean, and leans to the middle.
 */
export function eyeCatchingOffset(photo: Photo, axis: 'x' | 'y', share: number): number {
  const lines = interest(photo, axis);
  const window = Math.max(1, Math.round(lines.length * share));
  const last = lines.length - window;
  if (last <= 0) return 0.5;
  let sum = 0;
  for (let line = 0; line < window; line += 1) sum += lines[line] as number;
  let best = 0.5;
  let bestScore = -Infinity;
  for (let start = 0; start <= last; start += 1) {
    const offset = start / last;
    const score = sum * (1 - CENTER_BIAS * Math.abs(2 * offset - 1) ** 2);
    if (score > bestScore * (1 + 1e-9)) {
      bestScore = score;
      best = offset;
    }
    sum += (lines[start + window] ?? 0) - (lines[start] as number);
  }
  return best;
}

/** Total interest of each column (`x`) or row (`y`) of the measured copy. */
function interest({ copy, lightness, a, b }: Photo, axis: 'x' | 'y'): Float64Array {
  const { width, height } = copy;
  const lines = new Float64Array(axis === 'x' ? width : height);
  let meanA = 0;
  let meanB = 0;
  for (let pixel = 0; pixel < a.length; pixel += 1) {
    meanA += (a[pixel] as number) / a.length;
    meanB += (b[pixel] as number) / a.length;
  }
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const pixel = y * width + x;
      const light = lightness[pixel] as number;
      const edge =
        Math.abs((lightness[pixel + 1] as number) - light) +
        Math.abs((lightness[pixel + width] as number) - light);
      const odd = Math.hypot((a[pixel] as number) - meanA, (b[pixel] as number) - meanB);
      const line = axis === 'x' ? x : y;
      lines[line] = (lines[line] as number) + edge + 0.3 * odd;
    }
  }
  return lines;
}
