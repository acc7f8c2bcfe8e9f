import { weightsAt } from '../pixels/mask.ts';
import type { Evidence } from './goal.ts';

/** Calls for each visible pixel of the edited copy in the area, with that of the base at its place. */
export function eachPair(
  { base, edited, area }: Pick<Evidence, 'base' | 'edited' | 'area'>,
  visit: (before: number, after: number) => void,
): void {
  const { width, height } = edited.copy;
  const weights = area.mask && weightsAt(area.mask, edited.copy);
  const columns = Uint32Array.from({ length: width }, (_, x) =>
    Math.floor(((x + 0.5) * base.copy.width) / width),
  );
  for (let y = 0, after = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * base.copy.height) / height) * base.copy.width;
    for (let x = 0; x < width; x += 1, after += 1) {
      if (edited.visible?.[after] === 0) continue;
      if (weights && (weights[after] as number) < 128) continue;
      visit(row + (columns[x] as number), after);
    }
  }
}
