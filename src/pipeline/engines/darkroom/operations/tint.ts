import { correctedByLean } from '../correction.ts';
import { tintRequest } from '../language/tint-request.ts';
import type { Area } from '../measure/area.ts';
import type { Photo } from '../measure/photo.ts';
import { statisticsOf } from '../measure/statistics.ts';
import { leanTo } from '../measure/tone-tint.ts';
import type { Operation, Planned } from '../operation.ts';
import { colour, decimal, phrase, round, signed } from '../phrase.ts';
import { labToLinear, luminance } from '../pixels/colour.ts';
import { hueDirection } from '../pixels/colour-names.ts';
import type { ColourStage } from '../pixels/colour-pass.ts';
import { gainStage } from '../pixels/gain.ts';

const LIMIT = 60;

/** Leans all tones to the hue of a colour or away from it; black and white stay. */
export const tint: Operation = {
  name: 'tint',
  offer: 'tint it in any color, or towards magenta or green',
  order: 24,
  regional: true,
  phrase: signed(
    'strength',
    phrase('Tint {region} towards {color} by {strength}', { color: colour, strength: decimal(1) }),
    phrase('Tint {region} away from {color} by {strength}', {
      color: colour,
      strength: decimal(1),
    }),
  ),
  work: {
    kind: 'colour',
    stage: ({ color, strength }) => tintStage(String(color), Number(strength)),
  },
  match(clause) {
    const request = tintRequest(clause);
    if (!request) return undefined;
    const { color, lean, used } = request;
    return {
      used,
      wishes: [{ operation: 'tint', plan: (photo, area) => planTint(photo, area, color, lean) }],
    };
  },
  correct: correctedByLean([
    { metric: 'tint', param: 'strength', colour: 'color', tones: 'all', max: LIMIT },
  ]),
};

function planTint(photo: Photo, area: Area, color: string, lean: number): Planned {
  const { medianLightness, clippedHighlights } = statisticsOf(photo, area);
  if (medianLightness > 98 || medianLightness < 2) {
    return { nothing: 'It is pure white or black, which takes no tint.' };
  }
  const before = leanTo({ edited: photo, area }, color, 'all');
  const at = before + lean;
  return {
    params: { color, strength: round(Math.min(LIMIT, Math.max(-LIMIT, lean * 1.7)), 1) },
    goals: [
      { metric: 'tint', at, within: Math.max(1, 0.15 * Math.abs(lean)) },
      { metric: 'clippedHighlights', atMost: clippedHighlights + 4 },
    ],
    why: `Its colors lean ${round(before, 0)} towards ${color}, so I bring that to about ${round(at, 0)}; black and white stay what they are.`,
  };
}

/** Lightness of the grey that is tinted by just the strength; L*. */
const MIDDLE = 60;

function tintStage(color: string, strength: number): ColourStage {
  const [cosine, sine] = hueDirection(color);
  const [red, green, blue] = labToLinear(MIDDLE, cosine * strength, sine * strength);
  const light = luminance(red, green, blue);
  const gain = (channel: number) => Math.min(4, Math.max(0.12, channel / light));
  return gainStage([gain(red), gain(green), gain(blue)]);
}
