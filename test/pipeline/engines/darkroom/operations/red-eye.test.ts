import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { encoded } from '../../../../support/photos.ts';

const picture = (things: string): Promise<EncodedImage> =>
  encoded(
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#4a5d55"/>${things}</svg>`,
      ),
    ).removeAlpha(),
    'png',
  );

const eye = (x: number, pupil: string): string =>
  `<ellipse cx="${x}" cy="140" rx="18" ry="10" fill="#e8e4de"/><circle cx="${x}" cy="140" r="9" fill="#4d3a2c"/>
   <circle cx="${x}" cy="140" r="6" fill="${pupil}"/><circle cx="${x + 2}" cy="138" r="1.5" fill="#fff"/>`;
const face = (pupil: string): string =>
  `<ellipse cx="240" cy="160" rx="100" ry="130" fill="#d3a184"/>${eye(200, pupil)}${eye(280, pupil)}
   <ellipse cx="240" cy="230" rx="30" ry="9" fill="#b0504c"/>`;

async function pixel({ bytes }: EncodedImage, left: number, top: number): Promise<number[]> {
  const one = sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 });
  return [...(await one.raw().toBuffer())];
}

describe('fixing red eyes', () => {
  it('makes red pupils dark and gray, and leaves lips, glints and skin as they are', async () => {
    const source = await picture(face('#d02a20'));
    const round = answer(await develop(source, 'fix the red eyes'));
    expect(round.reflection?.verdict).toBe('success');
    for (const x of [197, 277]) {
      const [red = 0, green = 0, blue = 0] = await pixel(round.image, x, 142);
      expect(red - (green + blue) / 2).toBeLessThan(15);
      expect(red).toBeLessThan(80);
    }
    for (const [x, y] of [
      [240, 230],
      [202, 138],
      [240, 100],
    ] as const) {
      expect(await pixel(round.image, x, y)).toEqual(await pixel(source, x, y));
    }
  });

  it('keeps to the half that is named', async () => {
    const source = await picture(face('#d02a20'));
    const { image } = answer(await develop(source, 'fix the red eyes on the left'));
    expect((await pixel(image, 197, 142))[0]).toBeLessThan(80);
    expect((await pixel(image, 277, 142))[0]).toBeGreaterThan(180);
  });

  it('says so where no eyes are red', async () => {
    const things = [
      face('#241a14'),
      '<circle cx="240" cy="160" r="14" fill="#d02a20"/>',
      '<rect x="120" y="140" width="200" height="60" rx="20" fill="#c8201c"/><circle cx="160" cy="200" r="20" fill="#222"/>',
      Array.from(
        { length: 8 },
        (_, at) =>
          `<circle cx="${50 + at * 50}" cy="${100 + (at % 3) * 50}" r="9" fill="#d8232a"/>`,
      ).join(''),
      '<ellipse cx="240" cy="160" rx="100" ry="130" fill="#d3a184"/><circle cx="240" cy="160" r="7" fill="#c8322c"/>',
    ];
    for (const thing of things) {
      expect(said(await develop(await picture(thing), 'remove red eye'))).toContain(
        'find no red pupils',
      );
    }
  });

  it('works on 16 bits, transparency and large pictures', async () => {
    const { bytes } = await picture(face('#d02a20'));
    for (const pipeline of [
      sharp(bytes).toColourspace('rgb16'),
      sharp(bytes).ensureAlpha(0.5),
      sharp(bytes).resize(2400),
    ]) {
      const round = answer(await develop(await encoded(pipeline, 'png'), 'my eyes are red'));
      expect(round.reflection?.verdict).toBe('success');
    }
  });

  it('never fails on tiny and odd pictures', async () => {
    for (const [width, height] of [
      [1, 1],
      [2, 90],
      [90, 3],
    ] as const) {
      const create = { width, height, channels: 3, background: '#d02a20' } as const;
      const { thought } = await develop(await encoded(sharp({ create }), 'png'), 'fix red eyes');
      expect(thought).toBeDefined();
    }
  });
});
