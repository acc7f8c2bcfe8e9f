import { labOf, type Triple } from './colour.ts';
import { fromOklab, toOklab } from './oklab.ts';

/** The parts of a picture that are called by a colour. */
export type ColourFamily =
  | 'red'
  | 'orange'
  | 'yellow'
  | 'green'
  | 'cyan'
  | 'blue'
  | 'purple'
  | 'pink'
  | 'brown'
  | 'white'
  | 'gray'
  | 'black';

/** What colours are called: sRGB, 0 to 255, and the family whose hues go by that name. */
const NAMES = {
  white: [255, 255, 255, 'white'],
  black: [0, 0, 0, 'black'],
  red: [214, 32, 32, 'red'],
  orange: [245, 130, 20, 'orange'],
  yellow: [255, 214, 10, 'yellow'],
  gold: [224, 178, 60, 'yellow'],
  green: [34, 160, 72, 'green'],
  blue: [36, 98, 220, 'blue'],
  purple: [140, 60, 200, 'purple'],
  pink: [255, 105, 170, 'pink'],
  gray: [128, 128, 128, 'gray'],
  brown: [120, 74, 40, 'brown'],
  cyan: [0, 190, 220, 'cyan'],
  teal: [0, 128, 128, 'cyan'],
  turquoise: [48, 205, 195, 'cyan'],
  aqua: [60, 210, 220, 'cyan'],
  magenta: [220, 30, 180, 'pink'],
  fuchsia: [230, 30, 160, 'pink'],
  rose: [240, 100, 130, 'pink'],
  salmon: [250, 128, 114, 'pink'],
  coral: [255, 127, 80, 'orange'],
  peach: [255, 203, 164, 'orange'],
  apricot: [251, 190, 140, 'orange'],
  amber: [255, 176, 20, 'orange'],
  copper: [184, 115, 51, 'orange'],
  rust: [183, 65, 14, 'orange'],
  crimson: [190, 18, 52, 'red'],
  scarlet: [230, 36, 20, 'red'],
  ruby: [190, 16, 76, 'red'],
  maroon: [110, 16, 28, 'red'],
  burgundy: [122, 16, 44, 'red'],
  lemon: [255, 240, 80, 'yellow'],
  mustard: [214, 168, 38, 'yellow'],
  lime: [140, 220, 40, 'green'],
  olive: [120, 124, 44, 'green'],
  mint: [150, 226, 184, 'green'],
  emerald: [18, 150, 92, 'green'],
  'sky blue': [120, 190, 240, 'blue'],
  'baby blue': [150, 200, 240, 'blue'],
  'royal blue': [50, 86, 210, 'blue'],
  navy: [20, 32, 100, 'blue'],
  'navy blue': [20, 32, 100, 'blue'],
  indigo: [70, 34, 150, 'purple'],
  violet: [138, 70, 226, 'purple'],
  lavender: [190, 166, 240, 'purple'],
  lilac: [200, 162, 210, 'purple'],
  plum: [130, 52, 112, 'purple'],
  tan: [210, 180, 140, 'brown'],
  beige: [232, 220, 192, 'brown'],
  chocolate: [92, 52, 30, 'brown'],
  cream: [255, 246, 220, 'white'],
  ivory: [252, 250, 236, 'white'],
  silver: [192, 192, 196, 'gray'],
  charcoal: [54, 58, 64, 'black'],
} as const satisfies Record<string, readonly [number, number, number, ColourFamily]>;

type ColourName = keyof typeof NAMES;

const isName = (words: string): words is ColourName => Object.hasOwn(NAMES, words);

/** How Oklab lightness and chroma of a name change with a word before it. */
const SHADES: Readonly<Record<string, (lightness: number) => readonly [number, number]>> = {
  light: (lightness) => [lightness + (1 - lightness) * 0.5, 0.75],
  pale: (lightness) => [lightness + (1 - lightness) * 0.65, 0.5],
  pastel: (lightness) => [lightness + (1 - lightness) * 0.6, 0.55],
  dark: (lightness) => [lightness * 0.62, 0.8],
  deep: (lightness) => [lightness * 0.75, 1],
  bright: (lightness) => [lightness + (1 - lightness) * 0.15, 1.3],
  vivid: (lightness) => [lightness, 1.3],
  neon: (lightness) => [lightness + (1 - lightness) * 0.3, 1.5],
  dusty: (lightness) => [lightness, 0.5],
  muted: (lightness) => [lightness, 0.5],
};

const LONGEST_FIRST = Object.keys(NAMES).toSorted((one, other) => other.length - one.length);

const SHADED_NAME = `(?:(?:${Object.keys(SHADES).join('|')}) )?(?:${LONGEST_FIRST.join('|')})`;

const HEXADECIMAL = String.raw`#[0-9a-f]{6}\b|#[0-9a-f]{3}\b`;

/** A colour in words, one or several of it ("the reds"), or as a hexadecimal number. */
export const COLOUR_PATTERN = String.raw`${SHADED_NAME}(?!(?!e?s\b)[\w-])|${HEXADECIMAL}`;

/** Names that are as often said of a thing: "the rose" need not be pink. */
const ALSO_THINGS: ReadonlySet<string> = new Set<ColourName>([
  'rose',
  'salmon',
  'coral',
  'peach',
  'apricot',
  'amber',
  'copper',
  'rust',
  'ruby',
  'lemon',
  'mustard',
  'lime',
  'mint',
  'emerald',
  'lavender',
  'lilac',
  'plum',
  'violet',
  'chocolate',
  'cream',
  'ivory',
  'silver',
  'charcoal',
  'gold',
  'tan',
]);

export const isAlsoThing = (words: string): boolean => ALSO_THINGS.has(takeApart(words).name ?? '');

/** sRGB, 0 to 255, of a plain name. */
function namedColour(name: ColourName): Triple {
  const [red, green, blue] = NAMES[name];
  return [red, green, blue];
}

/** sRGB, 0 to 1, of what `COLOUR_PATTERN` finds; middle grey for anything else. */
export function colourCalled(words: string): Triple {
  if (words.startsWith('#')) return hexadecimal(words.slice(1));
  const { name, shade } = takeApart(words);
  if (!name) return [0.5, 0.5, 0.5];
  const [red, green, blue] = namedColour(name);
  const plain: Triple = [red / 255, green / 255, blue / 255];
  if (!shade) return plain;
  const [lightness, a, b] = toOklab(...plain);
  const [shaded, chroma] = shade(lightness);
  return fromOklab([shaded, a * chroma, b * chroma]);
}

/** Undefined for what is no name. */
export function familyOf(words: string): ColourFamily | undefined {
  const { name } = takeApart(words);
  return name && NAMES[name][3];
}

function takeApart(words: string) {
  if (isName(words)) return { name: words };
  const [first = '', ...rest] = words.split(' ');
  const name = rest.join(' ');
  return isName(name) ? { name, shade: SHADES[first] } : {};
}

function hexadecimal(digits: string): Triple {
  const value = (index: number): number =>
    digits.length === 3
      ? Number.parseInt((digits[index] ?? '0').repeat(2), 16) / 255
      : Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16) / 255;
  return [value(0), value(1), value(2)];
}

/** Below this chroma, in Lab units, a colour is a grey and has no hue. */
const GREY = 8;

export const isGrey = (words: string): boolean => {
  const [, a, b] = labOf(...colourCalled(words));
  return Math.hypot(a, b) < GREY;
};

/** Cosine and sine of a named colour's hue angle in CIE Lab. */
export function hueDirection(words: string): readonly [number, number] {
  const [, a, b] = labOf(...colourCalled(words));
  const chroma = Math.max(1e-6, Math.hypot(a, b));
  return [a / chroma, b / chroma];
}
