import { matchOf } from '../language/match.ts';
import { tiltOf, type Tilt } from '../measure/tilt.ts';
import type { Photo } from '../measure/photo.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, round, signed } from '../phrase.ts';
import { turn } from './rotate.ts';

const WHAT = String.raw`(?:(?: (?:it|this|that|the|my|its|our))?(?: (?:crooked|tilted|slanted|slanting|wonky|leaning|skewed|sloping))?(?: (?:picture|photo|image|shot|pic|horizon(?: line)?|skyline|lines?|buildings?|verticals?|walls?|tilt|angle|perspective|scan))?)`;
const BY = String.raw`(?: (?:out|up))?(?: by)?(?: (-?\d+(?:\.\d+)?) ?degrees?(?: (?:to the )?(clockwise|counterclockwise|left|right))?)?`;
const STRAIGHTEN = new RegExp(
  [
    String.raw`\b(?:auto )?(?:straighten(?:ed|ing)?|de-?skew(?:ed)?|un-?tilt(?:ed)?)(?: (?:out|up))?${WHAT}${BY}\b`,
    String.raw`\b(?:level|align|fix|correct|remove|undo|even out)(?:ed|led)?(?: out)? (?:the |my |its |this |that )?(?:(?:crooked|tilted|slanted|wonky|sloping|leaning) )*(?:horizon(?: line)?|skyline|tilt|slant|lean|crooked(?:ness)?(?: (?:picture|photo|image|shot))?|leaning buildings?|verticals?)${BY}\b`,
    String.raw`\blevel(?:led)? (?:it|this|the (?:picture|photo|image|shot))(?: (?:out|up))?\b`,
    String.raw`\b(?:make |get |have )?(?:it|this|the (?:picture|photo|image|shot|horizon|lines?|skyline|buildings?|walls?))?(?: (?:is|are|looks?|look|be|came out|came|turned out|seems|appears))?(?: (?:a bit|a little|slightly|kind of|kinda|so|too|really|very|all|somewhat))* ?\b(?:crooked|tilted|askew|lopsided|wonky|slanted|slanting|aslant|not (?:quite )?(?:straight|level|horizontal)|is not (?:quite )?(?:straight|level|horizontal)|unlevel)\b(?: to the (?:left|right))?`,
    String.raw`\b(?:make|get|set|put|turn) (?:it|this|the (?:picture|photo|image|shot|horizon(?: line)?|lines?|skyline|buildings?|verticals?))(?: (?:look|be))? (?:straight|level|horizontal|upright|vertical)\b`,
    String.raw`\b(?:horizontal|level|straight) horizon\b`,
  ].join('|'),
);

/** What is left of the tilt after it was corrected, degrees: less is hardly seen. */
const TOLERANCE = 0.7;
/** Pictures that lean less are left alone. */
const LEVEL = 0.3;
/** Somebody who calls a picture crooked is right more often than not, so that less is enough. */
const LEAST_CONFIDENCE = 0.35;

/** Levels the horizon or puts verticals upright, by as much as is measured or told. */
export const straighten: Operation = {
  name: 'straighten',
  offer: 'straighten a crooked horizon',
  order: 8,
  regional: false,
  phrase: signed(
    'degrees',
    phrase('Straighten {region} by {degrees} degrees clockwise', { degrees: decimal(1) }),
    phrase('Straighten {region} by {degrees} degrees counterclockwise', { degrees: decimal(1) }),
  ),
  work: { kind: 'move', move: (canvas, params) => turn(canvas, Number(params['degrees'])) },
  match(clause) {
    const found = STRAIGHTEN.exec(clause.text);
    if (!found) return undefined;
    const degrees = found[1] ?? found[3];
    const way = found[2] ?? found[4];
    return matchOf(found, {
      operation: 'straighten',
      plan: (photo) =>
        degrees === undefined ? planMeasured(photo) : planTold(photo, Number(degrees), way),
    });
  },
  correct: (params, missed, { edited }) => {
    const left = tiltOf(edited);
    if (!left || !missed.some(({ goal }) => goal.metric === 'tilt')) return undefined;
    const degrees = round(Number(params['degrees']) - left.degrees, 1);
    return degrees === params['degrees'] ? undefined : { ...params, degrees };
  },
};

function planMeasured(photo: Photo): Planned {
  const tilt = tiltOf(photo);
  if (!tilt || tilt.confidence < LEAST_CONFIDENCE) {
    return {
      nothing:
        'I find no long straight lines in it, neither a horizon nor walls, to straighten it by; tell me by how many degrees and in which direction.',
    };
  }
  if (Math.abs(tilt.degrees) < LEVEL) {
    return {
      nothing: `It is level already: ${linesOf(tilt)} lean by ${Math.abs(tilt.degrees).toFixed(1)} degrees, which nobody sees.`,
    };
  }
  const degrees = round(-tilt.degrees, 1);
  return {
    params: { degrees },
    goals: [{ metric: 'tilt', atMost: TOLERANCE }, ...shapeGoals(photo)],
    why: `Going by ${linesOf(tilt)}, it is turned ${wayOf(tilt.degrees)} by ${Math.abs(tilt.degrees).toFixed(1)} degrees${tilt.confidence < 0.5 ? ', as far as I can tell' : ''}, so I turn it back and crop away the empty corners.`,
  };
}

/** A bare number says how far; which way is seen from the picture, or clockwise. */
function planTold(photo: Photo, told: number, way: string | undefined): Planned {
  const tilt = tiltOf(photo);
  const back = way === undefined && told > 0 && (tilt?.degrees ?? 0) > 0;
  const degrees = round(back || /left|counter/.test(way ?? '') ? -told : told, 1);
  if (degrees === 0 || Math.abs(degrees) > 45) {
    return {
      nothing: 'To straighten it I can turn it by up to 45 degrees; “rotate” goes farther.',
    };
  }
  return {
    params: { degrees },
    goals: shapeGoals(photo),
    why: `I turn it ${wayOf(degrees)} by ${Math.abs(degrees)} degrees${back ? ', against the way its lines lean,' : ''} and crop away the empty corners.`,
  };
}

/** What turning must leave as it was, by whatever angle it ends up. */
const shapeGoals = ({ width, height }: Photo) => [
  {
    metric: 'aspectRatio' as const,
    at: width / height,
    within: Math.max(0.01, 0.01 * (width / height)),
  },
  { metric: 'likeness' as const, atLeast: 95 },
];

const linesOf = ({ from }: Tilt): string =>
  from === 'horizon' ? 'its level lines' : 'its upright lines';

const wayOf = (degrees: number): string => (degrees < 0 ? 'counterclockwise' : 'clockwise');
