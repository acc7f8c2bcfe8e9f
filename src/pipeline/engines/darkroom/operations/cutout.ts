import { holdsTransparency } from '../../../../image/formats.ts';
import { matchOf } from '../language/match.ts';
import type { Operation } from '../operation.ts';
import { phrase } from '../phrase.ts';
import { cut } from '../pixels/cut.ts';
import { isThing } from '../pixels/region.ts';
import { SURE } from '../vision/found.ts';
import { fullMask } from '../vision/full-mask.ts';

const BACKGROUND = String.raw`(?:(?:the|my|its|a|any|this|that|whole|entire|white|busy|ugly) )*(?:back ?-?ground|backdrop|bg)`;
const SUBJECT = String.raw`(?:me|it|her|him|them|(?:(?:the|my|her|his|their|our|this|that|a|main) )*(?:subjects?|persons?|people|man|woman|guy|girl|boy|kid|child|baby|couple|model|dog|cat|pet|animal|bird|horse|flower|product|item|object|car|foreground|figure))`;
const WORDS = new RegExp(
  [
    String.raw`\b(?:remove|erase|delete|get rid of|take (?:out|away|off)|strip(?: out| away)?|drop|knock out|clear|cut (?:out|away)|eliminate) ${BACKGROUND}(?: (?:completely|entirely|please|for me))*(?! (?:noise|blur|people|person|text))`,
    String.raw`\b(?:(?:with|on|give it|make it|i need|put it on|to|as) )*(?:a |an )?(?:transparent|see-through|no) ${BACKGROUND}(?: (?:png|version))?|\bwithout ${BACKGROUND}`,
    String.raw`\b(?:make |turn )?${BACKGROUND} (?:(?:to be|be|is|should be|completely|fully|into|to) )*(?:transparent|see-through|invisible|gone|removed|disappear)`,
    String.raw`\b(?:background|bg) (?:removal|remover|eraser)\b`,
    String.raw`\b(?:cut|clip|crop) ${SUBJECT} out(?: of ${BACKGROUND})?|\b(?:cut|clip) out ${SUBJECT}(?: from ${BACKGROUND})?|\b(?:cut out|isolate|extract) (?:the|my|this|that|his|her) (?!(?:middle|left|right|top|bottom|center|sides?|edges?|noise|glare|text|people|corner|glow|red|orange|yellow|green|turquoise|blue|purple|pink|brown|white|gray|black|sky|clouds?|upper|lower|area|box|region|rectangle|part)\b)[a-z]+(?: (?!(?:from|and|in|on|of|to|so|for)\b)[a-z]+)?(?: from ${BACKGROUND})?|\bcut-?outs?\b(?: of ${SUBJECT})?|\b(?:extract|isolate) ${SUBJECT}(?: from ${BACKGROUND})?`,
    String.raw`\b(?:(?:turn|make) (?:it|this|that|him|her|me|them|${SUBJECT}) )?(?:(?:in)?to )?(?:a |an )?(?:whatsapp |telegram |discord )?sticker\b(?: (?:of|with|from) ${SUBJECT})?`,
    // Something else than the subject, which is read as a place.
    String.raw`\b(?:cut|clip) ?out\b`,
  ].join('|'),
);

/** Keeps the subject and makes all else transparent. */
export const cutout: Operation = {
  name: 'cutout',
  offer: 'remove its background',
  order: 45,
  regional: true,
  transparent: () => true,
  phrase: phrase('Make everything transparent but {region}', {}),
  work: {
    kind: 'rework',
    rework(pixels, _params, { area: { mask, region }, call }) {
      if (!mask) return Promise.resolve(pixels);
      return cut(pixels, isThing(region) ? fullMask(mask, pixels) : mask, call);
    },
  },
  match({ text }) {
    return matchOf(WORDS.exec(text), {
      operation: 'cutout',
      region: 'subject',
      plan: (_photo, { confidence }, _references, { image }) => {
        // A wrong edge shows more in a cut-out than in anything else that is done to a subject.
        if (confidence < SURE) {
          return {
            nothing: `I am only ${Math.round(100 * confidence)} % sure what the subject is, and with less than ${100 * SURE} % certainty a cut-out is mostly wrong, so I leave that out; name a place, a color or a box in pixels to keep instead, as in “cut out 120,80 to 400,460”.`,
          };
        }
        const format = holdsTransparency(image.format) ? '' : '; as a PNG, for a JPEG can’t be so';
        return {
          params: {},
          goals: [
            { metric: 'opacityInside', atLeast: 97 },
            { metric: 'opacityOutside', atMost: 3 },
          ],
          why: `I keep it and make everything else transparent, with soft edges${format}.`,
        };
      },
    });
  },
};
