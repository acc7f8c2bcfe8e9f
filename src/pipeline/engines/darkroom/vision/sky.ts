import { shrink, sizeWithin, type Copy } from './copy.ts';
import { componentsOf } from './components.ts';
import { nothingFound, type Found } from './found.ts';
import { grabCut, SEED } from './grab-cut.ts';
import { growGuess } from './grow.ts';
import { refineMask } from './guided-filter.ts';
import { rise } from './rise.ts';
import { skySigns, type SkySigns } from './sky-guess.ts';
import { evidenceFor } from './subject-evidence.ts';

/** The sky is looked for at this size; pixels on the long side. */
const SIDE = 224;
/** Openings among leaves count as sky when their pixels look so like it; 0 to 1. */
const OPENING_GUESS = 0.5;
/** A picture of nothing but pixels as likely as this is sky all over, with so much trust in it. */
const WHOLE_LIKELY = 0.2;
const WHOLE_TRUST = 0.6;

/**
 * Finds the sky: smooth, of a sky's colours, reaching the upper edge of the picture, and what shows of
 * it through leaves and wires.
 *
 * The confidence falls with everything that a sky seldom is: dark, grey, full of detail, at the lower
 * edge, darker than what is below it, of one colour with it. A blue sky over a landscape has 0.6 and
 * more, an overcast or evening one 0.35 and more, walls and ceilings less.
 */
export async function findSky(copy: Copy): Promise<Found> {
  const small = shrink(copy, sizeWithin(copy, SIDE));
  const signs = skySigns(copy, small);
  if (signs.likely.every((value) => value > WHOLE_LIKELY)) {
    const weights = new Uint8Array(copy.width * copy.height).fill(255);
    const { width, height } = copy;
    return { mask: { width, height, weights }, confidence: WHOLE_TRUST * meanOf(signs.likely) };
  }
  const grown = growGuess(small, signs.guess);
  const seeds = Uint8Array.from(grown, (value, at) => {
    if (value > 0.5) return SEED.maybeInside;
    const unlikely = (signs.guess[at] as number) < 0.04 && value < 0.1;
    return unlikely ? SEED.outside : SEED.maybeOutside;
  });
  const cut = await grabCut(small, seeds);
  if (!cut) return nothingFound(copy);
  const sky = underTheTop(cut, signs.guess, small);
  const confidence = confidenceOf(sky, signs, small);
  if (confidence === 0) return nothingFound(copy);
  const { width, height } = small;
  return { mask: refineMask({ width, height, weights: sky }, copy), confidence };
}

/** Keeps what reaches the upper edge, and openings that are no lower than that. */
function underTheTop(cut: Uint8Array, guess: Float32Array, small: Copy): Uint8Array {
  const { labels, components } = componentsOf(cut, small);
  const likely = new Float64Array(components.length);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at] as number;
    likely[label] = (likely[label] as number) + (guess[at] as number);
  }
  const isSky = ({ value, area, box }: (typeof components)[number], label: number): boolean =>
    value > 0 && box.top === 0 && area > small.width / 4 && (likely[label] as number) > 0.15 * area;
  let lowest = 0;
  for (const [label, component] of components.entries()) {
    const { box } = component;
    if (isSky(component, label)) lowest = Math.max(lowest, box.top + box.height);
  }
  const kept = components.map((component, label) => {
    if (isSky(component, label)) return 255;
    const { value, area, box } = component;
    const mean = (likely[label] as number) / area;
    return value > 0 && mean > OPENING_GUESS && box.top + box.height <= lowest ? 255 : 0;
  });
  return cut.map((_, at) => kept[labels[at] as number] as number);
}

function confidenceOf(sky: Uint8Array, signs: SkySigns, small: Copy): number {
  const evidence = evidenceFor(sky, small, signs.guess);
  if (!evidence) return 0;
  const { width, height } = small;
  let [bottom, sides] = [0, 0];
  for (let x = 0; x < width; x += 1) if (sky[(height - 1) * width + x] === 255) bottom += 1;
  for (let at = 0; at < sky.length; at += width) {
    if (sky[at] === 255) sides += 1;
    if (sky[at + width - 1] === 255) sides += 1;
  }
  const colour = meanOf(signs.colour, sky, 255);
  // White and grey that reach far down on both sides are the wall behind a sitter.
  const wall = rise(sides / (2 * height), 0.4, 0.65) * (1 - rise(colour, 0.7, 0.85));
  const brighter = meanOf(signs.lightness, sky, 255) - meanOf(signs.lightness, sky, 0);
  return (
    rise(colour, 0.1, 0.8) *
    rise(meanOf(signs.smooth, sky, 255), 0.2, 0.8) *
    rise(evidence.area, 0, 0.08) *
    rise(evidence.top, 0, 0.4) *
    (0.5 + 0.5 * rise(brighter, -15, 15)) *
    (0.6 + 0.4 * rise(evidence.separation, 0.3, 0.8)) *
    (1 - 0.8 * rise(bottom / width, 0.1, 0.6)) *
    (1 - 0.7 * wall)
  );
}

/** The mean of all values, or of those where a mask has a certain weight. */
function meanOf(values: Float32Array, mask?: Uint8Array, where?: number): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    if (mask && mask[at] !== where) continue;
    sum += values[at] as number;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}
