import type { Size } from './box.ts';

/** Grows coverage by `radius` pixels in every direction: the highest value within a square. */
export function dilate(coverage: Uint8Array, size: Size, radius: number): Uint8Array {
  const { width, height } = size;
  const across = pass(coverage, { radius, step: 1, length: width, stride: width, count: height });
  return pass(across, { radius, step: width, length: height, stride: 1, count: width });
}

interface Lines {
  readonly radius: number;
  readonly step: number;
  readonly length: number;
  readonly stride: number;
  readonly count: number;
}

/**
 * A running maximum along lines of `length` values `step` apart; `count` lines, `stride` apart. Its
 * time does not depend on the radius (van Herk 1992, Gil and Werman 1993): the window is the end of
 * one block and the start of the next, whose maxima are kept from both sides.
 */
function pass(from: Uint8Array, { radius, step, length, stride, count }: Lines): Uint8Array {
  const to = new Uint8Array(from.length);
  const window = 2 * radius + 1;
  // Zeros before and behind the line, up to a whole number of blocks.
  const padded = Math.ceil((length + 2 * radius) / window) * window;
  const values = new Uint8Array(padded);
  const forward = new Uint8Array(padded);
  const backward = new Uint8Array(padded);
  for (let line = 0; line < count; line += 1) {
    const start = line * stride;
    let any = 0;
    for (let at = 0; at < length; at += 1) {
      any |= values[radius + at] = from[start + at * step] as number;
    }
    if (any === 0) continue;
    for (let at = 0; at < padded; at += 1) {
      const value = values[at] as number;
      const before = at % window === 0 ? 0 : (forward[at - 1] as number);
      forward[at] = value > before ? value : before;
    }
    for (let at = padded - 1; at >= 0; at -= 1) {
      const value = values[at] as number;
      const behind = at % window === window - 1 ? 0 : (backward[at + 1] as number);
      backward[at] = value > behind ? value : behind;
    }
    for (let at = 0; at < length; at += 1) {
      const first = backward[at] as number;
      const last = forward[at + window - 1] as number;
      to[start + at * step] = first > last ? first : last;
    }
  }
  return to;
}
