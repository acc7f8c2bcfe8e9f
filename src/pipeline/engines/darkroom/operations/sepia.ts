import { matchOf } from '../language/match.ts';
import type { Operation } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';

const WORDS =
  /\b(?:(?:in |into |to |as |a |an |give it a )*sepia(?:[- ]?toned?)?(?: (?:tones?|look|effect|filter|style))?)\b/;

/** The warm brown of old prints: how far red rises above and blue falls below each tone. */
const BROWN = { red: 0.13, blue: -0.17 } as const;
/** Mean b* that a picture of middle tones has in sepia. */
const MEAN_WARMTH = 22;

/** Turns each tone into the brown of an old print. */
export const sepia: Operation = {
  name: 'sepia',
  offer: 'tone it sepia',
  order: 23,
  regional: true,
  phrase: phrase('Tone {region} sepia with strength {strength}', { strength: decimal(2) }),
  work: {
    kind: 'colour',
    stage: ({ strength }) => ({ mix: (row) => tone(row, Number(strength)) }),
  },
  match({ text, amount }) {
    return matchOf(WORDS.exec(text), {
      operation: 'sepia',
      plan: () => {
        const strength = round(
          Math.min(1.5, amount.percent === undefined ? amount.scale : amount.percent / 100),
          2,
        );
        const target = MEAN_WARMTH * strength;
        return {
          params: { strength },
          // How strongly a tone shows the brown depends on how light it is.
          goals: [
            { metric: 'warmth', at: target, within: target * 0.6 },
            { metric: 'strongestChroma', atMost: 45 },
          ],
          why: 'I take its colors out and tone it in the warm brown of old prints.',
        };
      },
    });
  },
};

function tone(row: Float32Array, strength: number): void {
  for (let at = 0; at < row.length; at += 3) {
    const luma =
      0.2126 * (row[at] as number) +
      0.7152 * (row[at + 1] as number) +
      0.0722 * (row[at + 2] as number);
    // Black and white stay what they are.
    const tint = 4 * luma * (1 - luma) * strength;
    row[at] = luma + BROWN.red * tint;
    row[at + 1] = luma;
    row[at + 2] = luma + BROWN.blue * tint;
  }
}
