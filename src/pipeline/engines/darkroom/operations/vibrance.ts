import { correctedBy } from '../correction.ts';
import { directionOf, type Dimension } from '../language/direction.ts';
import { matchOf } from '../language/match.ts';
import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, round, signed } from '../phrase.ts';

const WORDS: Dimension = {
  nouns: 'vibran(?:ce|cy)',
  more: '(?!)',
  less: '(?!)',
};
const MUTED = '(?:muted|weak|weaker|pale|paler|dull|duller|soft|softer|faint|subtle) colors?';
/** The same said without the word. */
const IN_OTHER_WORDS = new RegExp(
  String.raw`\b(?:(?:boost|strengthen|intensify|enhance|lift|raise|bring out|bring up|saturate|revive|increase|help|wake up)(?: up)?(?: only| just)? (?:the |its |all )?${MUTED}|(?:only |just )(?:boost |strengthen )?(?:the )?${MUTED}|make (?:the |its |all )?${MUTED} (?:stronger|richer|more (?:vivid|colorful|saturated|intense))|(?:smart|gentle|natural|skin[- ]safe|intelligent) saturation|(?:more |boost(?: the)? |stronger |richer )(?:colors?|saturation),? without (?:over-? ?saturating|overdoing|touching|changing|ruining)(?: it| the)?(?: strong| skin)?(?: colors?| tones?)?)\b`,
);

/** Growth of muted chroma that a plain "more vibrance" makes. */
const MORE = 0.3;
const LESS = 0.35;
/** Past this the strength of all colours is the same, and that is saturation's business. */
const LIMIT = 2.5;

/** Strengthens muted colours more than strong ones, and skin the least; the gamut is never left. */
export const vibrance: Operation = {
  name: 'vibrance',
  offer: 'strengthen muted colors alone (vibrance)',
  order: 25,
  regional: true,
  phrase: signed(
    'strength',
    phrase('Raise the vibrance of {region} by {strength}', { strength: decimal(2) }),
    phrase('Lower the vibrance of {region} by {strength}', { strength: decimal(2) }),
  ),
  work: {
    kind: 'colour',
    stage: ({ strength }) => ({ mix: (row) => strengthen(row, Number(strength)) }),
  },
  match(clause) {
    const { text, amount } = clause;
    const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 30;
    const direction = directionOf(clause, WORDS);
    const sign = amount.percent !== undefined && amount.percent < 0 ? -1 : (direction?.sign ?? 1);
    const wish = {
      operation: 'vibrance',
      plan: (photo: Photo, area: Area) => planVibrance(photo, area, sign, scale),
    };
    if (direction) return { used: [direction.used], wishes: [wish] };
    return matchOf(IN_OTHER_WORDS.exec(text), wish);
  },
  correct: correctedBy('mutedChroma', {
    param: 'strength',
    neutral: 0,
    min: -1,
    max: LIMIT,
    digits: 2,
  }),
};

function planVibrance(photo: Photo, area: Area, sign: 1 | -1, scale: number): Planned {
  const { mutedChroma, strongestChroma, meanChroma, clippedHighlights } = statisticsOf(photo, area);
  if (strongestChroma < 2 || meanChroma < 0.8) {
    return { nothing: 'It has no colors whose vibrance could be changed.' };
  }
  if (sign > 0 && mutedChroma > 45) {
    return { nothing: 'It has no muted colors: all of them are strong already.' };
  }
  const change = sign > 0 ? MORE * Math.min(3, scale) : -Math.min(0.9, LESS * scale);
  const target = mutedChroma * (1 + change);
  return {
    params: { strength: round(Math.min(LIMIT, Math.max(-1, change * 2.2)), 2) },
    goals: [
      {
        metric: 'mutedChroma',
        at: target,
        within: Math.max(0.4, 0.2 * Math.abs(target - mutedChroma)),
      },
      {
        metric: 'strongestChroma',
        atMost: strongestChroma * (1 + Math.max(0, change) * 0.6) + 2,
      },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 2.5 },
    ],
    why: `Its muted colors have a chroma of ${round(mutedChroma, 0)} and its strongest one of ${round(strongestChroma, 0)}, so I ${sign > 0 ? 'strengthen' : 'weaken'} the muted ones to about ${round(target, 0)}, the strong ones hardly, and go easy on skin.`,
  };
}

/** How much of the strength skin gets. */
const SKIN_SHARE = 0.3;

/**
 * Moves each pixel away from its own luma, the less the more saturated (HSV) it is, and less still
 * if its hue is that of skin.
 */
function strengthen(row: Float32Array, strength: number): void {
  for (let at = 0; at < row.length; at += 3) {
    const red = row[at] as number;
    const green = row[at + 1] as number;
    const blue = row[at + 2] as number;
    const highest = Math.max(red, green, blue);
    const lowest = Math.min(red, green, blue);
    const spread = highest - lowest;
    if (spread < 1e-6) continue;
    const muted = 1 - spread / highest;
    let wanted = strength * muted;
    if (red === highest && blue === lowest) {
      // Between red (0) and yellow (1): skin of every shade lies about a third of the way.
      const hue = (green - blue) / spread;
      const away = Math.abs(hue - 0.4) / 0.4;
      if (away < 1) wanted *= 1 - (1 - SKIN_SHARE) * (1 - away * away);
    }
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let factor = 1 + wanted;
    if (wanted > 0) {
      const room = Math.min((1 - luma) / (highest - luma), luma / (luma - lowest));
      const left = Math.max(0, room - 1);
      // Approaches the edge of the gamut instead of running into it.
      factor = 1 + (wanted * left) / (wanted + left + 1e-9);
    }
    row[at] = luma + factor * (red - luma);
    row[at + 1] = luma + factor * (green - luma);
    row[at + 2] = luma + factor * (blue - luma);
  }
}
