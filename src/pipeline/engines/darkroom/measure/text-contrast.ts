import { captionBox, renderGlyphs } from '../pixels/caption-layout.ts';
import { contrastRatio, luminanceOf } from '../pixels/colour.ts';
import { dilate } from '../pixels/dilate.ts';
import type { Evidence } from './goal.ts';

/**
 * Contrast ratio of a caption with what lies directly around its letters, 1 to 21, at the worst
 * twentieth of that surrounding (WCAG 2.2, success criterion 1.4.3 asks for 4.5 : 1).
 */
export async function textContrast({ edited, params }: Evidence): Promise<number> {
  const { width, height } = edited.copy;
  const { coverage, fontSize } = await renderGlyphs(params, { width, height });
  const box = captionBox(params, { width, height });
  const near = dilate(coverage, box, 1);
  const around = dilate(coverage, box, Math.max(2, Math.round(fontSize * 0.08)));
  let sum = 0;
  let glyphs = 0;
  const surrounding: number[] = [];
  for (let y = 0, at = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1, at += 1) {
      const light = luminanceOf(edited.lightness[(box.top + y) * width + box.left + x] as number);
      if ((coverage[at] as number) > 240) {
        sum += light;
        glyphs += 1;
      } else if ((near[at] as number) < 16 && (around[at] as number) > 128) {
        surrounding.push(light);
      }
    }
  }
  if (glyphs === 0 || surrounding.length === 0) return 1;
  const text = sum / glyphs;
  const ratios = surrounding.map((light) => contrastRatio(text, light)).toSorted((x, y) => x - y);
  return ratios[Math.floor(ratios.length / 20)] ?? 1;
}
