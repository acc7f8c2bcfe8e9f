/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Pixels being painted: interleaved RGB, 0 to 255, not yet rounded. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

export const createCanvas = (width: number, height: number): Canvas => ({
  width,
  height,
  rgb: new Float32Array(width * height * 3),
});

export function paint({ width, rgb }: Canvas, x: number, y: number, colour: Colour): void {
  const at = (y * width + x) * 3;
  rgb[at] = colour[0];
  rgb[at + 1] = colour[1];
  rgb[at + 2] = colour[2];
}

export const clamp = (value: number, low = 0, high = 1): number =>
  Math.min(high, Math.max(low, value));

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export const mix = (one: Colour, other: Colour, share: number): Colour => [
  one[0] + (other[0] - one[0]) * share,
  one[1] + (other[1] - one[1]) * share,
  one[2] + (other[2] - one[2]) * share,
];

export const scale = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

export const css = (colour: Colour): string =>
  `rgb(${colour.map((value) => Math.round(clamp(value, 0, 255))).join(',')})`;

export const toBytes = ({ rgb }: Canvas): Uint8ClampedArray => Uint8ClampedArray.from(rgb);
