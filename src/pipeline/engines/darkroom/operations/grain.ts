import { matchOf } from '../language/match.ts';
import { grainOf } from '../measure/grain.ts';
import type { Area } from '../measure/area.ts';
import { photoOfCopy, pixelsOf, type Photo } from '../measure/photo.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { addGrain } from '../pixels/grain.ts';

const GRAIN =
  /\b(?:(?:add|give it|apply|put|simulate|increase|more|with|some|use|want|overlay|lay|introduce|bring in|bit of|touch of|hint of|lots? of)(?: (?:back|in|on))? )?(?:(?:a|an|some|the|more|little|bit|touch|hint|lot|lots|of|fine|coarse|rough|strong|heavy|slight|subtle|light|visible|noticeable|gentle|soft|classic|old|analog|vintage|cinematic|35mm|iso|gritty) )*(?:film |movie |photo(?:graphic)? |analog )?(?:grain(?:y|ier|iness)?(?: (?:look|effect|texture|film|feel|filter))?|grit(?:ty|tier)?|noise|noisy|noisier)\b/;

/** Grain in percent of the range of luma: as strong as it gets, and as it is when nothing is said. */
const STRONGEST = 20;
const USUAL = 4;

/** Lays film grain over the picture: in light alone, strongest in the mid-tones. */
export const grain: Operation = {
  name: 'grain',
  offer: 'add film grain',
  order: 46,
  regional: true,
  phrase: phrase('Add film grain of {amount} % to {region}', { amount: decimal(1) }),
  work: {
    kind: 'filter',
    filter: (pixels, { amount }, { call }) => addGrain(pixels, { amount: Number(amount) }, call),
  },
  match(clause) {
    const found = GRAIN.exec(clause.text);
    if (!found) return undefined;
    const { amount, text } = clause;
    const fineness = /\bfine\b/.test(text)
      ? 0.6
      : /\b(?:coarse|rough|gritty)\b/.test(text)
        ? 1.5
        : 1;
    const scale =
      amount.percent === undefined ? amount.scale * fineness : Math.abs(amount.percent) / 25;
    return matchOf(found, {
      operation: 'grain',
      plan: (photo, area) => planGrain(photo, area, Math.min(STRONGEST, USUAL * scale)),
    });
  },
  correct: (params, missed, { without, area }) => {
    const miss = missed.find(({ goal }) => goal.metric === 'grain');
    if (!miss || !('at' in miss.goal)) return undefined;
    const before = grainOf(without, area);
    const added = (value: number): number => Math.sqrt(Math.max(0.01, value ** 2 - before ** 2));
    const factor = Math.min(3, Math.max(0.3, added(miss.goal.at) / added(miss.value)));
    const amount = round(Math.min(STRONGEST, Number(params['amount']) * factor), 1);
    return amount === params['amount'] ? undefined : { ...params, amount };
  },
};

async function planGrain(photo: Photo, area: Area, amount: number): Promise<Planned> {
  // Bright and dark places take less of it: a try on the copy says what is to be expected.
  const tried = await addGrain(
    pixelsOf(photo),
    { amount },
    { signal: new AbortController().signal },
  );
  const before = grainOf(photo, area);
  const target = grainOf(photoOfCopy(tried, photo.width, photo.height), area);
  if (target < before + 0.15) {
    return {
      nothing:
        'It is black and white all over, or too small to tell, so that grain would not show.',
    };
  }
  return {
    params: { amount: round(amount, 1) },
    goals: [
      {
        metric: 'grain',
        at: target,
        within: Math.max(0.15, 0.25 * Math.sqrt(target ** 2 - before ** 2)),
      },
    ],
    why: `I lay ${amount < 3 ? 'fine' : amount > 6 ? 'strong' : 'visible'} film grain over it, in light alone and strongest in the mid-tones.`,
  };
}
