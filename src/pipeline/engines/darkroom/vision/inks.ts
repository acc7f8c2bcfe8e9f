import type { Copy } from './copy.ts';

/** Levels by which red exceeds blue in a camera's date, and how light its red is. */
const LEAST = { excess: 85, red: 150 } as const;
/** Where more of the picture than this has the colour, it is no ink. */
const MOST = 0.02;

/** Where a picture has the red, orange or yellow in which cameras print dates: 1 there, 0 elsewhere. */
export function inkOf({ rgb, width, height }: Copy): Uint8Array {
  let count = 0;
  const flags = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const red = rgb[pixel * 3] as number;
    const green = rgb[pixel * 3 + 1] as number;
    const blue = rgb[pixel * 3 + 2] as number;
    const isInk =
      red >= LEAST.red && red - blue >= LEAST.excess && green <= red && blue <= green + 30;
    if (isInk) count += 1;
    return isInk ? 1 : 0;
  });
  return count > MOST * flags.length ? flags.fill(0) : flags;
}
