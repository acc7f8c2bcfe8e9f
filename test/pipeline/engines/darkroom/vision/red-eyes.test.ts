import { describe, expect, it } from 'vitest';

import { overlap } from '../../../../../src/pipeline/engines/darkroom/vision/overlap.ts';
import { findRedEyes } from '../../../../../src/pipeline/engines/darkroom/vision/red-eyes.ts';
import { drawCopy, drawMask, oddCopies } from '../../../../support/copies.ts';

const LEFT = [205, 130] as const;
const RIGHT = [275, 132] as const;

const eye = ([x, y]: readonly [number, number], pupil: string): string =>
  `<ellipse cx="${x}" cy="${y}" rx="17" ry="9" fill="#e9e4df"/><circle cx="${x}" cy="${y}" r="9" fill="#4a3a2c"/>
   <circle cx="${x}" cy="${y}" r="5.5" fill="${pupil}"/><circle cx="${x + 1.5}" cy="${y - 1.5}" r="1.2" fill="#fff"/>`;
const face = (skin: string, eyes: string): string =>
  `<rect width="480" height="320" fill="#6f7d88"/><ellipse cx="240" cy="160" rx="95" ry="125" fill="${skin}"/>
   <path d="M210 225 Q240 240 270 225 Q240 252 210 225 Z" fill="#b03a48"/>${eyes}`;
const disc = ([x, y]: readonly [number, number]): string =>
  `<circle cx="${x}" cy="${y}" r="5.5" fill="#fff"/>`;

describe('finding red eyes', () => {
  it.each([
    ['bright, in fair skin', '#e8b89a', '#d8303c'],
    ['dark, in fair skin', '#e8b89a', '#8a1820'],
    ['pale, in fair skin', '#e8b89a', '#ea6068'],
    ['bright, in brown skin', '#a06a48', '#d8303c'],
    ['bright, in dark skin', '#6b4630', '#d8303c'],
  ])('finds two pupils that are %s', async (_, skin, pupil) => {
    const copy = await drawCopy(face(skin, eye(LEFT, pupil) + eye(RIGHT, pupil)));
    const { mask, count } = findRedEyes(copy);
    expect(count).toBe(2);
    const truth = await drawMask(disc(LEFT) + disc(RIGHT));
    expect(overlap(mask.weights, truth)).toBeGreaterThan(0.6);
    // All of the red is covered, the glint with it.
    for (const [at, inside] of truth.entries()) {
      if (inside === 255) expect(mask.weights[at]).toBeGreaterThan(100);
    }
  });

  it('finds one alone', async () => {
    const copy = await drawCopy(face('#e8b89a', eye(LEFT, '#d8303c') + eye(RIGHT, '#101010')));
    const { mask, count } = findRedEyes(copy);
    expect(count).toBe(1);
    expect(overlap(mask.weights, await drawMask(disc(LEFT)))).toBeGreaterThan(0.6);
  });

  const meadow = '<rect width="480" height="320" fill="#56743a"/>';
  const poppies = Array.from(
    { length: 30 },
    (_, flower) =>
      `<circle cx="${20 + ((flower * 97) % 440)}" cy="${20 + ((flower * 61) % 280)}" r="${5 + (flower % 4)}" fill="#c8202c"/>`,
  ).join('');
  it.each([
    ['healthy eyes and red lips', face('#e8b89a', eye(LEFT, '#101010') + eye(RIGHT, '#101010'))],
    [
      'pimples',
      face(
        '#e8b89a',
        '<circle cx="200" cy="180" r="5" fill="#d8705f"/><circle cx="280" cy="182" r="5" fill="#d8705f"/>',
      ),
    ],
    [
      'a red ball on skin-coloured wood',
      '<rect width="480" height="320" fill="#c89a70"/><circle cx="240" cy="160" r="12" fill="#c8202c"/>',
    ],
    [
      'a large red ball',
      '<rect width="480" height="320" fill="#d8c8b8"/><circle cx="240" cy="160" r="80" fill="#c8202c"/>',
    ],
    ['poppies', meadow + poppies],
    [
      'a red car with red lamps',
      '<rect width="480" height="320" fill="#8a8f94"/><rect x="90" y="140" width="300" height="90" rx="20" fill="#b01824"/><circle cx="150" cy="235" r="26" fill="#202428"/><circle cx="330" cy="235" r="26" fill="#202428"/><circle cx="100" cy="170" r="7" fill="#ff3040"/><circle cx="380" cy="170" r="7" fill="#ff3040"/>',
    ],
    [
      'two red lamps by night',
      '<rect width="480" height="320" fill="#15181c"/><circle cx="180" cy="160" r="6" fill="#e02030"/><circle cx="280" cy="160" r="6" fill="#e02030"/>',
    ],
    ['brown eyes in warm light', face('#d99a68', eye(LEFT, '#5a3018') + eye(RIGHT, '#5a3018'))],
  ])('is not misled by %s', async (_, elements) => {
    const { mask, count } = findRedEyes(await drawCopy(elements));
    expect(count).toBe(0);
    expect(mask.weights.every((weight) => weight === 0)).toBe(true);
  });

  it.each(oddCopies())('takes a picture that is %s', (_, copy) => {
    const { mask } = findRedEyes(copy);
    expect([mask.width, mask.height, mask.weights.length]).toEqual([
      copy.width,
      copy.height,
      copy.width * copy.height,
    ]);
  });
});
