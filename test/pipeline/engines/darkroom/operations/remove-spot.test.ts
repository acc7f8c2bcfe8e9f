import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { answer, develop, said } from '../../../../support/darkroom.ts';
import { encoded, makePhoto } from '../../../../support/photos.ts';

/** A soft slope of tones with things drawn over it, 480 × 320 px. */
async function drawn(things: string): Promise<EncodedImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><defs>
    <linearGradient id="slope" x2="1" y2="1"><stop stop-color="#7d94ad"/><stop offset="1" stop-color="#c7cbc4"/></linearGradient></defs>
    <rect width="480" height="320" fill="url(#slope)"/>${things}</svg>`;
  return encoded(sharp(Buffer.from(svg)).removeAlpha(), 'png');
}

const SPOTS = [
  [60, 50],
  [330, 90],
  [210, 240],
] as const;
const dust = SPOTS.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="5" fill="#333"/>`).join('');

/** The largest difference of any channel within a box from the same picture without the things. */
async function difference(image: EncodedImage, [left, top, width, height]: readonly number[]) {
  const box = { left: left ?? 0, top: top ?? 0, width: width ?? 1, height: height ?? 1 };
  const cut = (source: EncodedImage) =>
    sharp(source.bytes).removeAlpha().extract(box).raw().toBuffer();
  const [one, other] = [await cut(image), await cut(await drawn(''))];
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? 0))), 0);
}

async function heal(image: EncodedImage, request: string) {
  const round = answer(await develop(image, request));
  expect(round.reflection?.verdict).toBe('success');
  return round;
}

describe('removing spots', () => {
  it('fills dust with what is around it', async () => {
    const { image, instruction } = await heal(await drawn(dust), 'remove the dust spots');
    expect(instruction).toContain('Heal the spots in the picture');
    for (const [x, y] of SPOTS) {
      expect(await difference(image, [x - 9, y - 9, 18, 18])).toBeLessThan(14);
    }
  });

  it('keeps to the place that is named', async () => {
    const { image } = await heal(await drawn(dust), 'remove the spot in the top left corner');
    expect(await difference(image, [51, 41, 18, 18])).toBeLessThan(14);
    expect(await difference(image, [321, 81, 18, 18])).toBeGreaterThan(60);
  });

  it('erases a date stamp', async () => {
    const date =
      '<text x="330" y="300" font-family="monospace" font-size="20" fill="#ff8a10">24 07 1998</text>';
    const image = await drawn(date);
    for (const request of [
      'erase the date stamp in the bottom right',
      'get rid of the timestamp',
    ]) {
      const { image: healed } = await heal(image, request);
      expect(await difference(healed, [320, 280, 150, 30])).toBeLessThan(24);
    }
  });

  it('erases a date whose first half lies on something rough', async () => {
    const stones = Array.from(
      { length: 90 },
      (_, index) =>
        `<rect x="${300 + ((index * 37) % 72)}" y="${268 + ((index * 23) % 44)}" width="9" height="7" fill="hsl(40,12%,${20 + ((index * 31) % 45)}%)"/>`,
    ).join('');
    const date =
      '<text x="310" y="300" font-family="monospace" font-size="20" fill="#f0402c">2000 9 30</text>';
    const { image } = await heal(await drawn(stones + date), 'remove the date');
    const { data } = await sharp(image.bytes).raw().toBuffer({ resolveWithObject: true });
    const red = data.filter((value, at) => at % 3 === 0 && value - (data[at + 1] ?? 0) > 100);
    expect(red).toHaveLength(0);
  });

  it('heals a scratch', async () => {
    const image = await drawn('<path d="M60 40 L220 130" stroke="#fff" stroke-width="2"/>');
    const { image: healed } = await heal(image, 'heal the scratch');
    expect(await difference(healed, [50, 30, 180, 110])).toBeLessThan(20);
  });

  it('fills a box, whatever is in it, and nothing else', async () => {
    const image = await drawn('<rect x="110" y="205" width="30" height="40" fill="#a22"/>');
    const { image: healed } = await heal(image, 'remove the area 100,200 to 150,260');
    expect(await difference(healed, [104, 204, 42, 52])).toBeLessThan(14);
    expect(await difference(healed, [160, 0, 320, 320])).toBe(0);
  });

  it('asks for a place where it finds nothing, or too much', async () => {
    expect(said(await develop(await drawn(''), 'remove the spot'))).toMatch(/find nothing.*where/);
    expect(said(await develop(await drawn(dust), 'retouch the blemishes'))).toMatch(
      /Tell me where/,
    );
    const many = Array.from(
      { length: 20 },
      (_, at) =>
        `<circle cx="${40 + (at % 5) * 95}" cy="${40 + Math.floor(at / 5) * 75}" r="5" fill="#333"/>`,
    ).join('');
    expect(said(await develop(await drawn(many), 'remove the spot'))).toMatch(/could be meant/);
    const box = await develop(await drawn(''), 'remove the area 0,0 to 400,300');
    expect(said(box)).toContain('too large');
  });

  it('leaves large things to others', async () => {
    for (const request of ['remove the car', 'remove the person']) {
      expect((await develop(await makePhoto(), request)).thought?.kind).toBe('declined');
    }
  });

  it('keeps transparency, 16 bits and large pictures', async () => {
    const clear = await encoded(sharp((await drawn(dust)).bytes).ensureAlpha(0.5), 'png');
    const { image } = await heal(clear, 'remove the dust');
    expect((await sharp(image.bytes).metadata()).hasAlpha).toBe(true);
    const deep = await encoded(sharp((await drawn(dust)).bytes).toColourspace('rgb16'), 'png');
    await heal(deep, 'remove the dust');
    await heal(
      await encoded(sharp((await drawn(dust)).bytes).resize(2400), 'png'),
      'remove the dust',
    );
  });

  it('never fails on tiny and odd pictures', async () => {
    for (const [width, height] of [
      [1, 1],
      [2, 90],
      [90, 3],
    ] as const) {
      const create = { width, height, channels: 3, background: '#a0522d' } as const;
      const image = await encoded(sharp({ create }), 'png');
      for (const request of [
        'remove the spot',
        'erase the date stamp',
        'heal the scratches',
        'remove the logo',
        'remove the area 0,0 to 1,1',
      ]) {
        expect((await develop(image, request)).thought).toBeDefined();
      }
    }
  });
});
