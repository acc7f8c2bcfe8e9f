/** How much of something is wished for, as the words say it. */
export interface Amount {
  /** 1 when nothing is said, less for "a bit", more for "a lot". */
  readonly scale: number;
  /** True when a word or number says how much. */
  readonly said: boolean;
  /** Percent as written, with its sign. */
  readonly percent?: number;
  /** Photographic stops (EV). */
  readonly stops?: number;
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:tiniest|tiny bit|hair|smidge|smidgen|barely|very slight(?:ly)?|ever so slightly|very little)\b/,
    0.35,
  ],
  [
    /\b(?:bit|little|slight|slightly|touch|somewhat|subtle|subtly|gentle|gently|lightly|tad|mild|mildly|softly|soft touch|a little bit|kind of|kinda|small amount|faint|faintly)\b/,
    0.5,
  ],
  [
    /\b(?:extremely|extreme|super|way|insanely|dramatic|dramatically|as \w+ as possible|maximum|max|drastic|drastically|hugely|incredibly|massively|ultra)\b/,
    2.2,
  ],
  [
    /\b(?:much|lot|lots|very|really|strong|strongly|stronger|heavy|heavily|significant|significantly|considerably|far|quite a bit|a good deal|tons|loads|intense|intensely|hard|so|big|bold)\b/,
    1.6,
  ],
];

export const NO_AMOUNT: Amount = { scale: 1, said: false };

/** Reads an amount out of a clause. */
export function amountIn(text: string): Amount {
  const percent =
    /([+-]?\d+(?:\.\d+)?)\s?%/.exec(text)?.[1] ??
    /\b(?:brightness|exposure|contrast|saturation|vibrance|warmth|temperature|sharpness|clarity)(?: by| to|:| =)? ?([+-]?\d{2,3})\b(?! ?(?:stop|ev))/.exec(
      text,
    )?.[1];
  const stops =
    /([+-]?\d+(?:\.\d+)?|half an?|a third of an?|an?)\s?(?:f-?\s?)?(?:stops?|ev)\b/.exec(text)?.[1];
  const twice = /\b(?:twice|double|doubled|2x|2 times)\b/.test(text);
  if (percent !== undefined) return { scale: 1, said: true, percent: Number(percent) };
  if (stops !== undefined) return { scale: 1, said: true, stops: stopsOf(stops) };
  if (twice) return { scale: 1, said: true, percent: 100 };
  // "quite a bit" is a lot, "a bit" is little: the longer phrase goes first.
  const words = text
    .replaceAll(/\bquite a (?:bit|lot)\b|\ba good bit\b/g, 'lots')
    .replaceAll(/\b(?:too|so|as) much\b|\bnot so\b|\bso that\b|\bnot very\b/g, '');
  const found = SCALES.find(([pattern]) => pattern.test(words));
  return found ? { scale: found[1], said: true } : NO_AMOUNT;
}

function stopsOf(words: string): number {
  if (words.startsWith('half')) return 0.5;
  if (words.includes('third')) return 1 / 3;
  return words.startsWith('a') ? 1 : Number(words);
}
