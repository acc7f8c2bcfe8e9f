import { matchOf } from '../language/match.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation } from '../operation.ts';
import { integer, phrase } from '../phrase.ts';

const COUNT = String.raw`(\d{1,2}) (?:colors?|levels?|tones?|steps?|shades?)`;
const WORDS = new RegExp(
  String.raw`\b(?:posteri[sz](?:e|ed|ation|ing)(?: (?:effect|look|style|filter))?(?: (?:it|this|the (?:picture|photo|image|colors?)))?(?: (?:to|with|in|into|at|using|down to|=|only|just))*(?: ?${COUNT}| ?(\d{1,2})\b(?! ?%))?|(?:reduce|limit|cut|quanti[sz]e|bring)(?: (?:it|this|the|all|its|picture|photo|image|number of|colors?|palette))*(?: (?:down|to|only|just|about))+ ${COUNT}|(?:with |in |use )?(?:only |just )+${COUNT}|(?:an? )?(?:andy )?(?:pop[- ]?art|warhol|comic[- ]?book|screen[- ]?print(?:ed)?|silk[- ]?screen|cut-?out)(?: poster)?(?: (?:look|effect|style|filter|colors?|picture|image|print))*|(?:like |as |into )?(?:a |an )?poster (?:look|effect|style|filter|colors?|art)|(?:look )?like a poster|(?:flat|stepped|banded) (?:areas of color|colors?|tones?)(?: like a poster)?)(?![\w-])`,
);
const FEWEST = 2;
const MOST = 16;
/** Levels of each channel that make a plain poster. */
const USUAL = 5;

/** Flat steps of tone in place of gradual ones. */
export const posterize: Operation = {
  name: 'posterize',
  offer: 'posterize it',
  order: 27,
  regional: true,
  phrase: phrase('Posterize {region} to {levels} levels of red, green, blue each', {
    levels: integer,
  }),
  work: {
    kind: 'colour',
    stage: ({ levels }) => {
      const count = Number(levels);
      return {
        curve: (value) => Math.min(count - 1, Math.floor(value * count)) / (count - 1),
      };
    },
  },
  match({ text, amount }) {
    const found = WORDS.exec(text);
    const said = found?.slice(1).find((count) => count !== undefined);
    const byAmount = amount.scale > 1.5 ? 3 : amount.scale < 0.8 ? 8 : USUAL;
    const wanted = said === undefined ? (/\bpop|warhol/.test(text) ? 4 : byAmount) : Number(said);
    const levels = Math.min(MOST, Math.max(FEWEST, wanted));
    return matchOf(found, {
      operation: 'posterize',
      plan: (photo, area) => {
        const { lightTones, darkTones, lightnessSpread } = statisticsOf(photo, area);
        if (lightnessSpread < 1.5 || lightTones - darkTones < 100 / levels / 4) {
          return {
            nothing: `Its tones lie so close together that ${levels} levels would leave next to nothing of it; more contrast first would help.`,
          };
        }
        return {
          params: { levels },
          goals: [{ metric: 'onLevels', atLeast: 60 }],
          why: `I reduce it to ${levels} levels in each of red, green and blue, so that its gradations become flat areas as on a poster.`,
        };
      },
    });
  },
};
