import type { Area } from './measure/area.ts';
import { photoOfCopy, pixelsOf, reducedCopy, TRIAL_SIDE, type Photo } from './measure/photo.ts';
import { round } from './phrase.ts';
import type { Pixels } from './pixels/pixels.ts';
import type { Call } from '../../types.ts';

const TRIES = 3;

/** A filter of one strength, and the number of the picture that it changes. */
export interface Tunable {
  /** Strengths to stay within; 0 changes nothing. */
  readonly min: number;
  readonly max: number;
  readonly digits: number;
  readonly run: (pixels: Pixels, strength: number, call: Call) => Promise<Pixels>;
  readonly read: (photo: Photo, area: Area) => number;
}

/**
 * The strength that moves a number by `change`, as tries on a small copy of the picture tell. Each
 * try is corrected as if the effect were proportional.
 */
export async function strengthFor(
  photo: Photo,
  area: Area,
  { first, change }: { readonly first: number; readonly change: number },
  { min, max, digits, run, read }: Tunable,
): Promise<number> {
  const small = await reducedCopy(photo, TRIAL_SIDE);
  const call: Call = { signal: new AbortController().signal };
  const pixels = pixelsOf(small);
  const before = read(small, area);
  let strength = first;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const tried = await run(pixels, strength, call);
    const reached = read(photoOfCopy(tried, photo.width, photo.height), area) - before;
    if (Math.abs(reached) < 1e-3 * Math.abs(change)) break;
    const factor = Math.min(2.5, Math.max(0.3, change / reached));
    strength = Math.min(max, Math.max(min, strength * factor));
    if (Math.abs(factor - 1) < 0.05) break;
  }
  return round(strength, digits);
}
