import { boxMean, emptyPlane, mapPlane, type Plane } from './plane.ts';

/** Around each pixel, `slope × guide + offset`: good for a larger copy of the guide as well. */
export interface Linear {
  readonly slope: Plane;
  readonly offset: Plane;
}

/**
 * The guided filter: smooths `input` over squares of `radius`, and follows the edges of `guide`
 * whose variance is well above `epsilon` (the square of a height in the guide's unit). Source: He,
 * Sun, Tang, "Guided Image Filtering", PAMI 2013; applied to a larger guide as in their "Fast
 * Guided Filter", arXiv 1505.00996. Of all squares that hold a pixel the even ones count most, so
 * that what lies beyond an edge does not shine through.
 */
export function guided(guide: Plane, input: Plane, radius: number, epsilon: number): Linear {
  const meanGuide = boxMean(guide, radius);
  const meanInput = guide === input ? meanGuide : boxMean(input, radius);
  const meanSquare = boxMean(product(guide, guide), radius);
  const meanProduct = guide === input ? meanSquare : boxMean(product(guide, input), radius);
  const slope = emptyPlane(guide);
  const offset = emptyPlane(guide);
  const weight = emptyPlane(guide);
  for (let at = 0; at < slope.data.length; at += 1) {
    const mean = meanGuide.data[at] as number;
    const other = meanInput.data[at] as number;
    const variance = Math.max(0, (meanSquare.data[at] as number) - mean * mean);
    const steepness = ((meanProduct.data[at] as number) - mean * other) / (variance + epsilon);
    const trust = epsilon / (variance + epsilon);
    weight.data[at] = trust;
    slope.data[at] = trust * steepness;
    offset.data[at] = trust * (other - steepness * mean);
  }
  return weighted({ slope, offset }, weight, radius);
}

/** The mean of all squares that hold a pixel, where `slope` and `offset` have been multiplied by `weight`. */
export function weighted({ slope, offset }: Linear, weight: Plane, radius: number): Linear {
  const total = boxMean(weight, radius);
  const mean = (plane: Plane): Plane =>
    mapPlane(boxMean(plane, radius), (sum, at) => sum / (total.data[at] as number));
  return { slope: mean(slope), offset: mean(offset) };
}

const product = (one: Plane, other: Plane): Plane =>
  mapPlane(one, (value, at) => value * (other.data[at] as number));
