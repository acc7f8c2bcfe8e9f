import { describe, expect, it } from 'vitest';

import { halfTransparent, lchOf, pixelAt, PLACES } from '../../../../support/colours.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto, type Conditions } from '../../../../support/photos.ts';

const between = (one: number, other: number) => Math.abs(((one - other + 540) % 360) - 180);
const REST = ['sky', 'wall', 'grass', 'rock', 'door'] as const;

describe('recolor', () => {
  it.each<[request: string, hue: number]>([
    ['make the red roof blue', 285],
    ['turn the red roof green', 145],
    ['swap red for purple', 315],
    ['make the red parts yellow', 90],
  ])('%s: turns the hue of that color and nothing else', async (request, hue) => {
    const photo = await makePhoto();
    const result = await develop(photo, request);
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    const roof = lchOf(await pixelAt(image, ...PLACES.roof));
    expect(between(roof.hue, hue)).toBeLessThan(25);
    expect(roof.chroma).toBeGreaterThan(20);
    for (const place of REST) {
      expect(await pixelAt(image, ...PLACES[place])).toEqual(
        await pixelAt(photo, ...PLACES[place]),
      );
    }
  });

  it('keeps light and shade: what was lighter stays lighter', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'make the red roof blue'));
    const order = async (of: typeof photo) => {
      const lights = [];
      for (let x = 170; x < 220; x += 1) {
        lights.push({ x, light: lchOf(await pixelAt(of, x, 145)).lightness });
      }
      return lights.toSorted((one, other) => one.light - other.light).map(({ x }) => x);
    };
    const [before, after] = [await order(photo), await order(image)];
    const darkest = new Set(before.slice(0, 15));
    expect(after.slice(0, 15).filter((x) => darkest.has(x)).length).toBeGreaterThan(9);
  });

  it('gives greys a color and takes it from colors', async () => {
    const photo = await makePhoto();
    const blue = answer(await develop(photo, 'make the gray rocks blue')).image;
    expect(lchOf(await pixelAt(blue, ...PLACES.rock)).chroma).toBeGreaterThan(15);
    const result = await develop(photo, 'make the red roof black');
    expect(result.stopReason).toBe('success');
    const roof = lchOf(await pixelAt(answer(result).image, ...PLACES.roof));
    expect(roof.chroma).toBeLessThan(8);
    expect(roof.lightness).toBeLessThan(25);
  });

  it.each<Conditions>([{ stops: -1.5 }, { contrast: 0.6 }, { stops: 0.7 }])(
    'finds its color on other pictures too: %o',
    async (conditions) => {
      const result = await develop(await makePhoto(conditions), 'make the red roof blue');
      expect(result.stopReason).toBe('success');
    },
  );

  it('keeps to the part of the picture that is named, and takes transparency', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'make the green parts purple in the right half'));
    const [left, right] = [
      [30, 200],
      [450, 240],
    ] as const;
    expect(await pixelAt(image, ...left)).toEqual(await pixelAt(photo, ...left));
    expect(between(lchOf(await pixelAt(image, ...right)).hue, 315)).toBeLessThan(30);
    const holes = await develop(await halfTransparent(), 'make the green parts purple');
    expect(holes.stopReason).toBe('success');
  });

  it('says that all of a color changes, and how much that is', async () => {
    const { thought } = await develop(await makePhoto(), 'make the red car blue');
    if (thought?.kind !== 'plan') throw new Error('It had a plan to make.');
    expect(thought.reasoning).toMatch(/all that is red in it \(\d+ % of it\)/);
    expect(thought.reasoning).toContain('every red thing changes');
  });

  it.each([
    ['make the purple parts red', {}],
    ['make the red roof blue', { saturation: 0 }],
  ] as const)('says so where there is nothing of the color: %s', async (request, conditions) => {
    const { thought, rounds } = await develop(await makePhoto(conditions), request);
    expect(rounds).toEqual([]);
    expect(thought?.kind === 'question' && thought.text).toMatch(/nothing (?:purple|red)/);
  });
});
