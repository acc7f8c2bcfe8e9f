import { describe, expect, it } from 'vitest';

import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto } from '../../../../support/photos.ts';

describe('sizes for purposes', () => {
  const large = makePhoto({ width: 1500, height: 1000 });

  it.each([
    ['make it an instagram post', 1080, 1080],
    ['crop it for a youtube thumbnail', 1280, 720],
    ['make it a discord emoji', 128, 128],
    ['passport photo', 413, 531],
    ['us passport photo', 600, 600],
    ['4x6 print', 1800, 1200],
    ['social card', 1200, 630],
    ['resize to 10x5 cm', 1181, 591],
    ['facebook cover without cropping', 1702, 630],
    ['for an instagram story without cropping', 1080, 1920],
    ["for an instagram story, but don't cut anything off", 1080, 1920],
    ['make it a thumbnail', 320, 213],
  ])('%s', async (request, width, height) => {
    const result = await develop(await large, request);
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    expect([image.width, image.height]).toEqual([width, height]);
  });

  it('keep to the shape where the picture is far too small, and say why', async () => {
    const photo = await makePhoto({ width: 300, height: 200 });
    for (const request of ['for an instagram story', 'for an instagram story without cropping']) {
      const { thought, rounds } = await develop(photo, request);
      if (thought?.kind !== 'plan') throw new Error('It had a plan to make.');
      expect(thought.reasoning).toContain('no detail is gained');
      const image = rounds.at(-1)?.image;
      expect((image?.width ?? 0) / (image?.height ?? 1)).toBeCloseTo(9 / 16, 1);
      expect(image?.height).toBeLessThan(700);
    }
  });

  it('enlarge where the pixels matter, and say that no detail is gained', async () => {
    const photo = await makePhoto({ width: 60, height: 60 });
    const { thought, rounds } = await develop(photo, 'make it a slack emoji');
    expect(rounds.at(-1)?.image).toMatchObject({ width: 128, height: 128 });
    expect(thought?.kind === 'plan' && thought.reasoning).toContain('no detail is gained');
  });
});
