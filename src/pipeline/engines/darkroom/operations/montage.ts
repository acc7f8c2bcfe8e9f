import type { EncodedImage } from '../../../../image/types.ts';
import type { Clause } from '../language/clause.ts';
import { eyeCatchingOffset } from '../measure/saliency.ts';
import { photoOf, type Photo } from '../measure/photo.ts';
import type { Match, Operation, Planned } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { layOut, tilesFor } from '../pixels/montage.ts';
import { colourField, colourIn } from '../pixels/named-colours.ts';
import { integer, oneOf, phrase, type Field } from '../phrase.ts';
import { isPossible } from '../shapes/size-to.ts';
import { spanOf, spansOf } from '../shapes/shape-words.ts';
import { LAYOUTS, tilesOf, type Layout } from '../shapes/tiles.ts';

const SUBJECTS = String.raw`(?: (?:it|this|that|them|these|those|both|all|everything|the|my|our|2|3|4|5|6|7|8|9|pictures?|photos?|images?|pics?|shots?|together|of|up|out))*`;
const VERB = String.raw`(?:(?:put|place|set|lay|arrange|show|combine|join|stitch|merge|make|create|build|do|turn|paste|glue|tile|line|i want|give me|need)${SUBJECTS} )?`;
const ROW = new RegExp(
  String.raw`\b${VERB}(?:(?:in|into|as|to|with) )?(?:(?:a|one|single|1) )*(?:side[- ]by[- ]side|next to (?:each|one) (?:other|another)|beside (?:each|one) (?:other|another)|(?:in |into )?(?:a )?(?:horizontal )?row|left and right|horizontally together|before[ -](?:and[ -]|\/ ?|&[ -]?)?after(?: (?:picture|photo|image|comparison))?|comparison|diptych|triptych)\b(?: (?:comparison|picture|photo|image))?|\b(?:join|stitch|combine|merge)${SUBJECTS} horizontally\b|\bside[- ]by[- ]side\b`,
);
const COLUMN = new RegExp(
  String.raw`\b(?:stack|pile)(?:ed)?${SUBJECTS}(?: (?:vertically|on top of (?:each|one) (?:other|another)))?\b|\b${VERB}(?:(?:in|into|as) )?(?:(?:a|one|single|vertical) )*(?:on top of (?:each|one) (?:other|another)|(?:above|below|under) (?:each|one) (?:other|another)|(?:one|1) (?:above|below|under) (?:the other|another)|column|vertical strip)\b|\b(?:join|stitch|combine|merge)${SUBJECTS} vertically\b`,
);
const GRID = new RegExp(
  String.raw`\b${VERB}(?:(?:in|into|as|to) )?(?:(?:a|one|single|nice|photo|picture|image) )*(?:(\d) ?(?:x|by) ?(\d) ?)?(?:photo |picture |image )?(?:grid|collage|montage|mosaic|contact sheet|photo wall|tiles|tiled)\b(?: (\d) ?(?:x|by) ?(\d))?(?: (?:of|from|with|out of)${SUBJECTS})?`,
);
const JOINED = new RegExp(
  String.raw`\b(?:combine|join|stitch|merge)(?: (?:it|this|that|them|these|those|both|all|everything|the|my|our|2|3|4|5|6|7|8|9|pictures?|photos?|images?|pics?)){1,4}(?: together)?(?: (?:in|into|to) (?:one|1|a single|a)(?: (?:picture|photo|image))?)?\b`,
);
const GAP =
  /\b(?:with |and )?(?:(?:a|an|some|no|any|without(?: any)?) )*(?:(\d+) ?(?:px|pixels?) )?(?:(?:small|thin|wide|big|large|thick|little) )?(?:(?:white|black|gray|colored) )?(?:gaps?|spac(?:e|ing)|gutters?|separat(?:or|ion)s?|divid(?:er|ing line)s?|lines?|borders?)(?: (?:of )?(\d+) ?(?:px|pixels?))?(?: between(?: (?:them|the (?:pictures|photos|images)|each))?)?\b/;
const BACKGROUND = /\b(?:on|with) (?:a |an )?[a-z#0-9 -]+ background\b/;

/** Tiles' offsets in percent: from the left for wide crops, from the top for high ones. */
const offsets: Field = {
  pattern: String.raw`\d+(?:, \d+)*`,
  write: String,
  read: (words) => words,
};

/** Puts the pictures of a request together into one. */
export const montage: Operation = {
  name: 'montage',
  offer: 'put several pictures side by side, on top of each other or into a grid',
  order: 5,
  regional: false,
  phrase: phrase(
    'Put {region} together with the others in a {layout} of {columns} across, {gap} px apart on {color}, at a width of {width} px, cropped at {offsets} %',
    {
      layout: oneOf(...LAYOUTS),
      columns: integer,
      gap: integer,
      color: colourField(),
      width: integer,
      offsets,
    },
  ),
  work: { kind: 'move', move: layOut },
  match: matchMontage,
};

function matchMontage({ text, negated }: Clause): Match | undefined {
  if (negated) return undefined;
  const grid = GRID.exec(text);
  const column = grid ? null : COLUMN.exec(text);
  const row = grid || column ? null : (ROW.exec(text) ?? JOINED.exec(text));
  const found = grid ?? column ?? row;
  if (!found) return undefined;
  const isCollage = grid !== null && !/\bgrid\b|\d ?(?:x|by) ?\d/.test(grid[0]);
  const layout: Layout = isCollage ? 'collage' : grid ? 'grid' : column ? 'column' : 'row';
  const columns = Number(found[1] ?? found[3]) || undefined;
  const gap = GAP.exec(text);
  return {
    used: [spanOf(found), ...spansOf(text, GAP, BACKGROUND)],
    wishes: [
      {
        operation: 'montage',
        plan: (photo, _area, references) =>
          planMontage(photo, references, {
            layout,
            ...(columns !== undefined && { columns }),
            gapPixels: gap ? gapOf(gap) : undefined,
            color: colourIn(text) ?? 'white',
          }),
      },
    ],
  };
}

function gapOf([words, before, after]: RegExpExecArray): number | undefined {
  const pixels = before ?? after;
  if (pixels !== undefined) return Number(pixels);
  return /\b(?:no|without)\b/.test(words) ? 0 : undefined;
}

interface Asked {
  readonly layout: Layout;
  readonly columns?: number;
  readonly gapPixels: number | undefined;
  readonly color: string;
}

async function planMontage(
  photo: Photo,
  references: readonly EncodedImage[],
  { layout, columns: asked, gapPixels, color }: Asked,
): Promise<Planned> {
  if (references.length === 0) {
    return {
      nothing: 'Only one picture came with this; a montage takes two or more, sent together.',
    };
  }
  const sizes: Size[] = [photo, ...references];
  const count = sizes.length;
  const columns =
    layout === 'row' ? count : layout === 'column' ? 1 : (asked ?? Math.ceil(Math.sqrt(count)));
  const gap = gapPixels ?? Math.round(Math.min(...sizes.map(({ height }) => height)) * 0.015);
  const natural = tilesOf(sizes, { layout, columns, gap });
  const size = possible(natural.size);
  const photos = [photo, ...(await Promise.all(references.map((each) => photoOf(each))))];
  const cropped = natural.tiles.map((tile, index) => shownAt(photos[index] ?? photo, tile));
  const params = { layout, columns, gap, color, width: size.width, offsets: cropped.join(', ') };
  const to = tilesFor(sizes, params).size;
  const how = {
    row: 'side by side, all of one height and none cropped',
    column: 'on top of each other, all of one width and none cropped',
    collage: `in lines of ${columns}, each cropped to its tile around what catches the eye`,
    grid: `in a grid of ${columns} across, each cropped to its tile around what catches the eye`,
  }[layout];
  return {
    params,
    goals: [
      { metric: 'width', at: to.width, within: 0 },
      { metric: 'height', at: to.height, within: 0 },
      { metric: 'likeness', atLeast: 95 },
    ],
    why: `I put the ${count} pictures ${how}; together they are ${to.width} × ${to.height} px.`,
  };
}

const MOST_ACROSS = 12_000;

/** A montage as large as its pictures make it, but no larger than can be made. */
function possible(size: Size): Size {
  let scale = Math.min(1, MOST_ACROSS / Math.max(size.width, size.height));
  const scaled = (): Size => ({
    width: Math.round(size.width * scale),
    height: Math.round(size.height * scale),
  });
  while (!isPossible(scaled())) scale *= 0.95;
  return scaled();
}

const HEAD_ROOM = 0.25;

/** Where a crop to a tile's shape shows the most, percent along the axis that is cropped. */
function shownAt(photo: Photo, tile: Size): number {
  const wide = photo.width / photo.height > tile.width / tile.height;
  const share = wide
    ? (photo.height * tile.width) / tile.height / photo.width
    : (photo.width * tile.height) / tile.width / photo.height;
  const offset = eyeCatchingOffset(photo, wide ? 'x' : 'y', Math.min(1, share));
  // Heads are at the top, and a montage that cuts them off is no good.
  return Math.round(100 * (wide ? offset : Math.min(offset, HEAD_ROOM)));
}
