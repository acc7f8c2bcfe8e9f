import type { Call } from '../../../types.ts';
import { mixAirlight } from './airlight.ts';
import { airlightOf } from './dark-channel.ts';
import { hashOf } from './hash.ts';
import type { Pixels } from './pixels.ts';
import { boxMean, emptyPlane, enlarger, mapPlane, reducedColours, type Plane } from './plane.ts';
import { pause } from './rows.ts';

export interface Fog {
  /** 0 (none) to 1: nothing is left to see at the top. */
  readonly strength: number;
  /** Another seed, other drifts. */
  readonly seed?: number;
}

const COPY_SIDE = 600;
/** What of the fog already lies in the foreground; the rest comes with the distance. */
const NEAR = 0.35;
/** How much drifts thin or thicken it. */
const DRIFT = 0.22;
/** Fog is nearly white and a little cool. */
const WHITE = [0.85, 0.88, 0.9] as const;

/**
 * Lays fog over a picture: thin in the foreground, thicker towards the top, where the distance is,
 * and drifting. Its color lies between white and the picture's own brightest air. Deterministic.
 */
export async function addFog(
  pixels: Pixels,
  { strength, seed = 1 }: Fog,
  call: Call,
): Promise<Pixels> {
  const own = airlightOf(await reducedColours(pixels, COPY_SIDE));
  await pause(call);
  const airlight = [
    (own[0] + WHITE[0]) / 2,
    (own[1] + WHITE[1]) / 2,
    (own[2] + WHITE[2]) / 2,
  ] as const;
  const drifts = enlarger(drift(seed), pixels);
  const { height } = pixels;
  return mixAirlight(
    pixels,
    airlight,
    (row, y) => {
      drifts(y, row);
      const far = smooth(1 - (y + 0.5) / height);
      for (let x = 0; x < row.length; x += 1) {
        const thickness = NEAR + (1 - NEAR) * far;
        const drifted = thickness * (1 + DRIFT * (row[x] as number));
        row[x] = 1 - Math.min(1, strength * drifted);
      }
    },
    call,
  );
}

const smooth = (t: number): number => t * t * (3 - 2 * t);

/** Drifts from -1 to 1, wider than high, and smooth enough to be read at any size. */
function drift(seed: number): Plane {
  const coarse = emptyPlane({ width: 5, height: 6 });
  const values = mapPlane(coarse, (_, at) => (hashOf(at, 0, seed) / 2 ** 32) * 2 - 1);
  const size = { width: 96, height: 96 };
  const result = emptyPlane(size);
  const read = enlarger(values, size);
  const row = new Float32Array(size.width);
  for (let y = 0; y < size.height; y += 1) {
    read(y, row);
    result.data.set(row, y * size.width);
  }
  return boxMean(result, 6);
}
