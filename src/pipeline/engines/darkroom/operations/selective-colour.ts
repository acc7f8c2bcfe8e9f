import { selectiveRequest } from '../language/selective-request.ts';
import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import { percentOf, selectColours, strongestFamily } from '../measure/select-colours.ts';
import { statisticsOf } from '../measure/statistics.ts';
import type { Operation, Planned } from '../operation.ts';
import { phrase } from '../phrase.ts';
import { selection, widened } from '../pixels/colour-selection.ts';
import type { ColourFamily } from '../pixels/colour-names.ts';
import { writeRegion } from '../pixels/region.ts';
import { allButStage } from '../pixels/all-but.ts';
import { monochrome } from './monochrome.ts';

/** Less than this of a colour would not be seen. */
const LEAST_SHARE = 0.0008;

/** Black and white but for one colour or two. */
export const selectiveColour: Operation = {
  name: 'selective color',
  offer: 'turn all but one color black and white',
  order: 19,
  regional: true,
  phrase: phrase('Turn {region} black and white but for what is {keep}', { keep: selection }),
  work: { kind: 'colour', stage: ({ keep }) => allButStage(String(keep)) },
  match(clause) {
    const request = selectiveRequest(clause.text);
    if (!request) return undefined;
    const { families, region, used } = request;
    if (region) {
      // All but a place: that is black and white there, and no color is sought.
      const elsewhere = monochrome.match({ ...clause, text: 'monochrome' });
      return elsewhere && { used, wishes: elsewhere.wishes.map((wish) => ({ ...wish, region })) };
    }
    return {
      used,
      wishes: [
        { operation: 'selective color', plan: (photo, area) => planAllBut(photo, area, families) },
      ],
    };
  },
  correct: (params, missed) => {
    if (!missed.some(({ goal }) => goal.metric === 'keptChroma')) return undefined;
    const keep = widened(String(params['keep']));
    return keep === params['keep'] ? undefined : { keep };
  },
};

function planAllBut(photo: Photo, area: Area, asked: readonly ColourFamily[]): Planned {
  if (statisticsOf(photo, area).strongestChroma < 3) {
    return { nothing: 'It has no color that could be kept: it is black and white already.' };
  }
  const families = asked.length > 0 ? asked : [strongestFamily(photo, area)];
  const found = families
    .map((family) => ({ family, ...selectColours(photo, area, [family]) }))
    .filter(({ share }) => share >= LEAST_SHARE);
  const place = area.mask ? ` in ${writeRegion(area.region)}` : ' in it';
  if (found.length === 0) {
    return {
      nothing: `I find nothing ${families.join(' or ')}${place}, so all of it would turn gray; I leave its colors.`,
    };
  }
  const kept = found.map(({ family }) => family);
  const gone = families.filter((family) => !kept.includes(family));
  const { words, share } = selectColours(photo, area, kept);
  const missing = gone.length > 0 ? ` I find nothing ${gone.join(' or ')}.` : '';
  return {
    params: { keep: words },
    goals: [
      { metric: 'otherChroma', atMost: 2 },
      { metric: 'keptChroma', atLeast: 65 },
    ],
    why: `I keep the color of all that is ${kept.join(' or ')}${place} (${percentOf(share)} of it) and turn the rest black and white; I go by the color alone, not by things.${missing}`,
  };
}
