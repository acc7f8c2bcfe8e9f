import type { CaptionPlace } from '../pixels/caption-layout.ts';
import type { Amount } from './amount.ts';

const SIZES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:tiny|very small)\b/, 45],
  [/\b(?:small|little|smaller|discreet|subtle)\b/, 65],
  [/\b(?:huge|giant|massive|enormous|very large|very big|really big)\b/, 220],
  [/\b(?:big|large|bigger|larger|bold)\b/, 150],
];

/** How large letters are to be: pixels, or percent of the usual size. */
export type LetterSize = { readonly pixels: number } | { readonly percent: number };

/** What a text says about the size of letters; undefined where it says nothing. */
export function letterSizeIn(text: string, amount: Amount): LetterSize | undefined {
  const pixels = /\b(\d{1,3}) ?(?:px|pixels?|pt|points?)\b/.exec(text)?.[1];
  if (pixels !== undefined) return { pixels: Number(pixels) };
  const named = SIZES.find(([pattern]) => pattern.test(text))?.[1];
  if (named !== undefined) return { percent: named };
  const isOpacity = /\b(?:opacity|opaque|transparen)/.test(text);
  return amount.percent === undefined || isOpacity ? undefined : { percent: amount.percent };
}

/** Where letters are to be; undefined where it is not said. */
export function letterPlaceIn(text: string): CaptionPlace | undefined {
  if (/\blower (?:third|1\/3)\b/.test(text)) return 'lower third';
  if (/\bupper (?:third|1\/3)\b/.test(text)) return 'upper third';
  const upright = /\b(?:top|upper|above)\b/.test(text)
    ? 'top'
    : /\b(?:bottom|lower|below|under|underneath|footer)\b/.test(text)
      ? 'bottom'
      : undefined;
  const side = /\bleft\b/.test(text) ? 'left' : /\bright\b/.test(text) ? 'right' : undefined;
  if (side) return `${upright ?? 'bottom'} ${side}`;
  if (/\bcorner\b/.test(text)) return upright === 'top' ? 'top right' : 'bottom right';
  if (upright) return upright;
  return /\bcenter\b/.test(text) ? 'center' : undefined;
}

/** Percent, as said in numbers; undefined where none are. */
export function opacityIn(text: string): number | undefined {
  const percent = (value: number): number => Math.min(100, Math.max(1, value));
  const said = /(\d{1,3}) ?% (?:opacity|opaque|alpha)|\bopacity(?: of| at|:)? (\d{1,3}) ?%?/.exec(
    text,
  );
  if (said) return percent(Number(said[1] ?? said[2]));
  const through = /(\d{1,3}) ?% (?:transparent|transparency|see-through)/.exec(text)?.[1];
  return through === undefined ? undefined : percent(100 - Number(through));
}

/** The same, also as said in words. */
export function letterOpacityIn(text: string): number | undefined {
  const said = opacityIn(text);
  if (said !== undefined) return said;
  if (
    /\b(?:semi|half|slightly)[- ]?(?:transparent|opaque|see-through)|\btransl?ucent\b/.test(text)
  ) {
    return 50;
  }
  return /\b(?:faint|faintly|transparent|subtle|ghostly|barely visible|see-through)\b/.test(text)
    ? 30
    : undefined;
}
