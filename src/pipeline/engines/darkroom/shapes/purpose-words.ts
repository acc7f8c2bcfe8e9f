import type { Span } from '../language/direction.ts';
import type { Wish } from '../operation.ts';
import type { Size } from '../pixels/box.ts';
import { cropToRatio } from './crop-to.ts';
import { fillIn, FILL_WORDS, padTo, paddedToRatio } from './pad-to.ts';
import { PURPOSES, type Purpose } from './purposes.ts';
import { spanOf, spansOf, WITHOUT_CROPPING } from './shape-words.ts';
import { fittedInto, sizeTo } from './size-to.ts';

/** What leads to a purpose, so that "my Instagram story is too dark" is about its tones. */
const LEAD = String.raw`(?:(?:crop|cut|resize|fit|size|scale|format|prepare|optimi[sz]e|adapt|make|create|turn|convert|set|get|give me|use|need|want|print|post)(?:ped|d|ted|ting|ing)?(?: (?:it|this|that|the (?:picture|photo|image)|up|ready|good|perfect))* ?)?(?:(?:for|as|into|to(?: be)?(?: fit)?|fit(?: (?:in|into|for|to))?|(?<=(?:make|makes|want|need|get)(?: (?:it|this|that|me))?) ?)(?: (?:a|an|the|my|our|use as|be|size of))*|^(?:a|an|my)?|(?<=(?:make|create|give me|crop|resize|fit|size|format|print)(?: (?:it|this|that))? )(?:a|an|my)?) ?`;
const TAIL = String.raw`(?:[- ](?:size|sized|format|dimensions|shape|ratio|crop|resolution|picture|photo))*`;
const SHAPES =
  /\b(?:crop|cut|resize|fit|size|scale|format|dimensions|shape|ratio|make (?:it|this|that|me)|turn (?:it|this)|convert|print|prepare|suitable|right size)\b/;

export interface Purposed {
  readonly purpose: Purpose;
  readonly used: readonly Span[];
}

/** What a text says that the picture is for. */
export function purposeIn(text: string): Purposed | undefined {
  for (const purpose of PURPOSES) {
    const found = new RegExp(String.raw`${LEAD}\b(?:${purpose.words})\b${TAIL}(?!\w)`).exec(text);
    if (!found || !(isAll(text, found) || hasLead(text, found))) continue;
    if (purpose.weak && !SHAPES.test(text) && found.index > 0) continue;
    return { purpose, used: [spanOf(found)] };
  }
  const paper = PAPER.exec(text);
  if (!paper) return undefined;
  const [, width, height, unit = ''] = paper;
  const inches = unit.startsWith('mm') ? 25.4 : unit.startsWith('cm') ? 2.54 : 1;
  const pixels = (length: string | undefined): number =>
    Math.round((Number(length) / inches) * 300);
  return {
    purpose: {
      name: `a print of ${width} × ${height} ${unit} (300 dpi)`,
      words: '',
      size: { width: pixels(width), height: pixels(height) },
      exact: true,
    },
    used: [spanOf(paper), ...spansOf(text, /\bat 300 ?dpi\b/)],
  };
}

const PAPER =
  /\b(?:(?:crop|resize|fit|size|make|print|set|scale)(?: (?:it|this|that))?(?: (?:to|for|as|at|into))?(?: an?)? )?(\d{1,3}(?:\.\d+)?) ?(?:mm|cm|in|inch|inches)? ?(?:x|by) ?(\d{1,3}(?:\.\d+)?) ?(mm|cm|in\b|inch(?:es)?)(?: (?:print|photo|paper|size))?/;

const COURTESY = /\b(?:please|pls|plz|thanks|thank you|now|just)\b/g;

/** Whether the whole text says no more than what the picture is for. */
function isAll(text: string, found: RegExpExecArray): boolean {
  const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
  return (
    rest.replace(WITHOUT_CROPPING, '').replace(FILL_WORDS, '').replaceAll(COURTESY, '').trim() ===
    ''
  );
}

/** A bare noun after nothing at all is no wish, but for a whole clause of it. */
const hasLead = (text: string, found: RegExpExecArray): boolean =>
  /^(?:crop|cut|resize|fit|size|scale|format|prepare|optimi|adapt|make|create|give me|turn|convert|set|get|use|need|want|print|post|for|as|into|to)\b/.test(
    found[0].trim(),
  ) ||
  /(?:size|sized|format|dimensions|shape|ratio|crop|resolution)$/.test(found[0]) ||
  SHAPES.test(text.slice(0, found.index));

/** The wishes that bring a picture to a purpose: cropped, or padded where nothing is to be cut off. */
export function wishesFor(
  { purpose, used }: Purposed,
  text: string,
): { used: Span[]; wishes: Wish[] } {
  const { name, head, exact, turns } = purpose;
  const sizeOf = (photo: Size): Size => {
    const { width, height } = purpose.size;
    return turns && photo.width > photo.height
      ? { width: height, height: width }
      : { width, height };
  };
  const ratioOf = (photo: Size): number => sizeOf(photo).width / sizeOf(photo).height;
  const lead = `For ${name} (${purpose.size.width} × ${purpose.size.height} px)`;
  const sizing = exact ? {} : { shapeOf: name };
  const fill = fillIn(text);
  const size = sizeTo((photo) => broughtTo(photo, sizeOf(photo)), sizing);
  const pad = padTo((photo) => paddedTo(photo, sizeOf(photo)), { fill: fill ?? 'blurred', lead });
  const whole = WITHOUT_CROPPING.test(text) || (fill !== undefined && FILL_WORDS.test(text));
  return {
    used: [...used, ...(whole ? spansOf(text, WITHOUT_CROPPING, FILL_WORDS) : [])],
    wishes: whole
      ? [size, pad]
      : [
          cropToRatio({
            ratio: ratioOf,
            lead,
            quiet: true,
            ...(head && { anchor: 'head' as const }),
            instead: [pad],
          }),
          size,
        ],
  };
}

/** The size itself for a picture of its shape, else the largest of the picture's own shape within it. */
function broughtTo(photo: Size, size: Size): Size {
  const difference = photo.width / photo.height / (size.width / size.height) - 1;
  // Whole pixels come no nearer to a shape than this.
  const least = Math.max(0.01, 1 / Math.min(photo.width, photo.height));
  return Math.abs(difference) <= least ? size : fittedInto(photo, size);
}

/** The size itself for a picture that was brought to fit it, else its shape around the picture. */
function paddedTo(photo: Size, size: Size): Size {
  const fitted = fittedInto(photo, size);
  return fitted.width === photo.width && fitted.height === photo.height
    ? size
    : paddedToRatio(size.width / size.height)(photo);
}
