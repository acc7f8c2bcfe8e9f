import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { WHOLE } from '../../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { endsOf } from '../../../../../src/pipeline/engines/darkroom/measure/colour-ends.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import {
  selectionWeight,
  writeSelection,
} from '../../../../../src/pipeline/engines/darkroom/pixels/colour-selection.ts';
import { fromOklab } from '../../../../../src/pipeline/engines/darkroom/pixels/oklab.ts';
import { labOf } from '../../../../../src/pipeline/engines/darkroom/pixels/colour.ts';
import { lchOf } from '../../../../support/colours.ts';
import { encoded } from '../../../../support/photos.ts';
import type { Triple } from '../../../../../src/pipeline/engines/darkroom/pixels/colour.ts';

/** A picture whose columns turn through some hues (Oklab, degrees) and come back. */
async function ofHues(...hues: readonly number[]) {
  const data = Buffer.alloc(hues.length * 60 * 20 * 3);
  for (let x = 0; x < hues.length * 60; x += 1) {
    const hue = (((hues[Math.floor(x / 60)] ?? 0) + ((x % 60) - 30) / 6) * Math.PI) / 180;
    const rgb = fromOklab([0.55, 0.13 * Math.cos(hue), 0.13 * Math.sin(hue)]);
    for (let y = 0; y < 20; y += 1) {
      for (const [channel, value] of rgb.entries()) {
        data[(y * hues.length * 60 + x) * 3 + channel] = Math.round(value * 255);
      }
    }
  }
  const raw = { width: hues.length * 60, height: 20, channels: 3 } as const;
  return photoOf(await encoded(sharp(data, { raw }), 'png'));
}

const hueAt = (oklabHue: number): number => {
  const angle = (oklabHue * Math.PI) / 180;
  const rgb = fromOklab([0.55, 0.13 * Math.cos(angle), 0.13 * Math.sin(angle)]);
  return lchOf(rgb.map((value) => value * 255) as unknown as Triple).hue;
};

describe('what goes by the name of a color', () => {
  it('ends in the gap between two things, though the name’s usual end cuts one in two', async () => {
    const photo = await ofHues(28, 52);
    const { hues } = endsOf(photo, WHOLE, 'red');
    expect(hues?.to).toBeGreaterThan(hueAt(32));
    expect(hues?.to).toBeLessThan(hueAt(49));
    const orange = endsOf(photo, WHOLE, 'orange').hues;
    expect(orange?.from).toBeGreaterThan(hueAt(32));
  });

  it('leaves out what is far less vivid', async () => {
    const { hues } = endsOf(await ofHues(28), WHOLE, 'red');
    const weigh = selectionWeight(writeSelection([{ family: 'red', ...(hues && { hues }) }]));
    const [lightness, a, b] = labOf(0.75, 0.15, 0.12);
    expect(weigh(lightness, a, b)).toBe(1);
    expect(weigh(lightness, a * 0.15, b * 0.15)).toBe(0);
  });

  it('is the shade of a thing as well as its light', () => {
    const weigh = selectionWeight('red');
    for (const light of [0.15, 0.4, 0.8]) {
      expect(weigh(...labOf(light, light * 0.2, light * 0.15))).toBeGreaterThan(0.9);
    }
  });
});
