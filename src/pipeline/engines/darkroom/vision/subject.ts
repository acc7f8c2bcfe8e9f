import type { Copy } from './copy.ts';
import { nothingFound, type Found } from './found.ts';
import { refineMask } from './guided-filter.ts';
import { subjectCuts, type Cut } from './subject-cuts.ts';

/**
 * Finds what the picture is of: of several cuts, the one that has most to be said for it, refined to
 * the copy's size.
 *
 * The confidence is about the overlap (intersection over union) to be expected with what a person
 * would cut out: from 0.6 on it was above 0.6 for five photos of six, below 0.35 there is mostly no
 * subject, or one that its colours hide.
 */
export async function findSubject(copy: Copy): Promise<Found> {
  const { small, cuts } = await subjectCuts(copy);
  let best: { mask: Uint8Array; confidence: number } | undefined;
  for (const cut of cuts) {
    const confidence = confidenceOf(cut);
    if (!best || confidence > best.confidence) best = { mask: cut.mask, confidence };
  }
  if (!best) return nothingFound(copy);
  const { width, height } = small;
  const mask = refineMask({ width, height, weights: best.mask }, copy);
  return { mask, confidence: best.confidence };
}

/** A subject smaller than this share of the picture is rather a detail of it. */
const LEAST_AREA = 0.02;

/** What fills less of the box around it is likely pieces of something larger. */
const LEAST_FILL = 0.4;

/**
 * All but the last: weights by least squares over the overlap with masks made by a neural network, on 70 photos, a third
 * of them without a subject.
 */
function confidenceOf({ evidence, agreement }: Cut): number {
  const { separation, contour, standsOut, area, fill, border, top } = evidence;
  const sum =
    -0.51 +
    0.48 * separation +
    0.4 * contour +
    0.39 * standsOut +
    0.57 * Math.min(0.5, area) -
    1 * border -
    0.12 * top +
    0.3 * agreement -
    0.58 * Math.max(0, 1 - area / LEAST_AREA) -
    1.5 * Math.max(0, LEAST_FILL - fill);
  return Math.min(1, Math.max(0, sum));
}
