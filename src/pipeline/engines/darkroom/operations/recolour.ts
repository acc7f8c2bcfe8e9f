import { recolourRequest } from '../language/colour-change.ts';
import type { Area } from '../measure/area.ts';
import { EVERYTHING } from '../measure/named-colour.ts';
import type { Photo } from '../measure/photo.ts';
import { percentOf, selectColours } from '../measure/select-colours.ts';
import type { Operation, Planned } from '../operation.ts';
import { colour, decimal, phrase, round } from '../phrase.ts';
import { familyOf, isGrey, type ColourFamily } from '../pixels/colour-names.ts';
import { selection, selectionWeight, widened } from '../pixels/colour-selection.ts';
import { recolouring } from '../pixels/recolour.ts';
import { writeRegion } from '../pixels/region.ts';

/** Less than this of the picture is nothing that anybody would call by a colour. */
const LEAST_SHARE = 0.0005;

/** Gives all that goes by one colour another one, with its light and shade kept. */
export const recolour: Operation = {
  name: 'recolor',
  offer: 'give everything of one color another ("make the red car blue")',
  // First of all colour changes: names are those of the picture as it was.
  order: 19,
  regional: true,
  phrase: phrase(
    'Recolor what is {from} in {region}, of lightness {lightness} and chroma {chroma}, to {to}',
    { from: selection, lightness: decimal(2), chroma: decimal(2), to: colour },
  ),
  work: {
    kind: 'colour',
    stage: ({ from, lightness, chroma, to }) =>
      recolouring({
        weigh: from === EVERYTHING ? () => 1 : selectionWeight(String(from)),
        to: String(to),
        lightness: Number(lightness),
        chroma: Number(chroma),
      }),
  },
  match({ text }) {
    const request = recolourRequest(text);
    if (!request) return undefined;
    const { from, to, region, used } = request;
    return {
      used,
      wishes: [
        {
          operation: 'recolor',
          ...(region && { region }),
          plan: (photo, area) => planRecolour(photo, area, from, to),
        },
      ],
    };
  },
  correct: (params, missed) => {
    if (!missed.some(({ goal }) => goal.metric === 'hueDistance')) return undefined;
    const from = widened(String(params['from']));
    return from === params['from'] ? undefined : { ...params, from };
  },
};

function planRecolour(
  photo: Photo,
  area: Area,
  families: readonly ColourFamily[],
  to: string,
): Planned {
  const named = families.join(' or ');
  const place = area.mask ? ` in ${writeRegion(area.region)}` : ' in it';
  if (families.some((family) => family === to)) {
    return { nothing: `What is ${named}${place} is ${to} already.` };
  }
  const { words, share, lightness, chroma } = selectColours(photo, area, families);
  if (share < LEAST_SHARE) return { nothing: `I find nothing ${named}${place} to make ${to}.` };
  const grey = isGrey(to);
  const all =
    families.length === 0
      ? `I turn everything${place} ${to}`
      : `I turn all that is ${named}${place} (${percentOf(share)} of it) ${to}`;
  return {
    params: { from: words, lightness: round(lightness, 2), chroma: round(chroma, 2), to },
    goals: [
      grey
        ? { metric: 'selectedChroma', atMost: 8 }
        : { metric: 'hueDistance', atMost: familyOf(to) === 'brown' ? 25 : 15 },
      ...(families.length > 0 ? [{ metric: 'otherChange', atMost: 3 } as const] : []),
    ],
    why: `${all}, and keep its light and shade${families.length > 0 ? `; I go by the color alone, so every ${named} thing changes, not just one` : ''}.`,
  };
}
