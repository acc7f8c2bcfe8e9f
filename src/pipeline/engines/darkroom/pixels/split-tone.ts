import { labToLinear, linearToSrgb, luminanceOf } from './colour.ts';
import { hueDirection } from './colour-names.ts';
import type { ColourStage } from './colour-pass.ts';

/** A colour and how far, in Lab units, tones are moved towards its hue. */
export interface Tint {
  readonly colour: string;
  readonly strength: number;
}

/** Entries of the table of tones. */
const TONES = 1024;

/**
 * Adds to each pixel, by its luma, what makes a grey of that tone lean to a hue: the one of the dark
 * tones up to the middle, that of the light ones from there on. Black and white stay.
 */
export function splitToneStage(dark: Tint, light: Tint): ColourStage {
  let table: Float32Array | undefined;
  return {
    mix: (row) => {
      table ??= shifts(dark, light);
      for (let at = 0; at < row.length; at += 3) {
        const luma =
          0.2126 * (row[at] as number) +
          0.7152 * (row[at + 1] as number) +
          0.0722 * (row[at + 2] as number);
        const entry = ((luma <= 0 ? 0 : luma >= 1 ? 1 : luma) * TONES + 0.5) | 0;
        row[at] = (row[at] as number) + (table[entry * 3] as number);
        row[at + 1] = (row[at + 1] as number) + (table[entry * 3 + 1] as number);
        row[at + 2] = (row[at + 2] as number) + (table[entry * 3 + 2] as number);
      }
    },
  };
}

/** Interleaved differences of red, green and blue for tones from black to white. */
function shifts(dark: Tint, light: Tint): Float32Array {
  const [darkA, darkB] = hueDirection(dark.colour);
  const [lightA, lightB] = hueDirection(light.colour);
  const table = new Float32Array((TONES + 1) * 3);
  for (let tone = 0; tone <= TONES; tone += 1) {
    const value = tone / TONES;
    const inDark = dark.strength * envelope(1 - value);
    const inLight = light.strength * envelope(value);
    const lightness = 116 * Math.cbrt(Math.max(0.008_856, linear(value))) - 16;
    const toned = labToLinear(
      lightness,
      darkA * inDark + lightA * inLight,
      darkB * inDark + lightB * inLight,
    );
    const grey = linearToSrgb(luminanceOf(lightness));
    const ends = Math.min(1, 8 * value, 8 * (1 - value));
    for (const [channel, amount] of toned.entries()) {
      table[tone * 3 + channel] = ends * (linearToSrgb(Math.max(0, amount)) - grey);
    }
  }
  return table;
}

const linear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** How much a tone is one of the light ones: nothing up to the middle, all from four fifths. */
function envelope(value: number): number {
  const t = Math.min(1, Math.max(0, (value - 0.42) / 0.38));
  return t * t * (3 - 2 * t);
}
