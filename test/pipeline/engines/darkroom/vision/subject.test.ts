import { describe, expect, it } from 'vitest';

import { SURE, UNSURE } from '../../../../../src/pipeline/engines/darkroom/vision/found.ts';
import { overlap } from '../../../../../src/pipeline/engines/darkroom/vision/overlap.ts';
import { findSubject } from '../../../../../src/pipeline/engines/darkroom/vision/subject.ts';
import {
  drawCopy,
  drawMask,
  makeCopy,
  oddCopies,
  randomNumbers,
} from '../../../../support/copies.ts';

const PLAIN = '<rect width="480" height="320" fill="#7d8a96"/>';
const MEADOW = `<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#6b9bd0"/><stop offset="1" stop-color="#d5dde2"/></linearGradient></defs>
  <rect width="480" height="150" fill="url(#s)"/><rect y="150" width="480" height="170" fill="#6d8a45"/>`;
const BALL = '<circle cx="240" cy="170" r="90" fill="COLOUR"/>';
const BOTTLE =
  '<path d="M215 60 H265 V120 Q310 140 310 180 V290 H170 V180 Q170 140 215 120 Z" fill="COLOUR"/>';
const PAIR =
  '<circle cx="160" cy="180" r="60" fill="COLOUR"/><circle cx="320" cy="180" r="60" fill="COLOUR"/>';
const SITTER =
  '<circle cx="240" cy="110" r="65" fill="COLOUR"/><path d="M110 320 Q120 190 240 180 Q360 190 370 320 Z" fill="COLOUR"/>';

const paint = (shape: string, colour: string): string => shape.replaceAll('COLOUR', colour);

describe('finding the subject', () => {
  it.each([
    ['a red ball on grey', PLAIN, BALL, '#b8402e'],
    ['a dark ball on grey', PLAIN, BALL, '#1d2024'],
    ['a bottle on grey', PLAIN, BOTTLE, '#2f6b46'],
    ['two balls on grey', PLAIN, PAIR, '#d0a030'],
    ['a ball in a meadow', MEADOW, BALL, '#b8402e'],
    ['a bottle in a meadow', MEADOW, BOTTLE, '#5a2f6b'],
    ['a sitter who leaves the picture below', PLAIN, SITTER, '#c98f6f'],
  ])('finds %s, and is sure of it', async (_, background, shape, colour) => {
    const found = await findSubject(await drawCopy(background + paint(shape, colour)));
    const truth = await drawMask(paint(shape, '#fff'));
    expect(overlap(found.mask.weights, truth)).toBeGreaterThan(0.9);
    expect(found.confidence).toBeGreaterThanOrEqual(SURE);
  });

  it('finds a small one beside the middle', async () => {
    const small = '<ellipse cx="330" cy="120" rx="42" ry="30" fill="COLOUR"/>';
    const found = await findSubject(await drawCopy(PLAIN + paint(small, '#e0c040')));
    expect(overlap(found.mask.weights, await drawMask(paint(small, '#fff')))).toBeGreaterThan(0.85);
    expect(found.confidence).toBeGreaterThanOrEqual(UNSURE);
  });

  it('fills holes that belong to it, and drops specks that do not', async () => {
    const holes =
      '<circle cx="225" cy="160" r="7" fill="#7d8a96"/><circle cx="40" cy="40" r="5" fill="#b8402e"/>';
    const found = await findSubject(await drawCopy(PLAIN + paint(BALL, '#b8402e') + holes));
    const at = (x: number, y: number) => found.mask.weights[y * 480 + x];
    expect([at(225, 160), at(40, 40)]).toEqual([255, 0]);
  });

  it.each([
    ['flat', () => [120, 130, 140] as const],
    ['a gradient', (x: number) => [60 + x / 4, 90, 150 - x / 4] as const],
    [
      'bricks',
      (x: number, y: number) =>
        y % 24 < 3 || (x + (Math.floor(y / 24) % 2) * 30) % 60 < 3
          ? ([190, 185, 180] as const)
          : ([150, 70, 55] as const),
    ],
  ])('is not sure of a subject in a picture that is %s', async (_, colour) => {
    const random = randomNumbers();
    const copy = makeCopy(480, 320, (x, y) => {
      const [red, green, blue] = colour(x, y);
      return [red + random() * 10, green + random() * 10, blue + random() * 10];
    });
    expect((await findSubject(copy)).confidence).toBeLessThan(UNSURE);
  });

  it('finds none in pure noise', async () => {
    const random = randomNumbers(3);
    const value = () => 128 + 220 * random();
    const copy = makeCopy(480, 320, () => [value(), value(), value()]);
    expect((await findSubject(copy)).confidence).toBeLessThan(UNSURE);
  });

  it('is the same every time, and leaves the copy alone', async () => {
    const copy = await drawCopy(MEADOW + paint(BOTTLE, '#5a2f6b'), { grain: 30 });
    const before = copy.rgb.slice();
    const [one, other] = [await findSubject(copy), await findSubject(copy)];
    expect(Buffer.compare(other.mask.weights, one.mask.weights)).toBe(0);
    expect(other.confidence).toBe(one.confidence);
    expect(Buffer.compare(copy.rgb, before)).toBe(0);
  });

  it.each(oddCopies())('takes a picture that is %s', async (_, copy) => {
    const { mask, confidence } = await findSubject(copy);
    expect([mask.width, mask.height, mask.weights.length]).toEqual([
      copy.width,
      copy.height,
      copy.width * copy.height,
    ]);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThan(UNSURE);
  });
});
