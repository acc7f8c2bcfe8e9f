import type { Call } from '../../../types.ts';
import { isDeep, type Pixels } from './pixels.ts';
import { inChunks } from './rows.ts';

export interface Vignette {
  /** How much less light the corners get, in stops; negative lightens them. */
  readonly stops: number;
}

/** Up to here, in half diagonals from the middle, nothing changes. */
const INNER = 0.3;
/** sRGB values go about with this power of light, which keeps hues when all are multiplied. */
const GAMMA = 2.2;

/** Darkens a picture smoothly towards its corners, in an oval as wide and high as it is itself. */
export async function vignette(pixels: Pixels, { stops }: Vignette, call: Call): Promise<Pixels> {
  const { width, height, channels } = pixels;
  const data = pixels.data.slice();
  const max = isDeep(pixels) ? 65_535 : 255;
  const across = Float32Array.from({ length: width }, (_, x) => ((2 * (x + 0.5)) / width - 1) ** 2);
  await inChunks(
    height,
    (from, to) => {
      for (let y = from; y < to; y += 1) {
        const down = ((2 * (y + 0.5)) / height - 1) ** 2;
        for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
          const share = shade(Math.sqrt(((across[x] as number) + down) / 2));
          if (share === 0) continue;
          const gain = 2 ** ((-stops * share) / GAMMA);
          for (let value = at; value < at + 3; value += 1) {
            data[value] = scaled((data[value] as number) / max, gain) * max + 0.5;
          }
        }
      }
    },
    call,
  );
  return { ...pixels, data };
}

/** 0 in the middle to 1 in the corners, smooth at both ends. */
function shade(distance: number): number {
  const t = Math.max(0, (distance - INNER) / (1 - INNER));
  return t * t * (3 - 2 * t);
}

/** White stays white when it gets lighter, so that nothing clips. */
const scaled = (value: number, gain: number): number =>
  gain <= 1 ? value * gain : (value * gain) / (1 + (gain - 1) * value);
