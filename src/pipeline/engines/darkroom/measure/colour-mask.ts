import type { Mask } from '../pixels/mask.ts';
import type { Part } from '../pixels/region.ts';
import { smooth } from './geometric-mask.ts';
import type { Photo } from './photo.ts';

/** Hue angle in Lab, degrees, in the middle of what a name covers, and how far it reaches. */
interface Hues {
  readonly hue: number;
  readonly reach: number;
  /** Chroma from which a pixel counts as coloured; Lab units. */
  readonly chroma: number;
  /** L* that it may have. */
  readonly from?: number;
  readonly to?: number;
  /** Highest chroma: skin and brown are never vivid. */
  readonly most?: number;
}

const HUES = {
  red: { hue: 32, reach: 26, chroma: 22 },
  orange: { hue: 62, reach: 18, chroma: 24, from: 42 },
  yellow: { hue: 92, reach: 20, chroma: 22, from: 45 },
  green: { hue: 132, reach: 36, chroma: 9 },
  cyan: { hue: 205, reach: 34, chroma: 9 },
  blue: { hue: 274, reach: 38, chroma: 10 },
  purple: { hue: 316, reach: 22, chroma: 12 },
  pink: { hue: 356, reach: 28, chroma: 14, from: 45 },
  brown: { hue: 62, reach: 30, chroma: 8, to: 55, most: 42 },
  skin: { hue: 52, reach: 24, chroma: 9, from: 28, to: 92, most: 48 },
} as const satisfies Partial<Record<Part, Hues>>;

/** L* and chroma of what has no colour. */
const NEUTRALS = {
  white: { from: 78, to: 101, most: 12 },
  gray: { from: 26, to: 82, most: 9 },
  black: { from: -1, to: 24, most: 14 },
} as const satisfies Partial<Record<Part, { from: number; to: number; most: number }>>;

type ColourPart = keyof typeof HUES | keyof typeof NEUTRALS;

export const isColourPart = (part: Part): part is ColourPart =>
  Object.hasOwn(HUES, part) || Object.hasOwn(NEUTRALS, part);

/** How much a colour in Lab goes by a name, 0 to 1. */
export const colourWeight = (part: ColourPart): Weigh =>
  part in NEUTRALS ? neutral(part as keyof typeof NEUTRALS) : coloured(part as keyof typeof HUES);

/** How much each pixel has a named colour. Tints fade in over a few degrees, units of chroma and L*. */
export function colourMask({ copy, lightness, a, b }: Photo, part: ColourPart): Mask {
  const weights = new Uint8Array(lightness.length);
  const weigh = colourWeight(part);
  for (let pixel = 0; pixel < lightness.length; pixel += 1) {
    const weight = weigh(lightness[pixel] as number, a[pixel] as number, b[pixel] as number);
    weights[pixel] = Math.round(255 * weight);
  }
  return { width: copy.width, height: copy.height, weights };
}

export type Weigh = (lightness: number, a: number, b: number) => number;

/** 1 well inside `from`..`to`, 0 well outside, half at the ends. */
const between = (value: number, from: number, to: number, passage: number): number =>
  smooth((value - from) / passage + 0.5) * smooth((to - value) / passage + 0.5);

function neutral(part: keyof typeof NEUTRALS): Weigh {
  const { from, to, most } = NEUTRALS[part];
  return (lightness, a, b) =>
    between(lightness, from, to, 10) * smooth((most - Math.hypot(a, b)) / 6 + 0.5);
}

function coloured(part: keyof typeof HUES): Weigh {
  const { hue, reach, chroma: least, from = -20, to = 120, most = 300 }: Hues = HUES[part];
  return (lightness, a, b) => {
    const chroma = Math.sqrt(a * a + b * b);
    if (chroma < least / 2) return 0;
    const angle = (Math.atan2(b, a) * 180) / Math.PI;
    const away = Math.abs(((angle - hue + 540) % 360) - 180);
    if (away > reach + 8) return 0;
    return (
      smooth((reach - away) / 14 + 0.5) *
      smooth((chroma - least) / (least * 0.5) + 0.5) *
      between(lightness, from, to, 12) *
      smooth((most - chroma) / 12 + 0.5)
    );
  };
}
