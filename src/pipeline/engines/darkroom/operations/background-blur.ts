import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import { matchOf } from '../language/match.ts';
import type { Operation, Planned } from '../operation.ts';
import { decimal, phrase, round } from '../phrase.ts';
import { lensBlur } from '../pixels/lens-blur.ts';
import { isThing } from '../pixels/region.ts';
import { fullMask } from '../vision/full-mask.ts';

const BACKGROUND = String.raw`(?:(?:the|my|its|a|this|that|whole|entire) )*(?:back ?-?ground|backdrop|bg)`;
const SUBJECT = String.raw`(?:me|her|him|them|(?:(?:the|my|her|his|their|our|this|that|a|main) )*(?:subjects?|persons?|people|man|men|woman|women|lady|guys?|girls?|boys?|kids?|child|children|baby|couple|models?|dogs?|cats?|pets?|animals?|birds?|horses?|flowers?|products?|objects?|foreground|figures?|portrait))`;
const BLURRED = String.raw`(?:blurr?(?:ed|ier|y|ing)?|soft(?:er|en(?:ed)?)?|out of focus|defocus(?:ed)?|unsharp|less sharp|fuzzy|smooth(?:er)?)`;
const WORDS = new RegExp(
  [
    String.raw`\b(?:(?:add|apply|give it|with|make|put|use|want) )*(?:(?:a|an|some|more|slight|soft|strong|nice|creamy) )*(?:blurr?(?:ed|y|ing)?|soften(?:ed|ing)?|defocus(?:ed)?|out of focus|unsharp|unfocus(?:ed)?|throw|fuzzy) (?:out |up )?(?:(?:to|of|on|in) )?${BACKGROUND}(?: (?:a bit |slightly |out of focus|effect|blur))*`,
    String.raw`\b(?:make )?${BACKGROUND} (?:(?:should|to|be|is|look|looks|more|a bit|a little|slightly|very|much|really|strongly) )*${BLURRED}(?: (?:effect|out))?`,
    String.raw`\b${BACKGROUND} blur\b`,
    String.raw`\b(?:(?:a|an|some|add|apply|with|nice|creamy|the|give it|more) )*(?:bokeh|portrait(?: |-)mode|lens blur|(?:shallow(?:er)?|small(?:er)?|less|narrow(?:er)?|low) (?:depth of field|dof)|(?:depth of field|dof)|(?:dslr|large aperture|wide aperture|f ?/? ?[12]\.\d)(?: look| effect| style)|aperture blur)(?: (?:effect|look|style|filter|background|blur))*`,
    String.raw`\b(?:make )?${SUBJECT} (?:stand out|pop out|stick out|come out)(?: (?:more|from|against) ?(?:${BACKGROUND})?)*`,
    String.raw`\bblur(?:red|ring)? (?:out )?(?:everything|all|anything|the (?:picture|photo|image)|it)(?: else)? (?:but|except(?: for)?|apart from|other than|around|behind) ${SUBJECT}`,
    String.raw`\b(?:focus (?:only )?(?:up)?on|emphasi[sz]e|(?:keep|put) (?:the )?focus on|separate|draw attention to) ${SUBJECT}(?: from ${BACKGROUND})?`,
    String.raw`\bkeep (?:only )?${SUBJECT} (?:sharp|in focus)\b`,
  ].join('|'),
);

/** How far apart the radii of two tries are. */
const STEP = 1.6;

/** Blurs what lies behind the subject as a lens of wide aperture does, and leaves the subject sharp. */
export const backgroundBlur: Operation = {
  name: 'background blur',
  offer: 'blur its background',
  order: 43,
  regional: true,
  phrase: phrase('Blur {region} like a lens with radius {radius} px', { radius: decimal(1) }),
  work: {
    kind: 'rework',
    async rework(pixels, { radius }, { area: { mask, region }, call }) {
      const refined = mask && isThing(region) ? fullMask(mask, pixels) : mask;
      await lensBlur(pixels, Number(radius), refined, call);
      return pixels;
    },
  },
  match({ text, amount }) {
    return matchOf(WORDS.exec(text), {
      operation: 'background blur',
      region: 'background',
      plan: (photo, area) => planBackgroundBlur(photo, area, amount.scale),
    });
  },
  correct: (params, missed, { edited }) => {
    if (!missed.some(({ goal }) => goal.metric === 'edgeStrength')) return undefined;
    const most = Math.max(2, Math.max(edited.width, edited.height) / 15);
    const radius = round(Math.min(most, Number(params['radius']) * STEP), 1);
    return radius === params['radius'] ? undefined : { ...params, radius };
  },
};

function planBackgroundBlur(photo: Photo, area: Area, scale: number): Planned {
  if (statisticsOf(photo, area).edgeStrength < 0.05) {
    return { nothing: 'There is no detail in the background that could be blurred.' };
  }
  const radius = round(Math.max(1, (Math.max(photo.width, photo.height) / 60) * scale), 1);
  return {
    params: { radius },
    goals: [
      { metric: 'edgeStrength', atMost: 80 - 10 * Math.min(3, scale) },
      { metric: 'untouched', atLeast: 40 },
    ],
    why: `I blur it ${scale < 0.8 ? 'slightly' : scale > 1.3 ? 'strongly' : 'visibly'}, as a wide aperture would, and keep the rest sharp.`,
  };
}
