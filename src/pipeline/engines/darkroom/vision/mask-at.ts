import type { Box, Size } from '../pixels/box.ts';
import type { Mask } from '../pixels/mask.ts';

/** A mask's weights within a box of a picture that it is laid over, bilinear between its own pixels. */
export function weightsIn(mask: Mask, picture: Size, box: Box): Uint8Array {
  const weights = new Uint8Array(box.width * box.height);
  const columns = places(box.left, box.width, picture.width, mask.width);
  const rows = places(box.top, box.height, picture.height, mask.height);
  for (let y = 0, at = 0; y < box.height; y += 1) {
    const [top, bottom, down] = rows[y] as Place;
    for (let x = 0; x < box.width; x += 1, at += 1) {
      const [left, right, along] = columns[x] as Place;
      const weight = (row: number, column: number): number =>
        mask.weights[row * mask.width + column] as number;
      const above = weight(top, left) * (1 - along) + weight(top, right) * along;
      const below = weight(bottom, left) * (1 - along) + weight(bottom, right) * along;
      weights[at] = above + (below - above) * down + 0.5;
    }
  }
  return weights;
}

/** Two neighbouring pixels of the mask, and the share of the second. */
type Place = readonly [first: number, second: number, share: number];

function places(from: number, count: number, length: number, others: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const place = ((from + index + 0.5) * others) / length - 0.5;
    const first = Math.min(others - 1, Math.max(0, Math.floor(place)));
    return [first, Math.min(others - 1, first + 1), Math.min(1, Math.max(0, place - first))];
  });
}
