import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';

import { toMask } from '../../../../src/image/mask.ts';
import type { EncodedImage } from '../../../../src/image/types.ts';
import { WHOLE } from '../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { measureGoal } from '../../../../src/pipeline/engines/darkroom/measure/goal.ts';
import { readInstruction } from '../../../../src/pipeline/engines/darkroom/instruction.ts';
import { photoOf } from '../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import {
  statisticsOf,
  type Statistics,
} from '../../../../src/pipeline/engines/darkroom/measure/statistics.ts';
import type { EditResult } from '../../../../src/pipeline/types.ts';
import { answer, develop, said } from '../../../support/darkroom.ts';
import { leftHalf } from '../../../support/masks.ts';
import { encoded, makePhoto, type Conditions } from '../../../support/photos.ts';

const measured = async (image: EncodedImage): Promise<Statistics> =>
  statisticsOf(await photoOf({ ...image }));

const pixelsOf = (image: EncodedImage): Promise<Buffer> =>
  sharp(image.bytes).removeAlpha().toColourspace('srgb').raw().toBuffer();

describe('what each operation does, as measured on the finished file', () => {
  const changes: [
    request: string,
    conditions: Conditions,
    check: (before: Statistics, after: Statistics) => void,
  ][] = [
    [
      'make it brighter',
      { stops: -1.5 },
      (before, after) => {
        expect(after.medianLightness - before.medianLightness).toBeGreaterThan(6);
        expect(after.clippedHighlights).toBeLessThan(before.clippedHighlights + 0.6);
      },
    ],
    [
      'darken it a lot',
      { stops: 1 },
      (before, after) => {
        expect(before.medianLightness - after.medianLightness).toBeGreaterThan(10);
      },
    ],
    [
      'more contrast please',
      { contrast: 0.4 },
      (before, after) => {
        expect(after.lightnessSpread / before.lightnessSpread).toBeGreaterThan(1.15);
      },
    ],
    [
      'less contrast',
      {},
      (before, after) => {
        expect(after.lightnessSpread / before.lightnessSpread).toBeLessThan(0.85);
      },
    ],
    [
      'make it black & white',
      {},
      (before, after) => {
        expect(before.strongestChroma).toBeGreaterThan(20);
        expect(after.strongestChroma).toBeLessThan(1);
      },
    ],
    [
      'lift the shadows',
      { contrast: 1.2 },
      (before, after) => {
        expect(after.darkTones - before.darkTones).toBeGreaterThan(4);
        expect(Math.abs(after.lightTones - before.lightTones)).toBeLessThan(3);
      },
    ],
    [
      'tame the highlights',
      {},
      (before, after) => {
        expect(before.lightTones - after.lightTones).toBeGreaterThan(4);
        expect(Math.abs(after.darkTones - before.darkTones)).toBeLessThan(3);
      },
    ],
    [
      'sepia please',
      {},
      (_before, after) => {
        expect(after.warmth).toBeGreaterThan(10);
        expect(after.cast.b).toBeGreaterThan(Math.abs(after.cast.a));
      },
    ],
    [
      'invert the colors',
      {},
      (before, after) => {
        expect(after.medianLightness).not.toBeCloseTo(before.medianLightness, 0);
        expect(after.warmth * before.warmth).toBeLessThan(0);
      },
    ],
    ['warmer', {}, (before, after) => expect(after.warmth - before.warmth).toBeGreaterThan(5)],
    [
      'a bit cooler',
      {},
      (before, after) => expect(before.warmth - after.warmth).toBeGreaterThan(1.5),
    ],
    [
      'more vivid colors',
      { saturation: 0.6 },
      (before, after) => {
        expect(after.meanChroma / before.meanChroma).toBeGreaterThan(1.15);
      },
    ],
    [
      'remove the color cast',
      { tint: [1.5, 1, 0.6] },
      (before, after) => {
        const strength = ({ cast }: Statistics) => Math.hypot(cast.a, cast.b);
        expect(strength(before)).toBeGreaterThan(12);
        expect(strength(after)).toBeLessThan(strength(before) * 0.35);
        expect(after.meanChroma).toBeGreaterThan(5);
      },
    ],
    [
      'sharpen it',
      {},
      (before, after) => {
        expect(after.edgeStrength / before.edgeStrength).toBeGreaterThan(1.1);
      },
    ],
    [
      'blur it',
      {},
      (before, after) => {
        expect(after.edgeStrength / before.edgeStrength).toBeLessThan(0.67);
      },
    ],
  ];
  it.each(changes)('%s', async (request, conditions, check) => {
    const photo = await makePhoto(conditions);
    const result = await develop(photo, request);
    expect(result.stopReason).toBe('success');
    const { image } = answer(result);
    expect([image.width, image.height]).toEqual([photo.width, photo.height]);
    check(await measured(photo), await measured(image));
  });
});

describe('moved pixels', () => {
  const photo = makePhoto({ width: 120, height: 80 });

  it.each([
    ['rotate it 90 degrees', (input: Sharp) => input.rotate(90)],
    ['turn it upside down', (input: Sharp) => input.rotate(180)],
    ['mirror it', (input: Sharp) => input.flop()],
    ['flip it vertically', (input: Sharp) => input.flip()],
    [
      'cut 20 px from the left',
      (input: Sharp) => input.extract({ left: 20, top: 0, width: 100, height: 80 }),
    ],
    [
      'crop it square keeping the right',
      (input: Sharp) => input.extract({ left: 40, top: 0, width: 80, height: 80 }),
    ],
  ])('%s: to the pixel', async (request, move) => {
    const source = await photo;
    const { image } = answer(await develop(source, request));
    const expected = await encoded(move(sharp(source.bytes)), 'png');
    expect([image.width, image.height]).toEqual([expected.width, expected.height]);
    expect((await pixelsOf(image)).equals(await pixelsOf(expected))).toBe(true);
  });

  it.each([
    ['crop to 16:9', 16 / 9],
    ['make it square', 1],
    ['crop it to 4:5', 0.8],
  ])('%s', async (request, ratio) => {
    const { image } = answer(await develop(await makePhoto(), request));
    expect(image.width / image.height).toBeCloseTo(ratio, 2);
  });

  it.each([
    ['resize to 240 px wide', 240, 160],
    ['half the size', 240, 160],
    ['resize it to 300x300', 300, 300],
    ['crop it square and resize to 100 px', 100, 100],
  ])('%s', async (request, width, height) => {
    const { image } = answer(await develop(await makePhoto(), request));
    expect([image.width, image.height]).toEqual([width, height]);
  });

  it('keeps the picture’s shape when it is turned a little, with no empty corner', async () => {
    const source = await encoded(
      sharp({ create: { width: 300, height: 200, channels: 3, background: '#204060' } }),
      'png',
    );
    const { image } = answer(await develop(source, 'rotate it 8 degrees'));
    expect(image.width / image.height).toBeCloseTo(1.5, 1);
    const { channels } = await sharp(image.bytes).stats();
    expect(channels[0]?.max).toBeLessThan(60);
  });

  it('looks for what catches the eye before it crops', async () => {
    const spot = await sharp({
      create: { width: 60, height: 60, channels: 3, background: '#f02020' },
    })
      .png()
      .toBuffer();
    const source = await encoded(
      sharp({ create: { width: 400, height: 100, channels: 3, background: '#909090' } }).composite([
        { input: spot, left: 320, top: 20 },
      ]),
      'png',
    );
    const { image } = answer(await develop(source, 'crop it square'));
    const { channels } = await sharp(image.bytes).stats();
    expect((channels[0]?.mean ?? 0) - (channels[1]?.mean ?? 0)).toBeGreaterThan(60);
  });
});

describe('the file', () => {
  it('applies the EXIF orientation', async () => {
    const upright = await makePhoto({ width: 90, height: 60 });
    const bytes = await sharp(upright.bytes)
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const { image } = answer(
      await develop({ bytes, format: 'png', width: 90, height: 60 }, 'mirror it'),
    );
    const mirrored = await encoded(sharp(upright.bytes).flop(), 'png');
    expect((await pixelsOf(image)).equals(await pixelsOf(mirrored))).toBe(true);
  });

  it('keeps 16 bits', async () => {
    const photo = await makePhoto();
    const deep = await sharp(photo.bytes).toColourspace('rgb16').png().toBuffer();
    for (const request of [
      'brighter',
      'more vivid',
      'blur it',
      'write "hi"',
      'rotate it 5 degrees',
    ]) {
      const { image } = answer(await develop({ ...photo, bytes: deep }, request));
      expect((await sharp(image.bytes).metadata()).depth).toBe('ushort');
      const before = await measured(photo);
      const after = await measured(image);
      expect(Math.abs(after.medianLightness - before.medianLightness)).toBeLessThan(20);
    }
  });

  it('reads a color profile at 8 bits and at 16', async () => {
    const patch = sharp({ create: { width: 40, height: 40, channels: 3, background: '#dc285a' } });
    const wide = await patch.withIccProfile('p3').png().toBuffer();
    const deep = await sharp(wide).keepIccProfile().toColourspace('rgb16').png().toBuffer();
    for (const bytes of [wide, deep]) {
      const { image } = answer(
        await develop({ bytes, format: 'png', width: 40, height: 40 }, 'mirror it'),
      );
      const pixels = await pixelsOf(image);
      for (const [channel, value] of [220, 40, 90].entries()) {
        expect(Math.abs((pixels[channel] ?? 0) - value)).toBeLessThan(4);
      }
    }
  });

  it('keeps transparency', async () => {
    const photo = await makePhoto();
    const hole = await sharp({
      create: { width: 480, height: 160, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 1 } },
    })
      .png()
      .toBuffer();
    const bytes = await sharp(photo.bytes)
      .ensureAlpha()
      .composite([{ input: hole, blend: 'dest-out', top: 0, left: 0 }])
      .png()
      .toBuffer();
    const { image } = answer(await develop({ ...photo, bytes }, 'make it darker and sharper'));
    const alpha = await sharp(image.bytes).extractChannel('alpha').raw().toBuffer();
    expect(alpha[0]).toBe(0);
    expect(alpha.at(-1)).toBe(255);
  });

  it('takes pictures without colour, and of one pixel', async () => {
    const grey = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#555' } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    const result = await develop({ bytes: grey, format: 'png', width: 64, height: 64 }, 'brighter');
    expect(result.stopReason).toBe('success');

    const dot = await encoded(
      sharp({ create: { width: 1, height: 1, channels: 3, background: '#446688' } }),
      'png',
    );
    for (const request of [
      'brighter',
      'crop it square',
      'rotate 90 degrees',
      'sharpen',
      'write "x"',
      'rotate 10 degrees',
      'enhance',
      'crop tighter',
    ]) {
      const tiny = await develop(dot, request);
      expect(['success', 'question', 'max-rounds']).toContain(tiny.stopReason);
    }
  });
});

describe('a region', () => {
  it('is changed and the rest left alone', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'darken the top half a lot'));
    const [before, after] = await Promise.all([pixelsOf(photo), pixelsOf(image)]);
    const rowBytes = 480 * 3;
    expect(after.subarray(rowBytes * 220).equals(before.subarray(rowBytes * 220))).toBe(true);
    expect(after.subarray(0, rowBytes * 100).equals(before.subarray(0, rowBytes * 100))).toBe(
      false,
    );
  });
});

describe('captions', () => {
  const busy = async (): Promise<EncodedImage> => {
    const data = Buffer.alloc(480 * 320 * 3);
    for (let pixel = 0; pixel < 480 * 320; pixel += 1) {
      const square = (Math.floor((pixel % 480) / 12) + Math.floor(pixel / 480 / 12)) % 2;
      data.fill(square * 255, pixel * 3, pixel * 3 + 3);
    }
    return encoded(sharp(data, { raw: { width: 480, height: 320, channels: 3 } }), 'png');
  };

  it('are plain where that can be read, in whichever of black and white stands out', async () => {
    for (const [background, color] of [
      ['#102030', 'white'],
      ['#f0e8d8', 'black'],
    ] as const) {
      const source = await encoded(
        sharp({ create: { width: 480, height: 320, channels: 3, background } }),
        'png',
      );
      const result = await develop(source, 'add the caption "Good morning"');
      expect(result.rounds).toHaveLength(1);
      expect(result.rounds[0]?.instruction).toContain(`plain ${color} letters`);
      expect(result.stopReason).toBe('success');
    }
  });

  it('get an outline in a second round where the first can’t be read', async () => {
    const result = await develop(await busy(), 'write "Good morning" at the top');
    const [first, second] = result.rounds;
    expect(first?.reflection).toMatchObject({ verdict: 'revert' });
    expect(second?.instruction).toContain('outlined');
    const scores = result.rounds.map(({ reflection }) => reflection?.scores.editSuccess ?? 0);
    expect(scores.at(-1)).toBeGreaterThan(scores[0] ?? 0);
    expect(result.stopReason).toBe('success');
  });

  it('leave every pixel outside their box as it was', async () => {
    const photo = await makePhoto();
    const { image } = answer(await develop(photo, 'write "Lake" at the bottom'));
    const [before, after] = await Promise.all([pixelsOf(photo), pixelsOf(image)]);
    expect(after.subarray(0, 480 * 3 * 230).equals(before.subarray(0, 480 * 3 * 230))).toBe(true);
    expect(after.equals(before)).toBe(false);
  });

  it('are not written where they could not be read', async () => {
    const { thought } = await develop(
      await makePhoto({ width: 60, height: 40 }),
      'write "Good morning to everybody in this valley" at the top',
    );
    expect(thought).toMatchObject({ kind: 'question' });
    expect(thought?.kind === 'question' && thought.text).toContain('too small');
  });

  it('are text and never markup', async () => {
    const photo = await makePhoto();
    for (const text of ['<b>bold</b> & <span', '"quoted"', '🙂', 'a'.repeat(300)]) {
      const result = await develop(photo, `write “${text}” at the top`);
      expect(result.rounds.length).toBeGreaterThan(0);
    }
  });
});

/** How far the goal of the first step is missed after a round. */
async function miss(result: EditResult, round: number, source: EncodedImage): Promise<number> {
  const made = result.rounds[round - 1];
  const step = readInstruction(result.rounds[0]?.instruction ?? '')?.steps[0];
  const [goal] = step?.goals ?? [];
  if (!made || !step || !goal) throw new Error(`There is no goal to measure in round ${round}.`);
  const { value } = await measureGoal(goal, {
    base: await photoOf(source),
    edited: await photoOf({ ...made.image }),
    area: WHOLE,
    params: step.params,
    file: made.image,
  });
  return 'at' in goal
    ? Math.abs(value - goal.at)
    : 'atMost' in goal
      ? value - goal.atMost
      : goal.atLeast - value;
}

describe('the loop', () => {
  const needsASecondRound: [request: string, conditions: Conditions][] = [
    ['a lot brighter', { stops: -1, tint: [0.15, 0.3, 2.5], saturation: 2 }],
    ['more contrast', {}],
    ['much warmer', { tint: [0.5, 0.8, 2] }],
    ['remove the color cast', { tint: [2.6, 1, 0.35] }],
  ];
  it.each(needsASecondRound)(
    '%s: comes nearer to its goal in the second round',
    async (request, conditions) => {
      const photo = await makePhoto(conditions);
      const result = await develop(photo, request);
      expect(result.rounds.length).toBeGreaterThan(1);
      expect(result.rounds[0]?.reflection?.verdict).toBe('revert');
      expect(await miss(result, 2, photo)).toBeLessThan(await miss(result, 1, photo));
    },
  );

  it('never edits a result again: every round starts from the picture itself', async () => {
    const photo = await makePhoto();
    const { rounds } = await develop(photo, 'more contrast');
    expect(rounds.length).toBeGreaterThan(1);
    expect(rounds.every(({ reflection }) => reflection?.verdict !== 'refine')).toBe(true);
  });

  it('meets all goals of several wishes at once', async () => {
    const photo = await makePhoto({ stops: -1.4, contrast: 0.7 });
    const result = await develop(photo, 'brighter, warmer, more vivid and a bit sharper');
    expect(result.stopReason).toBe('success');
    expect(
      readInstruction(answer(result).instruction)?.steps.map(({ operation }) => operation),
    ).toEqual(['exposure', 'warmth', 'saturation', 'sharpen']);
  });

  it('meets its goals on narrow pictures and on noise as well', async () => {
    for (const [width, height] of [
      [33, 1000],
      [1600, 40],
    ] as const) {
      const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
      const background = '#44aa77';
      const source = await encoded(
        sharp({ create: { width, height, channels: 3, background, noise } }),
        'png',
      );
      for (const request of ['more contrast', 'brighter', 'warmer']) {
        expect((await develop(source, request)).stopReason).toBe('success');
      }
    }
  });

  it('never calls a success what has an unmet goal', async () => {
    const conditions: Conditions[] = [
      {},
      { stops: -3 },
      { stops: 2.5 },
      { contrast: 0.1 },
      { saturation: 0 },
    ];
    for (const each of conditions) {
      const photo = await makePhoto(each);
      for (const request of ['brighter', 'more contrast and warmer', 'enhance it', 'b&w']) {
        const { rounds } = await develop(photo, request);
        for (const { reflection } of rounds) {
          expect(reflection?.critique).toMatch(/(met|missed)\./);
          if (reflection?.verdict === 'success')
            expect(reflection.critique).not.toContain('missed.');
        }
      }
    }
  });
});

describe('what it says', () => {
  it('tells what it saw, why, and what it leaves', async () => {
    const { thought } = await develop(
      await makePhoto({ stops: -2 }),
      'make it brighter, add a dog and frobnicate it',
    );
    if (thought?.kind !== 'plan') throw new Error('It had a plan to make.');
    expect(thought.reasoning).toContain('480 × 320 px');
    expect(thought.reasoning).toMatch(/dark/);
    expect(thought.reasoning).toContain('“add a dog”');
    expect(thought.reasoning).toContain('diffusion');
    expect(thought.reasoning).toContain('“frobnicate it”');
  });

  it.each(['add a dog', 'remove the car', 'give him a hat'])(
    'declines before any edit: %s',
    async (request) => {
      const { thought, rounds } = await develop(await makePhoto(), request);
      expect(thought).toMatchObject({ kind: 'declined', code: 'NOT_SUPPORTED' });
      expect(rounds).toEqual([]);
    },
  );

  it.each(['frobnicate', 'nice!', 'what can you do?'])('asks back: %s', async (request) => {
    const { thought } = await develop(await makePhoto(), request);
    expect(thought).toMatchObject({ kind: 'question' });
    expect(thought?.kind === 'question' && thought.text).toContain('I can ');
  });

  it('says so where there is nothing to do', async () => {
    const grey = await makePhoto({ saturation: 0 });
    const { thought } = await develop(
      await encoded(sharp(grey.bytes).greyscale(), 'png'),
      'more saturation',
    );
    expect(thought).toMatchObject({ kind: 'question' });
    expect(thought?.kind === 'question' && thought.text).toContain('no color');
  });
});

describe('within a mask', () => {
  const markedHalf = async ({ width, height }: EncodedImage) =>
    toMask(await leftHalf(width, height), new AbortController());

  it('plans for what is marked, and judges that alone', async () => {
    const dark = await makePhoto({ stops: -2 });
    const result = await develop(dark, 'make it black and white', { mask: await markedHalf(dark) });
    expect(said(result)).toContain('I change what is marked, and nothing else.');
    const { image, kept } = answer(result);
    expect(result.stopReason).toBe('success');
    expect(result.rounds).toHaveLength(1);
    expect(kept?.outsideMask).toBeCloseTo(0.5, 1);
    const [before, after] = await Promise.all([pixelsOf(dark), pixelsOf(image)]);
    const chroma = (pixels: Buffer, column: number) =>
      Array.from({ length: dark.height }, (_, row) => {
        const at = (row * dark.width + column) * 3;
        const values = [...pixels.subarray(at, at + 3)];
        return Math.max(...values) - Math.min(...values);
      });
    expect(Math.max(...chroma(after, 20))).toBeLessThanOrEqual(2);
    expect(Math.max(...chroma(before, 20))).toBeGreaterThan(10);
    const right = dark.width - 20;
    expect(chroma(after, right)).toEqual(chroma(before, right));
  });

  it.each(['crop it to 1:3', 'rotate it by 90 degrees', 'save it as a WebP under 20 KB'])(
    'asks back for what concerns the whole picture: %s',
    async (prompt) => {
      const photo = await makePhoto();
      const result = await develop(photo, prompt, { mask: await markedHalf(photo) });
      expect(result).toMatchObject({ stopReason: 'question', rounds: [] });
      expect(said(result)).toContain('can’t be limited to what is marked');
    },
  );

  it('goes on from the picture as it is, and never again from the one before', async () => {
    const photo = await makePhoto();
    const mask = await markedHalf(photo);
    const first = await develop(photo, 'make it darker', { mask });
    const { instruction, image } = answer(first);
    const history = [
      { prompt: 'make it darker', instruction, base: 'latest' as const, hasMask: true },
    ];
    const second = await develop(photo, 'a bit more contrast', { latest: image, history });
    expect(second.thought).toMatchObject({ kind: 'plan', base: 'latest' });
    const third = await develop(photo, 'less', { latest: image, history });
    expect(third.thought?.kind).toBe('question');
  });
});
