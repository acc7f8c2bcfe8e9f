import { bytesToLab } from '../pixels/colour.ts';
import type { Copy } from './copy.ts';
import { rise } from './rise.ts';
import { sharpnessOf } from './sharpness.ts';

/** Least likelihood, and largest step of L*a*b* between neighbours, across which sky goes on. */
const LEAST_LIKELY = 0.15;
const LARGEST_STEP = 6;

/** What each pixel says about being sky, 0 to 1, row by row. */
export interface SkySigns {
  /** How likely its colour is for a sky of any weather. */
  readonly colour: Float32Array;
  /** 1 where there is no fine detail nearby. */
  readonly smooth: Float32Array;
  /** Both together. */
  readonly likely: Float32Array;
  /** That, and whether it is joined to the upper edge or how high in the picture it is. */
  readonly guess: Float32Array;
  /** L*, 0 to 100. */
  readonly lightness: Float32Array;
}

/** Looks for sky on a small copy; detail is measured on the copy itself. */
export function skySigns(copy: Copy, small: Copy): SkySigns {
  const { width, height } = small;
  const [lightness, a, b] = [0, 1, 2].map(() => new Float32Array(width * height)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  bytesToLab(small.rgb, lightness, a, b);
  const sharpness = sharpnessOf(copy, small);
  const smooth = sharpness.map((value) => Math.exp(-((value / 0.3) ** 2)));
  const colour = lightness.map((light, at) => skyColour(light, a[at] as number, b[at] as number));
  const likely = colour.map((value, at) => value * (smooth[at] as number));
  const reached = reachedFromTop(likely, [lightness, a, b], small);
  const guess = likely.map((value, at) => {
    const down = Math.floor(at / width) / height;
    const high = reached[at] ? 1 - 0.6 * rise(down, 0.7, 1) : 1 - 0.95 * rise(down, 0.3, 0.75);
    return value * high;
  });
  return { colour, smooth, likely, guess, lightness };
}

/** 1 for what a path without a step of colour joins to the upper edge, through nothing but likely sky. */
function reachedFromTop(
  likely: Float32Array,
  lab: readonly Float32Array[],
  { width, height }: Copy,
): Uint8Array {
  const reached = new Uint8Array(likely.length);
  const open: number[] = [];
  const reach = (at: number, from: number): void => {
    if (reached[at] === 1 || (likely[at] as number) < LEAST_LIKELY) return;
    let step = 0;
    for (const channel of lab)
      step += Math.abs((channel[at] as number) - (channel[from] as number));
    if (step > LARGEST_STEP) return;
    reached[at] = 1;
    open.push(at);
  };
  for (let x = 0; x < width; x += 1) reach(x, x);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    if (x > 0) reach(at - 1, at);
    if (x < width - 1) reach(at + 1, at);
    if (at >= width) reach(at - width, at);
    if (at < width * (height - 1)) reach(at + width, at);
  }
  return reached;
}

/** Blue by day is the surest; then white and grey, the warm colours of sunset, and dark ones of night. */
function skyColour(lightness: number, a: number, b: number): number {
  const chroma = Math.hypot(a, b);
  // Foliage is the green between, whatever its lightness.
  const green = rise(-a, 3, 12) * rise(b, 2, 12);
  const blue = 0.95 * rise(-b, 2, 12) * rise(lightness, 20, 45) * (1 - rise(a, 14, 30));
  const white = 0.7 * rise(lightness, 45, 75) * (1 - rise(chroma, 8, 18));
  const sunset = 0.6 * rise(lightness, 40, 65) * rise(a + b, 8, 24) * (1 - rise(-a, 0, 6));
  const night = 0.45 * (1 - rise(lightness, 25, 40)) * (1 - rise(b, 0, 8));
  return Math.max(blue, white, sunset, night) * (1 - green);
}
