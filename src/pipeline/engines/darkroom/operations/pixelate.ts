import type { Clause } from '../language/clause.ts';
import { matchOf } from '../language/match.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import type { Operation, Planned, Wish } from '../operation.ts';
import { integer, phrase } from '../phrase.ts';
import { shareOf } from '../pixels/mask.ts';
import { mosaic } from '../pixels/mosaic.ts';
import { shapeOf } from '../pixels/region.ts';
import { planBlur } from './blur.ts';

const PIXELS = String.raw`pixel(?:l?at(?:e|ed|es|ing|ion)|i[sz](?:e|ed|ing|ation)|ly|y)|pixel[- ]?art|mosaic|(?:8|16)[- ]?bit(?! ?(?:png|tiff?|depth|colou?rs?|channels?|file))|blocky|big pixels|retro (?:video )?game`;
const HIDE = String.raw`censor(?:ed|ing|ship)?|redact(?:ed|ing)?|anonymi[sz](?:e|ed|ing)|obscure(?:d)?|obfuscate|hide|unreadable|unrecogni[sz]able|illegible|conceal|mask out|cover up`;
/** Private things, none of which can be found by measuring. */
const THING = String.raw`(?:(?:everyone|everybody)(?:'s)? |people's |(?:the|a|my|his|her|their|your|this|that|all|any|every|each) )*(?:(?:license|licence|number|car|registration|vehicle) )*(?:faces?|heads?|eyes|plates?|addresse?s?|phone numbers?|e-?mail addresse?s?|passwords?|credit cards?(?: numbers?)?|card numbers?|(?:user)?names?|signatures?|id(?: card| number)?s?|account numbers?|personal (?:data|information|info)|sensitive (?:data|information|info|parts?)|identity|identities)`;
const PIXELATE = new RegExp(
  String.raw`\b(?:(?:make|turn|give|add|apply|use|put|with|into|like|in|look) )*(?:(?:it|this|that|the (?:picture|photo|image)|a|an|some|the) )*(?:(?:look|looking|more|very|heavily|strongly|slightly|coarse(?:ly)?|fine(?:ly)?) )*(?:like )?(?:a |an )?(?:${PIXELS})(?: (?:effect|filter|look|style|blur|art|graphics|censor(?:ship)?|bar))*(?: (?:out|over|on))?(?: (${THING}))?(?![\w-])`,
);
const CENSOR = new RegExp(
  String.raw`\b(?:(?:make|turn) )?(?:(?:it|this|that) )?(?:(?:${HIDE})|(?:pixel \w+)|(?:blur|black|block|cross|mosaic) ?out)(?: (${THING}))?(?![\w-])`,
);
/** "Blur the face" is about what it shows, and not about its sharpness. */
const BLUR_THING = new RegExp(String.raw`\bblur(?:red|ring)? (${THING})(?![\w-])`);
const MADE_UNREADABLE = new RegExp(
  String.raw`\bmake (${THING}) (?:unreadable|unrecogni[sz]able|illegible|anonymous|pixelated|blurry)\b`,
);
const BLOCK =
  /\b(?:(?:with|in|into|of|using) )*(?:(?:a )?(?:block|pixel|tile|cell|square)s?(?: ?size)?(?: (?:of|is|to))? ?(\d{1,4})(?: ?x ?\d{1,4})?(?: ?(?:px|pixels?))?|(\d{1,4})(?: ?x ?\d{1,4})? ?(?:px|pixels?)?[- ]?(?:(?:big|large|wide|sized?) )?(?:blocks?|squares?|tiles?|cells?|mosaic)|(\d{1,4}) ?(?:px|pixels?)(?: (?:each|big|large|wide|size))?)\b/;

/** Blocks along the longest side of a picture. */
const BLOCKS = 56;
/** Blocks along a part of it, of which nothing is to be recognised. */
const BLOCKS_OF_A_PART = 9;
/** The finest blocks that are still seen as such, in blocks along the longest side. */
const FINEST = 340;

/** Makes one colour of each square: as a look, or over what nobody is to recognise. */
export const pixelate: Operation = {
  name: 'pixelate',
  offer: 'pixelate it or a part of it',
  order: 42,
  regional: true,
  phrase: phrase('Pixelate {region} in blocks of {block} px', { block: integer }),
  work: {
    kind: 'rework',
    async rework(pixels, { block }, { area, call }) {
      call.signal.throwIfAborted();
      // A box is hidden to its last pixel; where a soft edge is meant the middle of it counts.
      const above = 'box' in shapeOf(area.region) ? 0 : 0.5;
      mosaic(pixels, Number(block), area.mask, above);
      return Promise.resolve(pixels);
    },
  },
  match(clause) {
    const { text } = clause;
    const found =
      MADE_UNREADABLE.exec(text) ??
      PIXELATE.exec(text) ??
      CENSOR.exec(text) ??
      BLUR_THING.exec(text);
    if (!found) return undefined;
    const [words, thing] = found;
    const blurs = words.startsWith('blur') && !words.startsWith('blur out');
    const size = BLOCK.exec(text);
    const match = matchOf(found, wishFor(clause, { thing, blurs, size }));
    if (!match || !size) return match;
    return {
      ...match,
      used: [...match.used, { from: size.index, to: size.index + size[0].length }],
    };
  },
};

interface Asked {
  readonly thing: string | undefined;
  readonly blurs: boolean;
  readonly size: RegExpExecArray | null;
}

function wishFor({ amount, text }: Clause, { thing, blurs, size }: Asked): Wish {
  const block = Number(size?.[1] ?? size?.[2] ?? size?.[3] ?? 0);
  // "8-bit" is a look, and no bit of something.
  const scale = /\b(?:8|16)[- ]?bit\b|\bpixel[- ]?art\b|\bretro\b/.test(text) ? 0.6 : amount.scale;
  return {
    operation: blurs ? 'blur' : 'pixelate',
    plan: (photo, area) => {
      if (thing !== undefined && area.region === 'picture') return { nothing: whereIs(thing) };
      return blurs ? planBlur(photo, area, 2.2) : planPixelate(photo, area, block, scale);
    },
  };
}

const whereIs = (thing: string): string =>
  `I can't find ${/^(?:the|my|his|her|their|your|this|that|all|any|every|each|people|every) ?/.test(thing) ? thing : `the ${thing}`} in a picture. Tell me where to look: a corner or a half of it, or a box in pixels, as in “pixelate 120,80 to 260,190”.`;

function planPixelate(photo: Photo, area: Area, asked: number, scale: number): Planned {
  if (statisticsOf(photo, area).lightnessSpread < 0.5) {
    return { nothing: 'There is no detail in it that could be pixelated.' };
  }
  const longest = Math.max(photo.width, photo.height);
  const blocks = area.mask
    ? Math.min(BLOCKS, BLOCKS_OF_A_PART / Math.sqrt(shareOf(area.mask)))
    : BLOCKS;
  const block = asked || Math.max(2, Math.round((longest / blocks) * scale));
  if (block < 2) return { nothing: 'Blocks of one pixel are the picture as it is.' };
  return {
    params: { block },
    goals: [
      { metric: 'blockDetail', atMost: block * FINEST < longest ? 100 : 15 },
      ...(area.mask ? [{ metric: 'untouched', atLeast: 40 } as const] : []),
    ],
    why: `I pixelate it in blocks of ${block} px, so that nothing smaller can be made out.`,
  };
}
