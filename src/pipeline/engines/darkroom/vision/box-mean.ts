import type { Size } from '../pixels/box.ts';

/** The mean of the values within `radius` pixels of each, in a square that stops at the picture's edges. */
export function boxMean(values: Float32Array, { width, height }: Size, radius: number) {
  const across = pass(values, radius, { step: 1, length: width, stride: width, count: height });
  return pass(across, radius, { step: width, length: height, stride: 1, count: width });
}

interface Lines {
  /** From one value of a line to the next. */
  readonly step: number;
  readonly length: number;
  /** From one line to the next. */
  readonly stride: number;
  readonly count: number;
}

/** A running mean along each line. */
function pass(from: Float32Array, radius: number, lines: Lines): Float32Array {
  const { step, length, stride, count } = lines;
  const to = new Float32Array(from.length);
  for (let line = 0; line < count; line += 1) {
    const start = line * stride;
    let sum = 0;
    let within = 0;
    for (let at = 0; at < Math.min(radius, length); at += 1) {
      sum += from[start + at * step] as number;
      within += 1;
    }
    for (let at = 0; at < length; at += 1) {
      if (at + radius < length) {
        sum += from[start + (at + radius) * step] as number;
        within += 1;
      }
      if (at > radius) {
        sum -= from[start + (at - radius - 1) * step] as number;
        within -= 1;
      }
      to[start + at * step] = sum / within;
    }
  }
  return to;
}
