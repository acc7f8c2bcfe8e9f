import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';
import type { EncodedImage } from '../../src/image/types.ts';
import { openContentCheck } from '../../src/safety/index.ts';
import { openModerationServer } from '../support/moderation-server.ts';

const CALL = { signal: new AbortController().signal };

const check = (variables: Readonly<Record<string, string>>) =>
  openContentCheck(parseSettings(variables));

async function plain(background: string): Promise<EncodedImage> {
  const size = { width: 40, height: 30 };
  const bytes = await sharp({ create: { ...size, channels: 3, background } })
    .png()
    .toBuffer();
  return { bytes, format: 'png', ...size };
}

describe('a content check', () => {
  it('is none where nothing is configured', () => {
    expect(check({})).toBeUndefined();
    expect(check({ MODERATION_MODEL: 'another' })).toBeUndefined();
  });

  it('of words alone looks at no picture', async () => {
    const words = check({ REFUSED_WORDS: 'blood, no clothes' });
    expect(await words?.allowsText('more blood', CALL)).toBe(false);
    expect(await words?.allowsText('more blooming flowers', CALL)).toBe(true);
    expect(words).not.toHaveProperty('allowsImage');
  });

  it('asks the server about what holds no refused word', async () => {
    const { url, asked } = await openModerationServer({ flags: (matter) => matter === 'harm' });
    const both = check({ MODERATION_URL: url, REFUSED_WORDS: 'blood' });
    expect(await both?.allowsText('blood', CALL)).toBe(false);
    expect(await both?.allowsText('harm', CALL)).toBe(false);
    expect(await both?.allowsText('brighter', CALL)).toBe(true);
    expect(await both?.allowsText(' \n', CALL)).toBe(true);
    expect(asked).toEqual(['harm', 'brighter']);
  });

  it('shows the server what there is to see', async () => {
    const { url, asked } = await openModerationServer({
      flags: async (matter) => {
        if (typeof matter === 'string') return false;
        const { dominant } = await sharp(matter).stats();
        return dominant.r > dominant.g;
      },
    });
    const both = check({ MODERATION_URL: url });
    expect(await both?.allowsImage?.(await plain('#c02020'), CALL)).toBe(false);
    expect(await both?.allowsImage?.(await plain('#20c020'), CALL)).toBe(true);
    expect(asked).toHaveLength(2);
  });
});
