import type { ColourStage } from './colour-pass.ts';
import { colourCalled } from './colour-names.ts';
import { fromOklab, toOklab } from './oklab.ts';

/** Entries of the table of tones. */
const TONES = 1024;
/** Oklab lightness that the darkest tone has at most, and the lightest at least. */
const DARKEST = 0.3;
const LIGHTEST = 0.86;

/** Interleaved sRGB, 0 to 1, of 1025 tones from black to white between a dark and a light colour. */
export function duotoneTable(dark: string, light: string): Float32Array {
  const [darkLight, darkA, darkB] = toOklab(...colourCalled(dark));
  const [lightLight, lightA, lightB] = toOklab(...colourCalled(light));
  const bottom = Math.min(DARKEST, darkLight);
  const top = Math.max(LIGHTEST, lightLight);
  const table = new Float32Array((TONES + 1) * 3);
  for (let tone = 0; tone <= TONES; tone += 1) {
    const share = tone / TONES;
    const blend = (from: number, to: number) => from + share * (to - from);
    table.set(
      fromOklab([blend(bottom, top), blend(darkA, lightA), blend(darkB, lightB)]),
      tone * 3,
    );
  }
  return table;
}

export interface Duotone {
  readonly dark: string;
  readonly light: string;
  /** sRGB tones, 0 to 1, that become the two colours. */
  readonly black: number;
  readonly white: number;
}

/** Replaces each tone, by its luma, by one between two colours. */
export function duotoneStage({ dark, light, black, white }: Duotone): ColourStage {
  const scale = TONES / Math.max(0.05, white - black);
  let table: Float32Array | undefined;
  return {
    mix: (row) => {
      table ??= duotoneTable(dark, light);
      for (let at = 0; at < row.length; at += 3) {
        const luma =
          0.2126 * (row[at] as number) +
          0.7152 * (row[at + 1] as number) +
          0.0722 * (row[at + 2] as number);
        const tone = luma <= black ? 0 : luma >= white ? TONES : (luma - black) * scale;
        const entry = (tone | 0) * 3;
        const share = tone - (tone | 0);
        const next = entry + 3 < table.length ? entry + 3 : entry;
        const red = table[entry] as number;
        const green = table[entry + 1] as number;
        const blue = table[entry + 2] as number;
        row[at] = red + share * ((table[next] as number) - red);
        row[at + 1] = green + share * ((table[next + 1] as number) - green);
        row[at + 2] = blue + share * ((table[next + 2] as number) - blue);
      }
    },
  };
}
