import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { EncodedImage } from '../../src/image/types.ts';
import { hostEngine } from '../../src/pipeline/engine-host.ts';
import { findEngine } from '../../src/pipeline/engines.ts';
import { reasonEdit } from '../../src/pipeline/loop.ts';
import type { EditResult, Engine } from '../../src/pipeline/types.ts';
import { compare } from './measure.ts';
import { bigPhoto } from './photo.ts';

async function play(engine: Engine, source: EncodedImage, prompt: string): Promise<EditResult> {
  const turn = reasonEdit(
    engine,
    { prompt, source, latest: source, references: [], history: [], maxRounds: 1, seed: 1 },
    { signal: new AbortController().signal },
  );
  for (;;) {
    const next = await turn.next();
    if (next.done) return next.value;
  }
}

/** What anyone would write with sharp to measure, edit, keep losslessly and measure again. */
async function bare({ bytes }: EncodedImage, edit: (input: Sharp) => Sharp): Promise<void> {
  await sharp(bytes).autoOrient().resize(1024, 1024, { fit: 'inside' }).raw().toBuffer();
  const png = await edit(sharp(bytes).autoOrient()).png({ compressionLevel: 1 }).toBuffer();
  await sharp(png).resize(1024, 1024, { fit: 'inside' }).raw().toBuffer();
}

const VIGNETTE = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="4240" height="2828"><radialGradient id="v"><stop offset="0.5" stop-color="#fff"/><stop offset="1" stop-color="#777"/></radialGradient><rect width="100%" height="100%" fill="url(#v)"/></svg>',
);
const BORDER = { top: 120, bottom: 120, left: 120, right: 120 } as const;

const EDITS: readonly [request: string, edit: (input: Sharp) => Sharp][] = [
  ['make it brighter', (input) => input.gamma(1, 1.3)],
  ['more contrast', (input) => input.linear(1.2, -20)],
  // Three channels, as in the round's picture that later rounds may color.
  ['black and white', (input) => input.greyscale().toColourspace('srgb')],
  [
    'make it warmer',
    (input) =>
      input.recomb([
        [1.1, 0, 0],
        [0, 1, 0],
        [0, 0, 0.85],
      ]),
  ],
  ['more saturated', (input) => input.modulate({ saturation: 1.3 })],
  ['sharpen it', (input) => input.sharpen({ sigma: 3.9, m1: 0.7, m2: 1.4 })],
  ['blur it', (input) => input.blur(9.4)],
  ['rotate 90 degrees', (input) => input.rotate(90)],
  ['crop it square', (input) => input.extract({ left: 700, top: 0, width: 2828, height: 2828 })],
  ['resize to 1200 px wide', (input) => input.resize(1200)],
  [
    'sepia',
    (input) =>
      input.recomb([
        [0.39, 0.77, 0.19],
        [0.35, 0.69, 0.17],
        [0.27, 0.53, 0.13],
      ]),
  ],
  ['invert it', (input) => input.negate({ alpha: false })],
  ['tint it blue', (input) => input.tint('#4466cc')],
  ['more clarity', (input) => input.sharpen({ sigma: 10, m1: 0.5, m2: 0.5 })],
  ['add a vignette', (input) => input.composite([{ input: VIGNETTE, blend: 'multiply' }])],
  ['add a white border', (input) => input.extend({ ...BORDER, background: '#ffffff' })],
];

let engine: Engine;
let photo: EncodedImage;

beforeAll(async () => {
  photo = await bigPhoto();
  engine = await hostEngine(findEngine('darkroom'));
});
afterAll(() => engine[Symbol.asyncDispose]());

it('edits 12 megapixels through the warm engine, against the same work in bare sharp', async () => {
  console.log('\n12-megapixel JPEG, one round: think, edit, reflect, across processes, PNG out');
  console.log('request                        ours ms   bare ms   ratio');
  for (const [request, edit] of EDITS) {
    const { oursMs, bareMs, ratio } = await compare(
      // A new object each time: nothing that was measured before is known.
      async () => expect((await play(engine, { ...photo }, request)).rounds).toHaveLength(1),
      () => bare(photo, edit),
    );
    const row = [
      oursMs.toFixed(0).padStart(7),
      bareMs.toFixed(0).padStart(9),
      ratio.toFixed(2).padStart(7),
    ];
    console.log(`${request.padEnd(30)} ${row.join(' ')}`);
  }
});
