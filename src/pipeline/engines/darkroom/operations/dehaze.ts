import { correctedFrom } from '../correction.ts';
import { matchOf } from '../language/match.ts';
import type { Area } from '../measure/area.ts';
import { hazeOf } from '../measure/haze.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, signed } from '../phrase.ts';
import { dehaze as filter } from '../pixels/dehaze.ts';
import { addFog } from '../pixels/fog.ts';
import { strengthFor, type Tunable } from '../tuning.ts';

const NOUNS = 'haz(?:e|iness)|fog(?:giness)?|mist(?:iness)?|smog|murk(?:iness)?|smoke';
const ADJECTIVES = 'haz(?:y|ier)|fogg(?:y|ier)|mist(?:y|ier)|smoggy|murk(?:y|ier)';
const OF =
  '(?: (?:all|some|most|away|out|up|through|down|back|of))*(?: (?:the|that|this|any|its|morning|sea|dense|thick|thin|heavy|light|atmospheric))*';
const REMOVE = new RegExp(
  [
    String.raw`\b(?:de-?(?:haz(?:e|ed|er|ing)|fog(?:ged|ging)?|mist(?:ed|ing)?))\b(?: (?:it|this))?`,
    String.raw`\b(?:remove|reduce|removing|reducing|less|clear|clean|cut|lift|lower|decrease|lose|take|get rid|see|look|eliminate|burn|disperse|fix|kill|tone|without|filter|weaken|fewer)${OF} (?:${NOUNS})\b`,
    String.raw`\bless (?:${ADJECTIVES})\b|\b(?:haze|fog) (?:removal|reduction)\b`,
    String.raw`\b(?:too|so|very|really|quite|rather|pretty|a bit|a little|is|looks?|looking|it's|came out|kinda|all|super|bit|fix the|not so) (?:${ADJECTIVES})\b`,
    String.raw`\b(?:too much|so much|a lot of|lots of|there is|there's|has|full of) (?:${NOUNS})\b`,
    String.raw`^(?:hazy|murky)$`,
  ].join('|'),
);
const ADD = new RegExp(
  String.raw`\b(?:(?:add|put|lay|bring in|introduce|more|some|with|in|use|apply|want|simulate|make|turn|give|cover|fill|wrap|shroud)(?: (?:it|this|everything|the (?:picture|photo|image|scene)))?(?: (?:look|in|into|with))? )?(?:(?:a|an|some|the|more|little|bit|touch|hint|lot|lots|of|thick|thin|light|heavy|dense|slight|subtle|strong|morning|sea|rolling|ground|atmospheric|mysterious|soft|layer|veil|bank|blanket|very|really|so|slightly) )*(?:${NOUNS}|${ADJECTIVES})(?: (?:effect|look|atmosphere|mood|over (?:it|everything)))?\b`,
);
/** "Make it so foggy" is no complaint. */
const WANTED = /\b(?:make|made|want|turn|give|add|more|put)\b/;
const CURED = /\b(?:too|less|remove|reduce|clear|cut|lift|get rid|fix|is|looks|not so)\b/;

const THICK = /\b(?:dense|thick)\b/;
const THIN = /\b(?:thin|light)\b/;

/** Above 0 takes haze away, below adds fog. */
const STRENGTH: Tunable = {
  min: -0.95,
  max: 1,
  digits: 2,
  run: (pixels, strength, call) =>
    strength < 0
      ? addFog(pixels, { strength: -strength }, call)
      : filter(pixels, { strength }, call),
  read: (photo, area) => hazeOf(photo, area).percent,
};

/** Takes haze away by what its dark channel shows, or lays fog over the picture. */
export const dehaze: Operation = {
  name: 'dehaze',
  offer: 'remove haze or add fog',
  order: 31,
  regional: true,
  phrase: signed(
    'strength',
    phrase('Remove haze from {region} with strength {strength}', { strength: decimal(2) }),
    phrase('Lay fog over {region} with strength {strength}', { strength: decimal(2) }),
  ),
  work: {
    kind: 'filter',
    tonal: true,
    filter: (pixels, { strength }, { call }) => STRENGTH.run(pixels, Number(strength), call),
  },
  match(clause) {
    const { text, amount } = clause;
    const removed = REMOVE.exec(text);
    const adds = !removed || (WANTED.test(text) && !CURED.test(text));
    const found = adds ? ADD.exec(text) : removed;
    if (!found) return undefined;
    const thickness = THICK.test(text) ? 1.6 : THIN.test(text) ? 0.5 : 1;
    const scale =
      amount.percent === undefined
        ? amount.scale * thickness
        : Math.min(2.5, Math.abs(amount.percent) / 50);
    return matchOf(found, {
      operation: 'dehaze',
      plan: (photo, area) => (adds ? planFog(photo, area, scale) : planDehaze(photo, area, scale)),
    });
  },
  correct: correctedFrom('haze', { param: 'strength', neutral: 0, ...STRENGTH }, STRENGTH.read),
};

async function planDehaze(photo: Photo, area: Area, scale: number): Promise<Planned> {
  const before = hazeOf(photo, area).percent;
  const { clippedHighlights, crushedShadows } = statisticsOf(photo, area);
  if (before < 4) {
    return {
      nothing: `Its air is clear already: haze takes ${before.toFixed(0)} % of its depth.`,
    };
  }
  const share = Math.min(0.9, 0.6 * scale);
  const target = before * (1 - share);
  return {
    params: {
      strength: await strengthFor(photo, area, { first: share, change: target - before }, STRENGTH),
    },
    goals: [
      { metric: 'haze', at: target, within: Math.max(2, 0.3 * (before - target)) },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 2 },
      { metric: 'crushedShadows', atMost: crushedShadows + 4 },
    ],
    why: `Haze ${before < 15 ? 'lies thinly over it' : before < 40 ? 'dulls it' : 'hides much of it'} (${before.toFixed(0)} %), so I take away about ${Math.round(share * 100)} % of it, the more the farther a place seems.`,
  };
}

async function planFog(photo: Photo, area: Area, scale: number): Promise<Planned> {
  const before = hazeOf(photo, area).percent;
  const target = Math.min(92, before + (100 - before) * Math.min(0.85, 0.34 * scale));
  if (target - before < 3) return { nothing: 'It is all fog already.' };
  return {
    params: {
      strength: await strengthFor(photo, area, { first: -0.5, change: target - before }, STRENGTH),
    },
    goals: [{ metric: 'haze', at: target, within: Math.max(3, 0.3 * (target - before)) }],
    why: `I lay ${scale < 0.7 ? 'thin mist' : scale > 1.4 ? 'dense fog' : 'fog'} over it, thicker towards the top where the distance is, so that haze goes from ${before.toFixed(0)} % to about ${target.toFixed(0)} %.`,
  };
}
