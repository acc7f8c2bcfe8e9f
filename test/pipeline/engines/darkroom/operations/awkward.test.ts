import { describe, expect, it } from 'vitest';

import { awkwardPictures } from '../../../../support/awkward.ts';
import { develop } from '../../../../support/darkroom.ts';

const REQUESTS = [
  'pad it to square',
  'pad it to 16:9 with a blurred background',
  'pad it to 16:9 with mirrored edges',
  'pad it to square with extended edges',
  'make it square with a transparent background',
  'add a white border',
  'polaroid',
  'rounded corners 40px',
  'make it a circle',
  'for an instagram story',
  'for an instagram story without cropping',
  'passport photo',
  'make it a slack emoji',
  'trim 10% from all sides',
  'crop to 20x10 from 5,5',
  'remove the black bars',
  'crop to the subject',
  'rule of thirds',
  'meme: "one" / "two"',
  'add a tiled watermark "x"',
  'add a diagonal watermark "x"',
  'watermark it © Anna',
];

describe('framing, cropping and lettering', () => {
  it.each(REQUESTS)('never throws and never lies, whatever the picture: %s', async (request) => {
    for (const { kind, image } of await awkwardPictures()) {
      const { stopReason, rounds } = await develop(image, request);
      expect([kind, stopReason]).toEqual([
        kind,
        expect.stringMatching(/^(?:success|question|max-rounds)$/),
      ]);
      for (const { reflection } of rounds) {
        if (reflection?.verdict === 'success') expect(reflection.critique).not.toContain('missed.');
      }
    }
  });

  it('puts pictures of every kind together', async () => {
    const pictures = (await awkwardPictures()).map(({ image }) => image);
    const [first, ...others] = pictures;
    if (!first) throw new Error('There are pictures.');
    for (const request of ['put them side by side', 'stack them', 'make a collage']) {
      const { stopReason } = await develop(first, request, { references: others });
      expect(stopReason).toMatch(/^(?:success|question|max-rounds)$/);
    }
  });
});
