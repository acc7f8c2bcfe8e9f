import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { apngFrames, withIccProfile } from '../../src/image/png-chunks.ts';
import { fixture, grain, plain } from './pictures.ts';

describe('apngFrames', () => {
  it('counts the frames of an animation, and one of a still picture', async () => {
    expect(apngFrames(fixture('animated.png'))).toBe(4);
    expect(apngFrames(await grain().png().toBuffer())).toBe(1);
  });

  it('reads nothing past the end of a file', () => {
    const file = fixture('animated.png');
    for (let length = 0; length < file.length; length++) {
      expect(apngFrames(file.subarray(0, length))).toBeLessThanOrEqual(4);
    }
  });
});

describe('withIccProfile', () => {
  it('adds a profile that decoders see, and leaves the pixels alone', async () => {
    const wide = await plain('#dc285a').withIccProfile('p3').png().toBuffer();
    const { icc } = await sharp(wide).metadata();
    const png = await plain('#dc285a').png().toBuffer();
    const tagged = withIccProfile(png, icc ?? new Uint8Array());

    expect((await sharp(tagged).metadata()).icc).toEqual(icc);
    const untouched = await sharp(tagged, { ignoreIcc: true }).raw().toBuffer();
    expect([...untouched.subarray(0, 3)]).toEqual([0xdc, 0x28, 0x5a]);
  });
});
