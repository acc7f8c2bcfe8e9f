import { correctedBy } from '../correction.ts';
import { directionOf, type Dimension } from '../language/direction.ts';
import type { Operation, Planned } from '../operation.ts';
import type { Photo } from '../measure/photo.ts';
import { decimal, phrase, round } from '../phrase.ts';
import type { Area } from '../measure/area.ts';
import { statisticsOf } from '../measure/statistics.ts';

const WORDS: Dimension = {
  nouns: 'saturation|vividness|colors?|color intensity',
  more: 'saturat(?:ed|e|ing)|vibrant|vivid|colorful|rich(?:er)? colors?|richer|bolder colors?|lively|livelier|colors? (?:pop|popping|stand out|richer|bolder|stronger|brighter|more vivid)|intense colors?|brighter colors?',
  less: 'desaturat(?:ed|e|ing|ion)|mut(?:ed|e) colors?|muted|mute|faded|pastel|faded colors?|dull(?:er)?|washed colors?|colors? (?:softer|calmer|muted|duller|weaker|fade|fade out)|softer colors?',
};

/** Makes colours stronger or weaker. No colour is pushed past what the picture can hold. */
export const saturation: Operation = {
  name: 'saturation',
  offer: 'make colors stronger or weaker',
  order: 25,
  regional: true,
  phrase: phrase('Set the saturation of {region} to {factor} times', { factor: decimal(2) }),
  work: {
    kind: 'colour',
    stage: ({ factor }) => ({ mix: (row) => saturate(row, Number(factor)) }),
  },
  match(clause) {
    const direction = directionOf(clause, WORDS);
    if (!direction) return undefined;
    const word = clause.text.slice(direction.used.from, direction.used.to);
    const bareNoun = /^colors?$/.test(word);
    const asked =
      /\b(?:more|less|boost|increase|reduce|decrease|too|enhance|strengthen|stronger|intensify|lower|raise|turn|tone|add|bring|punch|weaken|soften|mute)\b/;
    if (bareNoun && !asked.test(clause.text) && !clause.leaning) return undefined;
    const { amount } = clause;
    const sign =
      /\bdull\b/.test(word) && /\b(?:is|looks?|too|so)\b/.test(clause.text) ? 1 : direction.sign;
    const factor =
      amount.percent === undefined
        ? sign > 0
          ? 1 + 0.28 * amount.scale
          : Math.max(0.12, 1 - 0.33 * amount.scale)
        : Math.max(0, 1 + (sign * Math.abs(amount.percent)) / 100);
    return {
      used: [direction.used],
      wishes: [
        { operation: 'saturation', plan: (photo, area) => planSaturation(photo, area, factor) },
      ],
    };
  },
  correct: correctedBy('meanChroma', { param: 'factor', neutral: 1, min: 0, max: 4, digits: 2 }),
};

export function planSaturation(photo: Photo, area: Area, factor: number): Planned {
  const { meanChroma, clippedHighlights } = statisticsOf(photo, area);
  if (meanChroma < 0.8)
    return { nothing: 'It has no color that could be made stronger or weaker.' };
  const target = Math.min(meanChroma * factor, Math.max(70, meanChroma));
  return {
    params: { factor: round(factor, 2) },
    goals: [
      {
        metric: 'meanChroma',
        at: target,
        within: Math.max(0.5, 0.2 * Math.abs(target - meanChroma)),
      },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 3 },
    ],
    why: `Its colors are ${meanChroma < 12 ? 'muted' : meanChroma > 35 ? 'strong' : 'moderate'} (mean chroma ${round(meanChroma, 0)}), so I make them ${factor > 1 ? 'stronger' : 'weaker'}, to about ${round(target, 0)}.`,
  };
}

/** Moves each pixel away from or towards its own luma, at most to the edge of the gamut. */
function saturate(row: Float32Array, factor: number): void {
  for (let at = 0; at < row.length; at += 3) {
    const red = row[at] as number;
    const green = row[at + 1] as number;
    const blue = row[at + 2] as number;
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let applied = factor;
    if (factor > 1) {
      const highest = Math.max(red, green, blue) - luma;
      const lowest = luma - Math.min(red, green, blue);
      const room = Math.min(
        highest > 1e-6 ? (1 - luma) / highest : Infinity,
        lowest > 1e-6 ? luma / lowest : Infinity,
      );
      // Approaches the edge instead of running into it.
      if (room < factor * 2) {
        const wanted = factor - 1;
        const left = Math.max(0, room - 1);
        applied = 1 + (wanted * left) / (wanted + left + 1e-9);
      }
    }
    row[at] = luma + applied * (red - luma);
    row[at + 1] = luma + applied * (green - luma);
    row[at + 2] = luma + applied * (blue - luma);
  }
}
