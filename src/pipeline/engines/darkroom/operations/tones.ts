import { correctedBy } from '../correction.ts';
import type { Clause } from '../language/clause.ts';
import { matchOf } from '../language/match.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Match, Operation, Planned } from '../operation.ts';
import { decimal, phrase, round, signed } from '../phrase.ts';
import { linearToSrgb, luminanceOf } from '../pixels/colour.ts';

const LIMIT = 3;
const UP =
  'lift|lighten|brighten|open(?: up)?|raise|recover|boost|bring (?:out|up|back)|increase|more detail in|lighter|brighter|fill(?: in)?|up|too bright|too light';
const DOWN =
  'darken|deepen|crush|lower|reduce|recover|tame|bring down|pull down|tone down|decrease|darker|deeper|stronger|rescue|save|fix|less|fewer|no|down|too dark|blown(?: out)?';

interface Tones {
  readonly name: 'shadows' | 'highlights';
  /** Which words for "recover" mean up: shadows are recovered upwards, highlights downwards. */
  readonly up: RegExp;
  readonly down: RegExp;
  readonly metric: 'darkTones' | 'lightTones';
  /** How much a tone, 0 to 1, belongs to these. */
  readonly weight: (tone: number) => number;
}

const around = (verbs: string, nouns: string): RegExp =>
  new RegExp(
    String.raw`\b(?:(?:${verbs})\b[^,|]{0,24}\b(?:${nouns})|(?:${nouns})\b[^,|]{0,12}\b(?:${verbs}))\b`,
  );

/** One half of the tones, moved by stops that fade out towards the other half; ends stay where they are. */
function tonesOperation({ name, up, down, metric, weight }: Tones): Operation {
  return {
    name,
    offer: `lift or deepen the ${name}`,
    order: 22,
    regional: true,
    phrase: signed(
      'stops',
      phrase(`Lift the ${name} of {region} by {stops} stops`, { stops: decimal(2) }),
      phrase(`Deepen the ${name} of {region} by {stops} stops`, { stops: decimal(2) }),
    ),
    work: {
      kind: 'colour',
      stage: ({ stops }) => ({
        curve: (value) => {
          if (value <= 0 || value >= 1) return value;
          const odds = (value / (1 - value)) * 2 ** (Number(stops) * weight(value));
          return odds / (1 + odds);
        },
      }),
    },
    match(clause: Clause): Match | undefined {
      const lifted = up.exec(clause.text);
      const found = lifted ?? down.exec(clause.text);
      if (!found) return undefined;
      const { amount, text } = clause;
      const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 25;
      const tooMuch = /\btoo\b/.test(text);
      const sign = (lifted !== null) !== tooMuch ? 1 : -1;
      return matchOf(found, {
        operation: name,
        plan: (photo, area): Planned => {
          const before = statisticsOf(photo, area)[metric];
          const target = Math.min(96, Math.max(3, before + sign * 7 * Math.min(3, scale)));
          const tone = linearToSrgb(luminanceOf(Math.min(98, Math.max(2, before))));
          const wanted = linearToSrgb(luminanceOf(target));
          const odds = (value: number) => value / (1 - value);
          const stops = Math.log2(odds(wanted) / odds(tone)) / Math.max(0.2, weight(tone));
          if (Math.abs(target - before) < 1) {
            return { nothing: `Its ${name} can't usefully go further.` };
          }
          return {
            params: { stops: round(Math.min(LIMIT, Math.max(-LIMIT, stops)), 2) },
            goals: [{ metric, at: target, within: 1.5 }],
            why: `Its ${name} lie at a lightness of ${round(before, 0)}, so I ${sign > 0 ? 'lift' : 'deepen'} them to about ${round(target, 0)} and leave the ${name === 'shadows' ? 'light' : 'dark'} tones.`,
          };
        },
      });
    },
    correct: correctedBy(metric, {
      param: 'stops',
      neutral: 0,
      min: -LIMIT,
      max: LIMIT,
      digits: 2,
    }),
  };
}

const SHADOWS = 'shadows?|dark (?:parts|areas|tones|regions)|blacks';
const HIGHLIGHTS = 'highlights?|(?:bright|light) (?:parts|areas|tones|regions)|whites';

/** Lifts or deepens the dark tones. */
export const shadows = tonesOperation({
  name: 'shadows',
  up: around(`${UP}|less|fewer|fix|rescue|save|reduce`, SHADOWS),
  down: around(DOWN, SHADOWS),
  metric: 'darkTones',
  weight: (tone) => (1 - tone) ** 3,
});

/** Tames or lifts the light tones. */
export const highlights = tonesOperation({
  name: 'highlights',
  up: around(UP.replace('recover|', ''), HIGHLIGHTS),
  down: around(DOWN, HIGHLIGHTS),
  metric: 'lightTones',
  weight: (tone) => tone ** 3,
});
