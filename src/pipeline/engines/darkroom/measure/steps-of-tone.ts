import { luminanceOf } from '../pixels/colour.ts';
import { weightsAt } from '../pixels/mask.ts';
import { openImage, toPixels } from '../pixels/pixels.ts';
import type { Evidence } from './goal.ts';
import { eachPair } from './pairs.ts';

/** How far, of 255, a value may be off its level. */
const TOLERANCE = 6;
/** Pixels are picked from the file, not averaged, so that a level stays one; at most so many each way. */
const SIDE = 1024;

/** Share of the file's pixels whose three channels all lie on one of `levels` steps, percent. */
export async function onLevels({ file, area, params }: Evidence): Promise<number> {
  // What is tried out in memory is no file, and is on its levels by construction.
  if (file.bytes.length === 0) return 100;
  const last = Math.max(1, Number(params['levels']) - 1);
  const isOn = Uint8Array.from({ length: 256 }, (_, value) => {
    const level = (Math.round((value * last) / 255) * 255) / last;
    return Math.abs(value - level) <= TOLERANCE ? 1 : 0;
  });
  const { sharp } = await openImage(file);
  const size = { width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true } as const;
  const picked = await toPixels(sharp.resize({ ...size, kernel: 'nearest' }), false);
  const { data, channels } = picked;
  const weights = area.mask && weightsAt(area.mask, picked);
  let [on, all] = [0, 0];
  for (let at = 0, pixel = 0; at < data.length; at += channels, pixel += 1) {
    if (channels === 4 && (data[at + 3] as number) < 128) continue;
    if (weights && (weights[pixel] as number) < 128) continue;
    const [red, green, blue] = [data[at], data[at + 1], data[at + 2]] as [number, number, number];
    all += 1;
    on += (isOn[red] as number) & (isOn[green] as number) & (isOn[blue] as number);
  }
  return (100 * on) / Math.max(1, all);
}

/**
 * How much the tones above `threshold` (sRGB, 0 to 1) run the other way than before, percent: the
 * correlation of their lightness before and after, negated. 100 where there are none to judge by.
 */
export function solarized({ base, edited, area, params }: Evidence): number {
  const from = Number(params['threshold']);
  let [count, before, after, squares, squaresAfter, both] = [0, 0, 0, 0, 0, 0];
  eachPair({ base, edited, area }, (was, is) => {
    const rgb = base.copy.rgb;
    const at = was * 3;
    const lowest = Math.min(rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number);
    if (lowest < from * 255 + 2) return;
    const x = luminanceOf(base.lightness[was] as number);
    const y = luminanceOf(edited.lightness[is] as number);
    count += 1;
    before += x;
    after += y;
    squares += x * x;
    squaresAfter += y * y;
    both += x * y;
  });
  const spread = squares - (before * before) / Math.max(1, count);
  const spreadAfter = squaresAfter - (after * after) / Math.max(1, count);
  if (count < 20 || spread < 1e-3) return 100;
  const shared = both - (before * after) / count;
  return (-100 * shared) / Math.max(1e-9, Math.sqrt(spread * spreadAfter));
}
