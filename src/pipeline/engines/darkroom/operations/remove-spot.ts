import { matchOf } from '../language/match.ts';
import type { Area } from '../measure/area.ts';
import { photoOfPixels, type Photo } from '../measure/photo.ts';
import { DEFECTS, spotsIn, type Defect } from '../measure/spots.ts';
import type { Operation, Planned } from '../operation.ts';
import { oneOf, phrase } from '../phrase.ts';
import { shareOf, weightsAt } from '../pixels/mask.ts';
import { shapeOf } from '../pixels/region.ts';
import { inpaint } from '../vision/inpaint.ts';
import { maskOfSpots, type Spot } from '../vision/spots.ts';

const DO = String.raw`(?:remov(?:e|ing)|eras(?:e|ing)|delet(?:e|ing)|heal(?:ing)?|retouch(?:ing)?|clone out|spot[- ]heal|get(?:ting)? rid of|clean(?:ing)?(?: up| off| away)?|clear(?:ing)?(?: up| off| away)?|take (?:out|away|off)|edit out|wipe (?:away|off|out)|eliminate|repair|fix|touch up|rub out|fill in|paint over|in-?paint(?:ing)?)`;
const WHICH = String.raw`(?:(?:all|of|the|that|this|those|these|a|an|any|my|his|her|their|every|some|few|small|little|tiny|big|large|ugly|annoying|dark|black|white|bright|brown|red|strongest|sensor|lens|dust|skin|orange|yellow) )*`;
const SKIN = String.raw`blemish(?:es)?|pimples?|zits?|acne|moles?|freckles?|spots? on (?:my|his|her|the|their) (?:nose|cheeks?|forehead|chin)`;
const NOUN = String.raw`${SKIN}|spots?|dust(?: ?spots?| ?specks?| particles)?|specks?(?: of dust)?|speckles|marks?|stains?|blotch(?:es)?|blobs?|smudges?|dirt|splotch(?:es)?`;
const SCRATCH = String.raw`scratch(?:es)?|hairs? on the (?:lens|scan|film)`;
const STAMP = String.raw`(?:date|time)(?:[- ]?(?:and|/|&)[- ]?(?:date|time))?(?:[- ]?(?:stamp|mark|imprint|print))?s?|timestamps?|datestamps?|camera date|texts?|lettering|letters|writing|words|digits`;
const MARK = String.raw`logos?|emblem|sticker`;
const PLACE = String.raw`(?: (?:on|from|off|in) (?:the|my|his|her|their) (?:lens|sensor|scan|film|corner|nose|cheeks?|forehead|chin))*`;
const HEAL = new RegExp(
  String.raw`\b${DO} ${WHICH}(?:(${NOUN})|(${SCRATCH})|(${STAMP})|(${MARK}))${PLACE}(?![\w-])`,
);
/** "Remove the dust and scratches": the second noun is a clause of its own. */
const BARE = new RegExp(String.raw`^${WHICH}(?:(${NOUN})|(${SCRATCH})|(${STAMP})|(${MARK}))$`);
/** What lies in a box, whatever it is, unless it is a color or a light. */
const AWAY = String.raw`(?:remov(?:e|ing)|eras(?:e|ing)|delet(?:e|ing)|heal(?:ing)?|retouch(?:ing)?|clone out|get(?:ting)? rid of|take (?:out|away)|edit out|wipe (?:away|off|out)|eliminate|rub out|fill in|paint over|in-?paint(?:ing)?)`;
const NO_THING = String.raw`(?:colou?rs?|noise|grain|haze|fog|mist|cast|tint|saturation|vignette|blur|background|shadows?|highlights?|contrast|light|red|yellow|green|blue|warmth)`;
const TO_THE_BOX = String.raw`(?:in|at|from|within|inside|area|box|region|rectangle|part)\b`;
const IN_BOX = new RegExp(
  String.raw`\b${AWAY} (?:(?!${TO_THE_BOX}|${NO_THING}\b)[a-z'-]+ ){0,6}(?=(?:(?:${TO_THE_BOX}|the) )*\(?\d+[@,.])`,
);
const SKIN_WORDS = new RegExp(String.raw`^(?:${SKIN})$|(?:nose|cheeks?|forehead|chin)$`);

/** Beyond so many it is rather the picture itself that has spots; with a place, and without. */
const MOST = { placed: 60, anywhere: 12 } as const;
/** Spots that stand out less are healed only where the request names a place. */
const CLEAR = 0.4;
/** What is left may stand out so much, percent of what it did. */
const LEFT = 40;
/** Larger boxes can't be made up from what is around them; share of the picture. */
const LARGEST_BOX = 0.25;
const WHERE =
  'Tell me where: a corner or a half of it, or a box in pixels, as in “remove the spot at 120,80 to 160,110”.';

/** Fills small defects with what is around them. */
export const removeSpot: Operation = {
  name: 'remove spot',
  offer: 'heal spots, scratches and date stamps',
  order: 37,
  regional: true,
  phrase: phrase('Heal {what} in {region}', { what: oneOf(...DEFECTS) }),
  work: {
    kind: 'rework',
    async rework(pixels, { what }, { area, call }) {
      if (what === 'everything') {
        if (area.mask) await inpaint(pixels, area.mask, call);
        return pixels;
      }
      const { copy } = await photoOfPixels(pixels);
      call.signal.throwIfAborted();
      const spots = await spotsIn(copy, area, what as Defect);
      await inpaint(pixels, maskOfSpots(chosen(spots, area), copy), call);
      return pixels;
    },
  },
  match({ text, leaning }) {
    const found = HEAL.exec(text) ?? (leaning === -1 ? BARE.exec(text) : null);
    if (!found) {
      return matchOf(IN_BOX.exec(text), {
        operation: 'remove spot',
        plan: (photo, area) => planHealing(photo, area, 'the mark'),
      });
    }
    const [, noun, scratch, stamp] = found;
    const many = /\b(?:all|any|every|some)\b|dust|acne|dirt|s(?: of dust| on .*)?$/.test(
      found[0].replace(/ (?:on|from|off|in) .*$/, ''),
    );
    const defect = defectFor({ noun, scratch, stamp, many });
    const onSkin = noun !== undefined && SKIN_WORDS.test(`${noun}${found[0]}`.trim());
    return matchOf(found, {
      operation: 'remove spot',
      plan: (photo, area) =>
        (onSkin || SKIN_WORDS.test(noun ?? '')) && area.region === 'picture'
          ? { nothing: `A blemish, an eye and a button are alike to me. ${WHERE}` }
          : planHealing(photo, area, defect),
    });
  },
};

interface Said {
  readonly noun: string | undefined;
  readonly scratch: string | undefined;
  readonly stamp: string | undefined;
  readonly many: boolean;
}

function defectFor({ noun, scratch, stamp, many }: Said): Defect {
  if (noun !== undefined) return many ? 'the spots' : 'the most striking spot';
  if (scratch !== undefined) return many ? 'the scratches' : 'the most striking scratch';
  return stamp === undefined ? 'the mark' : 'the row of letters';
}

/** Without a place only what stands out clearly is meant. */
const chosen = (spots: readonly Spot[], { mask }: Area): readonly Spot[] =>
  mask || spots.length === 1 ? spots : spots.filter(({ strength }) => strength >= CLEAR);

async function planHealing(photo: Photo, area: Area, wanted: Defect): Promise<Planned> {
  const isBox = 'box' in shapeOf(area.region);
  const what = isBox ? 'everything' : wanted;
  if (isBox && area.mask && shareOf(area.mask) > LARGEST_BOX) {
    return { nothing: `That box is too large a part of the picture to be filled from around it.` };
  }
  const spots = chosen(await spotsIn(photo.copy, area, what), area);
  const [first] = spots;
  if (!first) return { nothing: `I find nothing like that ${placeOf(area)}. ${WHERE}` };
  const rivals =
    what === 'the most striking spot' && !area.mask
      ? chosen(await spotsIn(photo.copy, area, 'the spots'), area).length
      : spots.length;
  if (rivals > (area.mask ? MOST.placed : MOST.anywhere)) {
    return { nothing: `I find ${rivals} things ${placeOf(area)} that could be meant. ${WHERE}` };
  }
  return {
    params: { what },
    goals: [
      { metric: 'spotsLeft', atMost: LEFT },
      ...(keepsInside(spots, area, photo) ? [{ metric: 'untouched', atLeast: 40 } as const] : []),
    ],
    why: isBox
      ? 'I fill that box with what is around it.'
      : `I find ${nameOf(what, spots.length)} ${placeOf(area)} and fill ${spots.length === 1 ? 'it' : 'them'} with what is around.`,
  };
}

const placeOf = ({ mask }: Area): string => (mask ? 'there' : 'in it');

function nameOf(what: Defect, count: number): string {
  if (what === 'the row of letters') return 'a row of letters';
  if (what === 'the mark') return 'a mark';
  const noun = what.includes('scratch') ? 'scratch' : 'spot';
  if (count === 1) return `one ${noun}`;
  return `${count} ${noun}${noun === 'scratch' ? 'es' : 's'}`;
}

/** Whether nothing outside the area is healed. */
function keepsInside(spots: readonly Spot[], { mask }: Area, { copy }: Photo): boolean {
  if (!mask) return false;
  const weights = weightsAt(mask, copy);
  return maskOfSpots(spots, copy).weights.every((own, at) => own === 0 || weights[at] !== 0);
}
