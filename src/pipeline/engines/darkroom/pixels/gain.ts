import { linearToSrgb, srgbToLinear, type Triple } from './colour.ts';
import type { ColourStage } from './colour-pass.ts';

/**
 * Multiplies linear red, green and blue, with a shoulder that brings every gain back to 1 at white:
 * highlights keep their detail and white stays white.
 */
export function gainStage(gains: Triple): ColourStage {
  return {
    curve: (value, channel) => {
      const gain = gains[channel];
      const light = srgbToLinear(value);
      return linearToSrgb((gain * light) / (1 + (gain - 1) * light * light));
    },
  };
}
