import { correctedFrom } from '../correction.ts';
import { matchOf } from '../language/match.ts';
import type { Area } from '../measure/area.ts';
import { evennessOf } from '../measure/evenness.ts';
import { photoOfCopy, pixelsOf, type Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation, Planned, Wish } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { equalize as filter } from '../pixels/equalize.ts';
import { planClarity } from './clarity.ts';

const HDR =
  /\b(?:(?:add|give it|apply|make it|with|turn it into|convert to|as|like) )?(?:an? |the |some |strong |slight |subtle |fake |pseudo |full )*(?:hdr|high dynamic range)(?:-?(?:ed|like|style))?(?: (?:look|effect|style|filter|version|processing|photo|picture|image|treatment|feel|toning|tone mapping))*\b/;
const EQUALIZE =
  /\b(?:(?:apply|use|do|run|add|with|perform) )?(?:an? |the |some )*(?:clahe|(?:contrast[- ]limited )?(?:(?:adaptive|local|adaptive local) )?histogram equali[sz](?:ation|e|ed|ing)|(?:adaptive|local) equali[sz]ation|equali[sz](?:e|ed|ing|ation)(?: (?:of )?(?:the |its )?(?:adaptive )?(?:histogram|tones?|lighting|light|exposure|brightness|contrast|picture|photo|image|it))?|(?:even out|balance|level out) (?:the |its )?(?:tones?|lighting|light|illumination|shadows and highlights)|(?:local )?tone[- ]?map(?:ped|ping)?)\b(?: (?:it|this))?/;

/** How steep the tones may get: more than this looks painted. */
const LIMIT = { min: 1.5, max: 4 } as const;

/** Gives every part of the picture the full range of tones, in light alone and within limits. */
export const equalize: Operation = {
  name: 'equalize',
  offer: 'equalize its tones part by part (CLAHE)',
  order: 33,
  regional: true,
  phrase: phrase(
    'Equalize the tones of {region} with strength {strength}, at most {limit} times as steep',
    { strength: decimal(2), limit: decimal(1) },
  ),
  work: {
    kind: 'filter',
    tonal: true,
    filter: (pixels, { strength, limit }, { call }) =>
      filter(pixels, { strength: Number(strength), limit: Number(limit) }, call),
  },
  match(clause) {
    const { amount } = clause;
    const scale =
      amount.percent === undefined ? amount.scale : Math.min(2.5, Math.abs(amount.percent) / 60);
    const hdr = HDR.exec(clause.text);
    const wish: Wish = {
      operation: 'equalize',
      plan: (photo, area) => planEqualize(photo, area, hdr ? 0.8 * scale : scale),
    };
    if (!hdr) return matchOf(EQUALIZE.exec(clause.text), wish);
    return matchOf(hdr, wish, {
      operation: 'clarity',
      plan: (photo, area) => planClarity(photo, area, 0.8 * scale),
    });
  },
  correct: correctedFrom(
    'evenness',
    { param: 'strength', neutral: 0, min: 0, max: 1, digits: 2 },
    evennessOf,
  ),
};

async function planEqualize(photo: Photo, area: Area, scale: number): Promise<Planned> {
  const before = evennessOf(photo, area);
  const strength = round(Math.min(1, 0.6 * scale), 2);
  const limit = round(Math.min(LIMIT.max, Math.max(LIMIT.min, 1 + scale)), 1);
  // How far tones can be spread depends on all of them: a try on the copy tells.
  const tried = await filter(
    pixelsOf(photo),
    { strength, limit },
    { signal: new AbortController().signal },
  );
  const target = evennessOf(photoOfCopy(tried, photo.width, photo.height), area);
  if (target - before < 0.5) {
    return { nothing: 'Each part of it uses its tones as evenly as they can be used already.' };
  }
  const { clippedHighlights } = statisticsOf(photo, area);
  return {
    params: { strength, limit },
    goals: [
      { metric: 'evenness', at: target, within: Math.max(0.5, 0.3 * (target - before)) },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 5 },
    ],
    why: `Its parts use ${before.toFixed(0)} % of the tones there are, so I spread them part by part, to about ${target.toFixed(0)} %: dark and light places both show what is in them, and hues stay.`,
  };
}
