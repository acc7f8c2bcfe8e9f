import type { Mask } from '../pixels/mask.ts';
import type { Part } from '../pixels/region.ts';
import { smooth } from './geometric-mask.ts';
import type { Photo } from './photo.ts';
import { statisticsOf } from './statistics.ts';

type TonePart = Extract<Part, 'shadows' | 'midtones' | 'highlights'>;

export const isTonePart = (part: Part): part is TonePart =>
  part === 'shadows' || part === 'midtones' || part === 'highlights';

/** L* over which one range of tones passes into the next. */
const PASSAGE = 16;

/** The dark, middle or light tones, as thirds of what this picture has between its ends. */
export function toneMask(photo: Photo, part: TonePart): Mask {
  const { darkTones, lightTones } = statisticsOf(photo);
  const low = Math.min(40, darkTones + (lightTones - darkTones) * 0.25);
  const high = Math.max(55, lightTones - (lightTones - darkTones) * 0.25);
  const { lightness } = photo;
  const weights = new Uint8Array(lightness.length);
  for (let pixel = 0; pixel < lightness.length; pixel += 1) {
    const light = lightness[pixel] as number;
    const dark = smooth((low - light) / PASSAGE + 0.5);
    const bright = smooth((light - high) / PASSAGE + 0.5);
    const weight = part === 'shadows' ? dark : part === 'highlights' ? bright : 1 - dark - bright;
    weights[pixel] = Math.max(0, Math.round(255 * weight));
  }
  return { width: photo.copy.width, height: photo.copy.height, weights };
}
