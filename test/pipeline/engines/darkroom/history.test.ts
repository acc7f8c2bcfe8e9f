import { describe, expect, it } from 'vitest';

import { intentOf } from '../../../../src/pipeline/engines/darkroom/history.ts';
import type { EarlierTurn } from '../../../../src/pipeline/types.ts';
import { answer, develop } from '../../../support/darkroom.ts';
import { makePhoto } from '../../../support/photos.ts';

const WARM = 'Warm the picture by 40 mireds, so that the mean b* is 12.0 ± 1.0.';
const DARK = 'Darken the picture by 0.60 stops, so that the median lightness is 42.0 ± 2.0.';

const turn = (prompt: string, instruction: string): EarlierTurn => ({
  prompt,
  instruction,
  base: 'latest',
});

const history = [turn('make it warmer', WARM), turn('darker please', DARK)];

describe('an answer to a question', () => {
  const exchange = (prompt: string) => [{ prompt, question: 'What shall it be?' }];

  it('says what was missing of the request before', async () => {
    const image = await makePhoto();
    const result = await develop(image, 'to a square', { exchanges: exchange('crop it') });
    expect(result.thought).toMatchObject({ kind: 'plan' });
    expect(answer(result).image.width).toBe(answer(result).image.height);
    const text = await develop(image, '"Hello"', { exchanges: exchange('add text at the top') });
    expect(text.thought).toMatchObject({ kind: 'plan' });
    expect((await develop(image, '"Hello"')).thought).toMatchObject({ kind: 'question' });
  });

  it('may say all by itself', async () => {
    const image = await makePhoto();
    const alone = await develop(image, 'warmer');
    const answered = await develop(image, 'warmer', { exchanges: exchange('zap the gizmo') });
    expect(answered.thought).toEqual(alone.thought);
  });
});

describe('a request that stands by itself', () => {
  it.each([
    'crop it square',
    'more contrast',
    'less saturation',
    'remove the cast',
    'brighter',
    'again, but brighter and warmer',
  ])('edits the latest picture: %s', (prompt) => {
    expect(intentOf(prompt, history)).toMatchObject({ base: 'latest', earlier: [] });
  });

  it('is read as it stands where nothing came before', () => {
    for (const prompt of ['a bit less', 'again', 'more', 'without the crop']) {
      expect(intentOf(prompt, [])).toEqual({
        asked: { prompt, scale: 1, scales: {}, without: [] },
        base: 'latest',
        earlier: [],
      });
    }
  });
});

describe('a request that leans on the last turn', () => {
  const scales: [prompt: string, least: number, most: number][] = [
    ['a bit less', 0.6, 0.9],
    ['less', 0.4, 0.8],
    ["that's too much", 0.3, 0.7],
    ['way too strong!', 0.2, 0.5],
    ['tone it down a bit', 0.4, 0.8],
    ['not so strong please', 0.3, 0.7],
    ['half of that', 0.5, 0.5],
    ['nice, but a little less', 0.6, 0.9],
    ['more of that', 1.2, 2],
    ['a bit more', 1.1, 1.5],
    ['even more!', 1.2, 2],
    ['much more', 1.8, 2.5],
    ['not enough', 1.2, 2],
    ['twice as strong', 2, 2],
  ];
  it.each(scales)('makes it again with another strength: %s', (prompt, least, most) => {
    const { asked, base, earlier } = intentOf(prompt, history);
    expect(base).toBe('source');
    expect(asked.prompt).toBe('darker please');
    expect(asked.scale).toBeGreaterThanOrEqual(least);
    expect(asked.scale).toBeLessThanOrEqual(most);
    // What came before the last turn is done again as it was, and no longer measured.
    expect(earlier).toMatchObject([[{ operation: 'warmth', params: { mireds: 40 }, goals: [] }]]);
  });

  it('adds up over several turns', () => {
    const redone = intentOf('a bit less', [
      ...history,
      { prompt: 'a bit less', instruction: `${WARM}\nThen:\n${DARK}`, base: 'source' },
    ]);
    expect(redone.asked.prompt).toBe('darker please');
    expect(redone.asked.scale).toBeLessThan(0.6);
    expect(redone.earlier).toHaveLength(1);
  });

  it('does it once more on its own result', () => {
    for (const prompt of ['again', 'do that again please', 'once more', 'same again']) {
      expect(intentOf(prompt, history)).toMatchObject({
        base: 'latest',
        asked: { prompt: 'darker please', scale: 1 },
      });
    }
  });

  it('takes “same but” for what is still wanted', () => {
    expect(intentOf('same but brighter', history).asked.prompt).toBe('brighter');
    expect(intentOf('the same thing but with a border', history).asked.prompt).toBe(
      'with a border',
    );
  });

  it('changes or leaves out one part', () => {
    const both = [turn('sepia and a vignette', `${WARM.replace('40', '20')}\n${DARK}`)];
    expect(intentOf('less darkness', both).asked.scales).toEqual({ exposure: 0.55 });
    expect(intentOf('without the warmth', both).asked.without).toEqual(['warmth']);
  });

  it('starts again from the original', () => {
    for (const [prompt, rest] of [
      ['start over and make it Sepia', 'make it Sepia'],
      ['go back to the original, crop it', 'crop it'],
      ['from the original: write "Hi"', 'write "Hi"'],
      ['make it sepia from the original', 'make it sepia'],
    ] as const) {
      expect(intentOf(prompt, history)).toMatchObject({
        base: 'source',
        earlier: [],
        asked: { prompt: rest },
      });
    }
  });

  it('is read as it stands after what another engine did', () => {
    const other = [turn('make it warmer', 'Give the picture a warm evening light')];
    expect(intentOf('a bit less', other)).toMatchObject({ base: 'latest', earlier: [] });
  });
});

describe('a turn after turns', () => {
  it('changes what the last turn did and keeps what came before it', async () => {
    const source = await makePhoto();
    const first = answer(await develop(source, 'crop it square'));
    const second = answer(await develop(first.image, 'much brighter'));
    const gentler = await develop(source, 'a bit less', {
      latest: second.image,
      history: [
        turn('crop it square', first.instruction),
        turn('much brighter', second.instruction),
      ],
    });
    expect(gentler.stopReason).toBe('success');
    expect(gentler.thought).toMatchObject({ kind: 'plan', base: 'source' });
    const { image, instruction } = answer(gentler);
    expect([image.width, image.height]).toEqual([first.image.width, first.image.height]);
    const stops = (words: string) => Number(/by (-?[\d.]+) stops/.exec(words)?.[1]);
    expect(stops(instruction)).toBeLessThan(stops(second.instruction));
    expect(stops(instruction)).toBeGreaterThan(0.1);
  });
});
