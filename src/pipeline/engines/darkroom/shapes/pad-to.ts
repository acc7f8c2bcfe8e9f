import type { Wish } from '../operation.ts';
import type { Goal } from '../measure/goal.ts';
import type { Size } from '../pixels/box.ts';
import { COLOUR_PATTERN, colourIn } from '../pixels/named-colours.ts';
import { isPossible, wholePixels } from './size-to.ts';

/** Fills that are made of the picture itself. */
export const PICTURE_FILLS = ['blurred', 'mirrored', 'extended'] as const;

const PLAIN = String.raw`(?:picture|photo|image|color|colored|plain|solid|square|empty)`;
const BESIDE = String.raw`(?:backgrounds?|bars?|bands?|fill(?:ing)?|padding|space|edges?|sides?|canvas|backdrop|strip(?:e?s)?|letterbox(?:ing)?|copy of (?:itself|the (?:picture|photo|image))|version of (?:itself|the (?:picture|photo|image)))`;

/** Words for what is to lie beside the picture. */
export const FILL_WORDS = new RegExp(
  String.raw`(?<![\w#])(?:(?:with|on|using|over|by|in) )?(?:(?:a|an|some|its|own) )*(?:blurred|blurry|blur|mirrored|extended|stretched|repeated|transparent|${COLOUR_PATTERN})(?: (?:(?:${PLAIN} )*${BESIDE}(?: (?:on|at|to) (?:the |both |all |each )?(?:sides?|top|bottom|edges))?))?(?!\w)|\b(?:blur(?:red)?|fill(?:ing)?)(?: in)? (?:the )?(?:sides?|rest|bars?|edges?|gaps?|empty (?:space|area)s?)\b(?: (?:with|by|in) (?:a )?(?:blur(?:red)?|${COLOUR_PATTERN})(?: (?:background|copy|color))?)?`,
);

/** What a text says about the fill: a word of `PICTURE_FILLS`, `transparent`, or a colour. */
export function fillIn(text: string): string | undefined {
  if (/\bblur/.test(text)) return 'blurred';
  if (/\bmirror/.test(text)) return 'mirrored';
  if (/\b(?:extend|stretch|repeat)(?:ed|ing)?\b/.test(text)) return 'extended';
  if (/\b(?:transparent|transparency|see-through)\b/.test(text)) return 'transparent';
  return colourIn(text);
}

export interface Padding {
  readonly fill: string;
  /** What the sentence says it is for. */
  readonly lead?: string;
  readonly quiet?: boolean;
}

/** Puts bars beside the picture or above and below it until it has a size. */
export function padTo(wanted: (size: Size) => Size, { fill, lead, quiet }: Padding): Wish {
  return {
    operation: 'pad',
    ...(quiet && { quiet }),
    plan: (photo) => {
      const exact = wholePixels(wanted(photo));
      const width = Math.max(photo.width, exact.width);
      const height = Math.max(photo.height, exact.height);
      if (width === photo.width && height === photo.height) {
        return { nothing: `It is ${width} × ${height} px already and needs no bars.` };
      }
      if (!isPossible({ width, height })) {
        return { nothing: `${width} × ${height} px is more than I make.` };
      }
      const where = width > photo.width ? 'at its sides' : 'above and below it';
      return {
        params: { width, height, fill },
        goals: [
          { metric: 'wholeWidth', at: width, within: 0 },
          { metric: 'wholeHeight', at: height, within: 0 },
          fillGoal(fill),
          { metric: 'framedLikeness', atLeast: 95 },
        ],
        why: `${lead ? `${lead} I` : 'I'} pad it to ${width} × ${height} px with ${fill} bars ${where}, so that nothing is cut off.`,
      };
    },
  };
}

/** The smallest size of a shape that holds a picture whole. */
export const paddedToRatio =
  (ratio: number) =>
  ({ width, height }: Size): Size =>
    width / height > ratio
      ? { width, height: Math.round(width / ratio) }
      : { width: Math.round(height * ratio), height };

function fillGoal(fill: string): Goal {
  if (fill === 'blurred') return { metric: 'frameDetail', atMost: 50 };
  if (fill === 'mirrored' || fill === 'extended') return { metric: 'frameSeam', atMost: 6 };
  return { metric: 'frameColor', atMost: 2 };
}
