import { correctedFrom } from '../correction.ts';
import { matchOf } from '../language/match.ts';
import { falloffOf } from '../measure/falloff.ts';
import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, signed } from '../phrase.ts';
import { vignette as filter } from '../pixels/vignette.ts';
import { strengthFor, type Tunable } from '../tuning.ts';

const RIM = String.raw`(?:all )?(?:the |its )?(?:(?:dark|darker|outer|four|4|very) )*(?:corners?|edges?|borders?|sides|margins?|periphery|outside|surroundings|rim)(?: (?:and|&|or) (?:the )?(?:corners?|edges?|borders?))?(?: of (?:the |this )?(?:picture|photo|image|frame))?`;
const REMOVE = new RegExp(
  [
    String.raw`\b(?:remove|reduce|less|lose|take (?:out|away|off)|get rid of|correct|fix|undo|lower|weaken|decrease|kill|eliminate|tone down|lighten|brighten|compensate|de)(?: for)?(?: (?:the|that|this|its|any|some|of|lens|dark))* ?-?vignett(?:e|es|ing)\b`,
    String.raw`\bvignett(?:e|ing) (?:removal|correction|reduction)\b`,
    String.raw`\b(?:brighten|lighten|light up|lift|raise|open up)(?: up)? ${RIM}(?!\w)`,
    String.raw`\b(?:remove|fix|get rid of|reduce|less|no more|correct) (?:the )?dark (?:corners|edges|borders)\b`,
    String.raw`\b(?:corners|edges) (?:are |look |is )?(?:too |so |very |a bit |a little )*(?:dark|darkened|shaded|shadowed)(?!\w)`,
    String.raw`\bmake ${RIM} (?:brighter|lighter)(?!\w)`,
  ].join('|'),
);
const ADD = new RegExp(
  [
    String.raw`\b(?:(?:add|apply|give it|put|more|with|some|use|want|create|simulate|increase|stronger) )?(?:(?:a|an|some|the|more|little|bit|touch|hint|of|strong|stronger|heavy|slight|subtle|light|gentle|soft|dark|black|classic|vintage|cinematic|nice|very|lens|oval|round|radial) )*vignett(?:e|es|ed|ing)(?: (?:effect|look|filter|around (?:it|the edges|the corners)))?\b`,
    String.raw`\b(?:darken(?:ed)?|dim|shade|burn(?: in)?|lower|fade) ${RIM}(?!\w)`,
    String.raw`\b(?:make |get |turn )${RIM} (?:darker|dark|dimmer|fade)(?!\w)`,
    String.raw`\b(?:dark|darker|darkened|shadowy|shaded|black) (?:corners|edges)(?!\w)`,
  ].join('|'),
);
const STOPS: Tunable = {
  min: -3.5,
  max: 3.5,
  digits: 2,
  run: (pixels, stops, call) => filter(pixels, { stops }, call),
  read: (photo) => falloffOf(photo).corners,
};

/** Darkens a picture towards its corners, or takes such a falloff of light away. */
export const vignette: Operation = {
  name: 'vignette',
  offer: 'add or remove a vignette',
  order: 38,
  regional: false,
  phrase: signed(
    'stops',
    phrase('Darken {region} towards its corners by {stops} stops', { stops: decimal(2) }),
    phrase('Lighten {region} towards its corners by {stops} stops', { stops: decimal(2) }),
  ),
  work: {
    kind: 'filter',
    tonal: true,
    filter: (pixels, { stops }, { call }) => STOPS.run(pixels, Number(stops), call),
  },
  match(clause) {
    const removed = REMOVE.exec(clause.text);
    const found = removed ?? ADD.exec(clause.text);
    if (!found) return undefined;
    const { amount } = clause;
    const scale =
      amount.percent === undefined ? amount.scale : Math.min(3, Math.abs(amount.percent) / 40);
    return matchOf(found, {
      operation: 'vignette',
      plan: (photo, area) =>
        removed ? planLighter(photo, area, scale) : planVignette(photo, area, scale),
    });
  },
  correct: correctedFrom('falloff', { param: 'stops', neutral: 0, ...STOPS }, STOPS.read),
};

async function planVignette(photo: Photo, area: Area, scale: number): Promise<Planned> {
  const { center, corners: before } = falloffOf(photo);
  // Dark corners have little left to lose.
  const wished = Math.min(12 * scale, Math.max(0, center - before) * 0.6);
  if (wished < 2) return { nothing: 'Its corners are nearly black already.' };
  return {
    params: { stops: await strengthFor(photo, area, { first: 1, change: wished }, STOPS) },
    goals: [{ metric: 'falloff', at: before + wished, within: Math.max(1, 0.2 * wished) }],
    why: `Its corners are ${Math.abs(before).toFixed(0)} ${before < 0 ? 'lighter' : 'darker'} in lightness than its middle, so I darken it smoothly towards them by about ${wished.toFixed(0)} more.`,
  };
}

async function planLighter(photo: Photo, area: Area, scale: number): Promise<Planned> {
  const before = falloffOf(photo).corners;
  if (before < 2) {
    return {
      nothing: 'Its corners are no darker than its middle, so there is no vignette to remove.',
    };
  }
  const target = Math.max(0, before * (1 - 0.8 * Math.min(1.2, scale)));
  const { clippedHighlights } = statisticsOf(photo);
  return {
    params: {
      stops: await strengthFor(photo, area, { first: -1, change: target - before }, STOPS),
    },
    goals: [
      { metric: 'falloff', at: target, within: Math.max(1.5, 0.2 * (before - target)) },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 2 },
    ],
    why: `Its corners are ${before.toFixed(0)} darker in lightness than its middle, so I lighten it towards them until ${target.toFixed(0)} is left.`,
  };
}
