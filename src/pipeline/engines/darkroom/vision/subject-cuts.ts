import { shrink, sizeWithin, type Copy } from './copy.ts';
import { grabCut, SEED } from './grab-cut.ts';
import { growGuess } from './grow.ts';
import { normalize } from './normalize.ts';
import { overlap } from './overlap.ts';
import { saliencyOf } from './saliency.ts';
import { sharpnessOf } from './sharpness.ts';
import { evidenceFor, type Evidence } from './subject-evidence.ts';
import { tidy } from './tidy.ts';

/** The subject is looked for at this size; pixels on the long side. */
const SIDE = 176;
/** How much sharp detail near the middle counts beside saliency. */
const FOCUS_WEIGHT = 0.5;

/** A part of a small copy that may be the subject. */
export interface Cut {
  /** 255 inside, 0 outside; of the small copy's size. */
  readonly mask: Uint8Array;
  readonly evidence: Evidence;
  /** Overlap with the most similar of the other cuts, 0 to 1. */
  readonly agreement: number;
}

/**
 * Guesses where the subject is in three ways (what stands out from the border and is in focus; that
 * and what has its colours; where sitters of portraits are), and cuts each out along the picture's
 * edges.
 */
export async function subjectCuts(copy: Copy): Promise<{ small: Copy; cuts: Cut[] }> {
  const small = shrink(copy, sizeWithin(copy, SIDE));
  const saliency = saliencyOf(small);
  const salient = withFocus(saliency, copy, small);
  const middle = split(salient);
  const believed = salient.map((value) =>
    value > middle ? 0.5 + (0.5 * (value - middle)) / (1 - middle) : (0.5 * value) / middle,
  );
  const grown = growGuess(small, believed);
  const guesses: readonly Guess[] = [
    { values: salient, inside: middle, border: middle * 0.8, outside: middle * 0.25 },
    { values: grown, inside: 0.5, border: 0.3, outside: 0.04 },
    { values: sitter(small), inside: 0.5, border: -1, outside: 0.25 },
  ];
  const cuts: Omit<Cut, 'agreement'>[] = [];
  for (const guess of guesses) {
    const cut = await grabCut(small, seedsOf(guess, small));
    const mask = cut && tidy(cut, guess.values, small);
    const evidence = mask && evidenceFor(mask, small, saliency);
    if (evidence) cuts.push({ mask, evidence });
  }
  return {
    small,
    cuts: cuts.map((cut) => {
      const others = cuts.filter(({ mask }) => mask !== cut.mask);
      return {
        ...cut,
        agreement: Math.max(0, ...others.map(({ mask }) => overlap(mask, cut.mask))),
      };
    }),
  };
}

/** A guess of where the subject is, and from which values on a pixel counts as what. */
interface Guess {
  readonly values: Float32Array;
  readonly inside: number;
  /** The picture's border is surely outside below this. */
  readonly border: number;
  /** Any pixel is surely outside below this. */
  readonly outside: number;
}

function seedsOf({ values, inside, border, outside }: Guess, { width, height }: Copy): Uint8Array {
  return Uint8Array.from(values, (value, at) => {
    if (value > inside) return SEED.maybeInside;
    const x = at % width;
    const y = (at - x) / width;
    const atBorder = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
    return value < (atBorder ? border : outside) ? SEED.outside : SEED.maybeOutside;
  });
}

function withFocus(saliency: Float32Array, copy: Copy, small: Copy): Float32Array {
  const { width, height } = small;
  const sharpness = sharpnessOf(copy, small);
  const salient = saliency.map((value, at) => {
    const x = at % width;
    const away = Math.hypot(
      (x + 0.5) / width - 0.5,
      0.85 * (((at - x) / width + 0.5) / height - 0.5),
    );
    return value + FOCUS_WEIGHT * (sharpness[at] as number) * Math.exp(-((away / 0.38) ** 2));
  });
  normalize(salient);
  return salient;
}

/**
 * Where the sitter of a portrait is: 1 for head and shoulders, which leave the picture below; 0 for
 * the picture's border above the shoulders; 0.4 for what is between.
 */
function sitter({ width, height }: Copy): Float32Array {
  return Float32Array.from({ length: width * height }, (_, at) => {
    const x = Math.abs(((at % width) + 0.5) / width - 0.5);
    const y = (Math.floor(at / width) + 0.5) / height - 0.5;
    const half = y < 0 ? 0.3 * Math.sqrt(Math.max(0, 1 - (y / 0.42) ** 2)) : 0.3 + 0.2 * y;
    if (x < half) return 1;
    return (x > 0.46 || y < -0.46) && y < 0.2 ? 0 : 0.4;
  });
}

/** The value that parts a histogram best (Otsu, 1979); values 0 to 1. */
function split(values: Float32Array): number {
  const bins = 64;
  const counts = new Float64Array(bins);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value * bins));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const total = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let [below, belowSum, best, bestBin] = [0, 0, -1, 0];
  for (const [bin, count] of counts.entries()) {
    below += count;
    belowSum += count * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (belowSum / below - (total - belowSum) / above) ** 2;
    if (between > best) [best, bestBin] = [between, bin];
  }
  return (bestBin + 1) / bins;
}
