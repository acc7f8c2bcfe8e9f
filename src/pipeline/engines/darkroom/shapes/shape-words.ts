import type { Span } from '../language/direction.ts';
import type { Size } from '../pixels/box.ts';

/** A shape or size as a request names it. */
export interface NamedShape {
  /** Width over height. */
  readonly ratio: number;
  /** Pixels, where the words give them. */
  readonly size?: Size;
  readonly used: Span;
}

const NOUN = '(?: (?:format|crop|shape|picture|photo|image|ratio|aspect ratio|frame|canvas))?';

/** Words for a shape that need no numbers. */
const NAMED: readonly (readonly [RegExp, number])[] = [
  [new RegExp(String.raw`\b(?:a )?(?:perfect )?squared?${NOUN}\b`), 1],
  [new RegExp(String.raw`\b(?:widescreen)${NOUN}\b`), 16 / 9],
  [new RegExp(String.raw`\b(?:ultra ?wide|anamorphic|cinemascope|cinematic)${NOUN}\b`), 2.39],
  [/\b(?:portrait|vertical) (?:format|orientation|mode|aspect|ratio|shape)\b/, 4 / 5],
  [/\b(?:landscape|horizontal) (?:format|orientation|mode|aspect|ratio|shape)\b/, 3 / 2],
];
const SIZE = /\b(\d{2,5}) ?(?:px|pixels?)? ?(?:x|by|\*) ?(\d{2,5})(?: ?(?:px|pixels?))?\b/;
const RATIO =
  /\b(\d{1,2}(?:\.\d+)?) ?(?::|x|by|to|\/) ?(\d{1,2}(?:\.\d+)?)\b(?! ?(?:px|pixels?|degrees|%|stops?))(?: (?:aspect )?(?:ratio|format|shape))?/;

/** The shape or size that a text names; undefined where it names none. */
export function shapeIn(text: string): NamedShape | undefined {
  const size = SIZE.exec(text);
  if (size && (Number(size[1]) > 32 || Number(size[2]) > 32)) {
    const [width, height] = [Number(size[1]), Number(size[2])];
    return { ratio: width / height, size: { width, height }, used: spanOf(size) };
  }
  for (const [pattern, ratio] of NAMED) {
    const found = pattern.exec(text);
    if (found) return { ratio, used: spanOf(found) };
  }
  const ratio = RATIO.exec(text);
  const value = ratio ? Number(ratio[1]) / Number(ratio[2]) : Number.NaN;
  return ratio && value >= 0.05 && value <= 20 ? { ratio: value, used: spanOf(ratio) } : undefined;
}

/** Where a pattern was found. */
export const spanOf = (found: RegExpExecArray): Span => ({
  from: found.index,
  to: found.index + found[0].length,
});

/** Where each of the patterns is found first, for those that are. */
export const spansOf = (text: string, ...patterns: readonly RegExp[]): Span[] =>
  patterns.flatMap((pattern) => {
    const found = pattern.exec(text);
    return found ? [spanOf(found)] : [];
  });

/** "Without cropping" in all its ways. */
export const WITHOUT_CROPPING =
  /\b(?:without|dont|no|instead of|rather than) (?:(?:any|having to|to|be|being) )*(?:crop(?:s|ped|ping)?|cut(?:ting)?|los(?:e|ing)|trim(?:ming)?|chop(?:ping)?)\b(?: (?:it|(?:any ?thing|any|any part|something|parts?|the (?:sides|edges|picture|photo|image))(?: of (?:it|the (?:picture|photo|image)))?))?(?: (?:off|away|out))?|\buncropped\b|\b(?:keep(?:ing)?|show(?:ing)?|with) (?:the )?(?:whole|entire|full|complete) (?:picture|photo|image|thing)(?: visible)?|\bkeep(?:ing)? (?:all of it|everything)(?: in(?: frame)?| visible)?\b|\bnothing (?:is |gets )?(?:cropped|cut off|lost)\b/;
