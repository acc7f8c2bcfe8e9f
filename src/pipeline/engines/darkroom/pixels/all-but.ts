import { linearToSrgb, luminance, srgbToLinear, type Triple } from './colour.ts';
import { labOf } from './colour.ts';
import { selectionWeight } from './colour-selection.ts';
import type { ColourStage } from './colour-pass.ts';
import { tabulated } from './colour-table.ts';

/** Turns all colours but a selection of them into the grey of their luminance. */
export function allButStage(keep: string): ColourStage {
  const weigh = selectionWeight(keep);
  return tabulated((color) => {
    const kept = weigh(...labOf(...color));
    if (kept === 1) return color;
    const [red, green, blue] = color;
    const light = luminance(srgbToLinear(red), srgbToLinear(green), srgbToLinear(blue));
    const grey = linearToSrgb(light);
    const blend = (value: number) => grey + kept * (value - grey);
    const mixed: Triple = [blend(red), blend(green), blend(blue)];
    return mixed;
  });
}
