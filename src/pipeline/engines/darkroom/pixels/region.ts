/** Parts of a picture that an operation can be limited to, and how an instruction calls them. */
const PARTS = {
  picture: 'the picture',
  top: 'the top half',
  bottom: 'the bottom half',
  left: 'the left half',
  right: 'the right half',
  center: 'the center',
  'top left': 'the top left corner',
  'top right': 'the top right corner',
  'bottom left': 'the bottom left corner',
  'bottom right': 'the bottom right corner',
  'top third': 'the top third',
  'middle third': 'the middle third',
  'bottom third': 'the bottom third',
  'left third': 'the left third',
  'center third': 'the center third',
  'right third': 'the right third',
  edges: 'the edges',
  corners: 'the corners',
  shadows: 'the dark tones',
  midtones: 'the middle tones',
  highlights: 'the light tones',
  red: 'the red parts',
  orange: 'the orange parts',
  yellow: 'the yellow parts',
  green: 'the green parts',
  cyan: 'the turquoise parts',
  blue: 'the blue parts',
  purple: 'the purple parts',
  pink: 'the pink parts',
  brown: 'the brown parts',
  white: 'the white parts',
  gray: 'the gray parts',
  black: 'the black parts',
  skin: 'the skin tones',
  sky: 'the sky',
  subject: 'the subject',
  background: 'the background',
} as const satisfies Record<string, string>;

export type Part = keyof typeof PARTS;

/** A part of a picture or all but that part, as a word; or a box in pixels of the full picture. */
export type Region = Part | `not ${Part}` | `box ${number} ${number} ${number} ${number}`;

export const PART_NAMES = Object.keys(PARTS) as readonly Part[];

const EVERYTHING_BUT = 'everything but ';
const BOX = String.raw`the box of \d+ × \d+ px, \d+ px from the left and \d+ px from the top`;

/** The words of every region, for the inside of a regular expression. */
export const REGION_PATTERN = [
  BOX,
  `(?:${EVERYTHING_BUT})?(?:${Object.values(PARTS)
    .toSorted((one, other) => other.length - one.length)
    .join('|')})`,
].join('|');

export const boxRegion = (box: {
  left: number;
  top: number;
  width: number;
  height: number;
}): Region => `box ${box.left} ${box.top} ${box.width} ${box.height}`;

/** A region taken apart: a part or all but it, or a box in pixels of the full picture. */
export type RegionShape =
  | { readonly part: Part; readonly inverted: boolean }
  | {
      readonly box: { readonly left: number; top: number; readonly width: number; height: number };
    };

export function shapeOf(region: Region): RegionShape {
  if (region.startsWith('box ')) {
    const [left = 0, top = 0, width = 0, height = 0] = region.slice(4).split(' ').map(Number);
    return { box: { left, top, width, height } };
  }
  const inverted = region.startsWith('not ');
  return { part: (inverted ? region.slice(4) : region) as Part, inverted };
}

/** Whether a region is something that a picture shows, and not a place or a range of tones. */
export const isThing = (region: Region): boolean =>
  region === 'sky' || region === 'subject' || region === 'background' || region === 'skin';

/** All but a region. Of the whole picture and of a box there is none. */
export function otherThan(region: Region): Region | undefined {
  const shape = shapeOf(region);
  if ('box' in shape || shape.part === 'picture') return undefined;
  return shape.inverted ? shape.part : `not ${shape.part}`;
}

export function writeRegion(region: Region): string {
  const shape = shapeOf(region);
  if ('box' in shape) {
    const { left, top, width, height } = shape.box;
    return `the box of ${width} × ${height} px, ${left} px from the left and ${top} px from the top`;
  }
  return `${shape.inverted ? EVERYTHING_BUT : ''}${PARTS[shape.part]}`;
}

/** Undefined when the words are not a region as `writeRegion` writes it. */
export function readRegion(words: string): Region | undefined {
  if (words.startsWith('the box of ')) {
    const [width = 0, height = 0, left = 0, top = 0] = (words.match(/\d+/g) ?? []).map(Number);
    return boxRegion({ left, top, width, height });
  }
  const inverted = words.startsWith(EVERYTHING_BUT);
  const name = inverted ? words.slice(EVERYTHING_BUT.length) : words;
  const part = PART_NAMES.find((candidate) => PARTS[candidate] === name);
  if (part === undefined) return undefined;
  return inverted ? `not ${part}` : part;
}
