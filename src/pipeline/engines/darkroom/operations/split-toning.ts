import { coloursIn } from '../language/colour-words.ts';
import { colourSpans, toneColours } from '../language/tone-colours.ts';
import { leanTo } from '../measure/tone-tint.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation } from '../operation.ts';
import { colour, decimal, phrase, round } from '../phrase.ts';
import { splitToneStage } from '../pixels/split-tone.ts';
import { correctedByLean } from '../correction.ts';

const WORDS = /\bsplit[- ]?ton(?:e|es|ed|ing)\b/;
/** The pair of colours by which the look is asked for. */
const LOOK = /\b(?:teal with orange|orange with teal)\b/;
/** Words that ask for no more than the colours do. */
const MANNER = /\b(?:tint|tone|toned|toning|(?:color )?grad(?:e|ed|ing))\b/;
const USUAL = { dark: 'teal', light: 'orange' } as const;
/** How far tones lean to their colour at a plain strength; Lab units. */
const LEAN = 9;

/** Tints dark tones with one colour and light ones with another, over the colours that are there. */
export const splitToning: Operation = {
  name: 'split toning',
  offer: 'tone shadows and highlights in different colors',
  order: 25,
  regional: true,
  phrase: phrase(
    'Tone in {region} the dark tones {dark} by {shadows}, the light tones {light} by {highlights}',
    { dark: colour, light: colour, shadows: decimal(1), highlights: decimal(1) },
  ),
  work: {
    kind: 'colour',
    stage: ({ dark, light, shadows, highlights }) =>
      splitToneStage(
        { colour: String(dark), strength: Number(shadows) },
        { colour: String(light), strength: Number(highlights) },
      ),
  },
  match({ text, amount }) {
    const named = toneColours(text);
    const both = named.dark !== undefined && named.light !== undefined;
    const word = WORDS.exec(text) ?? (both || LOOK.test(text) ? MANNER.exec(text) : null);
    if (!both && !WORDS.test(text) && !LOOK.test(text)) return undefined;
    const said = word ? [{ from: word.index, to: word.index + word[0].length }] : [];
    const [one, other] = coloursIn(text);
    const dark = named.dark ?? (LOOK.test(text) ? 'teal' : one) ?? USUAL.dark;
    const light = named.light ?? (LOOK.test(text) ? 'orange' : other) ?? USUAL.light;
    const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 50;
    const lean = LEAN * Math.min(3, scale);
    return {
      used: [...said, ...colourSpans(text)],
      wishes: [
        {
          operation: 'split toning',
          plan: (photo, area) => {
            const { lightnessSpread } = statisticsOf(photo, area);
            if (lightnessSpread < 2) {
              return {
                nothing: 'It has no dark and light tones that could be toned each in its color.',
              };
            }
            const from = (tones: 'dark' | 'light', name: string) =>
              leanTo({ edited: photo, area }, name, tones);
            const strength = round(lean * 1.2, 1);
            return {
              params: { dark, light, shadows: strength, highlights: strength },
              goals: [
                { metric: 'darkTint', at: from('dark', dark) + lean, within: lean * 0.4 },
                { metric: 'lightTint', at: from('light', light) + lean, within: lean * 0.4 },
              ],
              why: `I tone its dark tones ${dark} and its light ones ${light}, over the colors that it has.`,
            };
          },
        },
      ],
    };
  },
  correct: correctedByLean([
    { metric: 'darkTint', param: 'shadows', colour: 'dark', tones: 'dark', max: 60 },
    { metric: 'lightTint', param: 'highlights', colour: 'light', tones: 'light', max: 60 },
  ]),
};
