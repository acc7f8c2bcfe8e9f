import { coloursIn } from '../language/colour-words.ts';
import { byLightness, colourSpans, toneColours } from '../language/tone-colours.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation } from '../operation.ts';
import { colour, integer, phrase } from '../phrase.ts';
import { linearToSrgb, luminanceOf } from '../pixels/colour.ts';
import { duotoneStage } from '../pixels/duotone.ts';

const WORD = String.raw`(?:duo-? ?tones?|2-? ?tones?|bi-? ?tones?|gradient map|(?:in )?(?:just |only )?2 colors)`;
const WORDS = new RegExp(String.raw`\b${WORD}d?\b(?: (?:look|effect|style|image|picture))*`);

/** A pair that suits most pictures: deep blue shadows and warm light. */
const USUAL = { dark: 'navy', light: 'peach' } as const;

/** Draws the picture in tones between two colours, the way of two printing inks. */
export const duotone: Operation = {
  name: 'duotone',
  offer: 'draw it in two colors (duotone)',
  order: 26,
  regional: true,
  phrase: phrase('Draw {region} as a duotone from {dark} at {black} % to {light} at {white} %', {
    dark: colour,
    light: colour,
    black: integer,
    white: integer,
  }),
  work: {
    kind: 'colour',
    stage: ({ dark, light, black, white }) =>
      duotoneStage({
        dark: String(dark),
        light: String(light),
        black: Number(black) / 100,
        white: Number(white) / 100,
      }),
  },
  match({ text }) {
    const found = WORDS.exec(text);
    if (!found) return undefined;
    const chosen = pairIn(text);
    return {
      used: [{ from: found.index, to: found.index + found[0].length }, ...colourSpans(text)],
      wishes: [
        {
          operation: 'duotone',
          plan: (photo, area) => {
            const { lightnessSpread, blackPoint, lightTones } = statisticsOf(photo, area);
            if (lightnessSpread < 1) {
              return { nothing: 'It is all of one tone, which two colors can’t be spread over.' };
            }
            // The two colors are to be seen, however little contrast the picture has.
            const tone = (lightness: number) =>
              Math.round(100 * linearToSrgb(luminanceOf(Math.min(100, lightness))));
            const black = Math.min(40, tone(blackPoint));
            return {
              params: { ...chosen, black, white: Math.max(black + 20, tone(lightTones + 8)) },
              goals: [
                { metric: 'twoToneDistance', atMost: 4 },
                { metric: 'lightnessSpread', atLeast: Math.min(5, lightnessSpread * 0.4) },
              ],
              why: `I take its own colors out and draw its dark tones in ${chosen.dark} and its light ones in ${chosen.light}.`,
            };
          },
        },
      ],
    };
  },
};

function pairIn(text: string): { dark: string; light: string } {
  const { dark, light } = toneColours(text);
  if (dark !== undefined && light !== undefined) return { dark, light };
  const [one, other] = coloursIn(text);
  if (one === undefined) return USUAL;
  if (other !== undefined) return byLightness(one, other);
  const paired = byLightness(one, 'gray');
  return paired.dark === one ? { dark: one, light: 'cream' } : { dark: 'navy', light: one };
}
