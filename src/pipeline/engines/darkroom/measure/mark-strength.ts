import { renderWatermark } from '../pixels/watermark-layout.ts';
import type { Evidence } from './goal.ts';

/** Coverage from which a pixel belongs to a letter and not to its edge. */
const LETTER = 200;

/**
 * How far a watermark lifts or lowers what lies under it: the median change of L* over its letters,
 * up to 100. Measured both ways, a watermark that can't be told from the picture has 0.
 */
export async function markStrength({ base, edited, params }: Evidence): Promise<number> {
  const { width, height } = edited.copy;
  const { box, coverage } = await renderWatermark(params, { width, height });
  const changes: number[] = [];
  for (let y = 0, at = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1, at += 1) {
      if ((coverage[at] as number) < LETTER) continue;
      const pixel = (box.top + y) * width + box.left + x;
      if (edited.visible?.[pixel] === 0) continue;
      const before = Math.floor(((box.top + y) * base.copy.height) / height) * base.copy.width;
      const column = Math.floor(((box.left + x) * base.copy.width) / width);
      changes.push(
        (edited.lightness[pixel] as number) - (base.lightness[before + column] as number),
      );
    }
  }
  const sorted = Float64Array.from(changes).toSorted();
  return Math.abs(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
