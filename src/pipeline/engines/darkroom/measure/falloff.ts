import { countedIn } from './counted.ts';
import type { Photo } from './photo.ts';

/** How much darker the border of a picture is than its middle, in L*; negative where it is lighter. */
export interface Falloff {
  /** Mean L* of the middle itself. */
  readonly center: number;
  readonly corners: number;
  /** Along the middles of the four sides. */
  readonly edges: number;
}

/** Distances from the middle, in half diagonals for corners and in half sides for edges. */
const CENTER = 0.35;
const CORNER = 0.82;
const EDGE = 0.85;
/** How far along a side its middle reaches, in half sides. */
const ALONG = 0.5;

/** What a vignette changes. It also has the scene's own light in it: compare it with before. */
export function falloffOf(photo: Photo): Falloff {
  const { width, height } = photo.copy;
  const counted = countedIn(photo);
  const center = mean();
  const corners = mean();
  const edges = mean();
  for (let row = 0, pixel = 0; row < height; row += 1) {
    const y = Math.abs((2 * (row + 0.5)) / height - 1);
    for (let column = 0; column < width; column += 1, pixel += 1) {
      if (!counted(pixel)) continue;
      const x = Math.abs((2 * (column + 0.5)) / width - 1);
      const distance = Math.hypot(x, y) / Math.SQRT2;
      const light = photo.lightness[pixel] as number;
      if (distance < CENTER) center.add(light);
      else if (distance > CORNER) corners.add(light);
      else if (Math.max(x, y) > EDGE && Math.min(x, y) < ALONG) edges.add(light);
    }
  }
  const middle = center.value();
  return {
    center: middle,
    corners: middle - corners.value(middle),
    edges: middle - edges.value(middle),
  };
}

/** A running mean; of nothing it is what it is told. */
function mean(): { add(value: number): void; value(ofNothing?: number): number } {
  let sum = 0;
  let count = 0;
  return {
    add: (value) => {
      sum += value;
      count += 1;
    },
    value: (ofNothing = 0) => (count > 0 ? sum / count : ofNothing),
  };
}
