import { colourCalled, hueDirection } from '../pixels/colour-names.ts';
import { duotoneTable } from '../pixels/duotone.ts';
import { bytesToLab } from '../pixels/colour.ts';
import type { Evidence } from './goal.ts';
import { eachPair } from './pairs.ts';
import { statisticsOf } from './statistics.ts';

/** Which tones of the edited picture are looked at: all, or those on one side of its median lightness. */
export type Tones = 'all' | 'dark' | 'light';

/** Mean of a* and b* along the hue of a named color, Lab units: how far those tones lean to it. */
export function leanTo(
  { edited, area }: Pick<Evidence, 'edited' | 'area'>,
  colour: string,
  tones: Tones,
): number {
  const [cosine, sine] = hueDirection(colour);
  const { medianLightness } = statisticsOf(edited, area);
  const { lightness, a, b } = edited;
  let [sum, count] = [0, 0];
  eachPair({ base: edited, edited, area }, (pixel) => {
    const light = lightness[pixel] as number;
    if (tones === 'dark' && light > medianLightness) return;
    if (tones === 'light' && light < medianLightness) return;
    sum += cosine * (a[pixel] as number) + sine * (b[pixel] as number);
    count += 1;
  });
  return sum / Math.max(1, count);
}

/** Median distance in a* and b* of the tones from the two colors between which they are to lie. */
export function twoToneDistance({ edited, area, params }: Evidence): number {
  const table = duotoneTable(String(params['dark']), String(params['light']));
  const rgb = Uint8Array.from(table, (value) => Math.round(255 * value));
  const tones = rgb.length / 3;
  const [light, tableA, tableB] = [0, 1, 2].map(() => new Float32Array(tones)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  bytesToLab(rgb, light, tableA, tableB);
  const nearest = Uint16Array.from({ length: 101 }, (_, lightness) => {
    const tone = light.findIndex((value) => value >= lightness);
    return tone < 0 ? tones - 1 : tone;
  });
  return medianOf({ edited, area }, (pixel) => {
    const lightness = Math.min(100, Math.max(0, Math.round(edited.lightness[pixel] as number)));
    const tone = nearest[lightness] as number;
    return Math.hypot(
      (edited.a[pixel] as number) - (tableA[tone] as number),
      (edited.b[pixel] as number) - (tableB[tone] as number),
    );
  });
}

/** Median distance (sRGB, 0 to 255) from the color that an area is filled with. */
export function fillDistance({ edited, area, params }: Evidence): number {
  const [red, green, blue] = colourCalled(String(params['color']));
  const { rgb } = edited.copy;
  return medianOf({ edited, area }, (pixel) =>
    Math.hypot(
      (rgb[pixel * 3] as number) - red * 255,
      (rgb[pixel * 3 + 1] as number) - green * 255,
      (rgb[pixel * 3 + 2] as number) - blue * 255,
    ),
  );
}

const BINS_PER_UNIT = 4;
const HIGHEST = 450;

function medianOf(
  { edited, area }: Pick<Evidence, 'edited' | 'area'>,
  value: (pixel: number) => number,
): number {
  const counts = new Uint32Array(HIGHEST * BINS_PER_UNIT);
  let total = 0;
  eachPair({ base: edited, edited, area }, (pixel) => {
    const bin = Math.min(counts.length - 1, Math.round(value(pixel) * BINS_PER_UNIT));
    counts[bin] = (counts[bin] as number) + 1;
    total += 1;
  });
  let below = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    below += counts[bin] as number;
    if (below * 2 >= total) return bin / BINS_PER_UNIT;
  }
  return 0;
}
