import { describe, expect, it } from 'vitest';

import { WHOLE } from '../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { photoOf } from '../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { makePhoto } from '../../../support/photos.ts';
import { understand } from '../../../support/understand.ts';

const image = makePhoto();
const photo = image.then(photoOf);
const context = image.then((file) => ({ image: file, steps: [], transparent: false }));

/** The strength of the only wish, less its value that changes nothing. */
async function strength(prompt: string): Promise<number> {
  const { wishes } = understand(prompt);
  expect(wishes).toHaveLength(1);
  const planned = await wishes[0]?.wish.plan(await photo, WHOLE, [], await context);
  if (!planned || 'nothing' in planned) throw new Error(`Nothing was planned for: ${prompt}`);
  const { stops, power, factor, mireds } = planned.params;
  if (stops !== undefined) return Number(stops);
  if (mireds !== undefined) return Number(mireds);
  return Number(power ?? factor) - 1;
}

const MORE = [
  'brighter',
  'too dark',
  'it is a little dark',
  'kinda dark tbh',
  'not bright enough',
  'less dark',
  'not so dark',
  'turn the brightness up',
  'bring the exposure up a little',
  'brightness +30',
  'underexposed',
  'the picture is too dim',
  'warmer',
  'too cold',
  'it looks cold',
  'less blue',
  'more golden',
  'more contrast',
  'it looks flat',
  'too flat',
  'less flat',
  'washed out',
  'lacks contrast',
  'increase the contrast by 30%',
  'more vivid',
  'the colors look dull',
  'not colorful enough',
  'boost the saturation',
  'colors are too muted',
];
const LESS = [
  'darker',
  'too bright',
  'it is bright',
  'less bright',
  'not so bright',
  'turn the brightness down',
  'brightness -30',
  'overexposed',
  'lower the exposure a lot',
  'cooler',
  'too warm',
  'it looks too yellow',
  'less orange',
  'more blue',
  'less contrast',
  'too much contrast',
  'make it flat',
  'too harsh',
  'turn down the contrast',
  'the colors are too saturated',
  'mute the colors',
  'less colorful',
  'desaturate it a little',
  'saturation -50%',
];

describe('the direction of a wish', () => {
  it.each(MORE)('more: %s', async (prompt) => expect(await strength(prompt)).toBeGreaterThan(0));
  it.each(LESS)('less: %s', async (prompt) => expect(await strength(prompt)).toBeLessThan(0));

  it.each([
    ['brighter', 'a lot brighter'],
    ['a bit brighter', 'brighter'],
    ['slightly warmer', 'much warmer'],
    ['a touch more contrast', 'way more contrast'],
    ['10% more saturation', '60% more saturation'],
    ['+0.5 stops', '+2 stops'],
  ])('%s is less than %s', async (little, much) => {
    expect(await strength(little)).toBeLessThan(await strength(much));
  });

  it('hands a direction and an amount on to what follows', async () => {
    const plan = async (prompt: string) => {
      const { wishes } = understand(prompt);
      const [measured, rest] = await Promise.all([photo, context]);
      return Promise.all(wishes.map(async ({ wish }) => wish.plan(measured, WHOLE, [], rest)));
    };
    const [contrast, saturation] = await plan('reduce the contrast and saturation');
    expect(contrast).toMatchObject({ params: { power: expect.any(Number) as number } });
    expect(saturation && 'params' in saturation && saturation.params['factor']).toBeLessThan(1);
  });
});
