import { matchOf } from '../language/match.ts';
import { photoOfPixels } from '../measure/photo.ts';
import { redEyesIn } from '../measure/red-eyes.ts';
import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import type { Operation, Planned } from '../operation.ts';
import { phrase } from '../phrase.ts';
import { calmRed } from '../pixels/calm-red.ts';
import { maskOfRedEyes, rednessOf } from '../vision/red-eyes.ts';

const WHOSE = String.raw`(?:(?:the|my|his|her|their|our|your|its|any|all|of|that|this|those|these) )*`;
const RED_EYE = new RegExp(
  [
    String.raw`\b(?:(?:remove|fix|correct|reduce|get rid of|eliminate|repair|take out|retouch|heal|clean up|treat|undo|no more|less|kill|lose) )?${WHOSE}red[- ]?eyes?(?: (?:effect|problem|issue|look|flash|removal|correction|reduction|fix|remover))*(?![\w-])`,
    String.raw`\b(?:fix |correct )?${WHOSE}(?:eyes?|pupils?) (?:is|are|look|looks|came out|come out|turned out|turned|glow|glowing|got)(?: (?:all|so|too|very|really|glowing|a bit))* red(?: from the flash| in the flash| because of the flash)?\b`,
    String.raw`\b(?:remove|fix|correct|reduce|get rid of|take) ${WHOSE}red(?:ness)? (?:out of|from|in|of) ${WHOSE}(?:eyes?|pupils?)(?![\w-])`,
    String.raw`\b(?:fix|correct|darken|desaturate|retouch) ${WHOSE}(?:glowing )?red (?:pupils?|glowing eyes?)(?![\w-])`,
  ].join('|'),
);

/** What is left of the red: levels, and as a share of what there was. */
const LEFT = { levels: 12, share: 0.25 } as const;

/** Takes the red of a flash out of pupils. */
export const redEye: Operation = {
  name: 'red eye',
  offer: 'fix red eyes',
  order: 38,
  regional: true,
  phrase: phrase('Take the red out of the eyes in {region}', {}),
  work: {
    kind: 'rework',
    async rework(pixels, _, { area, call }) {
      const { copy } = await photoOfPixels(pixels);
      call.signal.throwIfAborted();
      calmRed(pixels, maskOfRedEyes(redEyesIn(copy, area), copy));
      return pixels;
    },
  },
  match: ({ text }) => matchOf(RED_EYE.exec(text), { operation: 'red eye', plan }),
};

function plan({ copy }: Photo, area: Area): Planned {
  const eyes = redEyesIn(copy, area);
  if (eyes.length === 0) {
    return {
      nothing: `I find no red pupils ${area.region === 'picture' ? 'in it' : 'there'}: small round red in the white or dark of an eye, with skin around.`,
    };
  }
  const atMost = Math.max(LEFT.levels, LEFT.share * rednessOf(copy, eyes));
  return {
    params: {},
    goals: [
      { metric: 'redness', atMost },
      ...(area.mask ? [{ metric: 'untouched', atLeast: 40 } as const] : []),
    ],
    why: `I find ${eyes.length === 1 ? 'one red pupil' : `${eyes.length} red pupils`} and make ${eyes.length === 1 ? 'it' : 'them'} dark and gray.`,
  };
}
