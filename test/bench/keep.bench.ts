import { monitorEventLoopDelay } from 'node:perf_hooks';

import sharp from 'sharp';
import { expect, it } from 'vitest';

import type { EncodedImage } from '../../src/image/types.ts';
import { keep } from '../../src/pipeline/keep/keep.ts';
import { drift, paintDisc } from '../support/fake-openai/painters.ts';
import { compare } from './measure.ts';
import { bigPhoto } from './photo.ts';

const ALL = { size: true, place: true, pixels: true };
const CALL = { signal: new AbortController().signal };
const DISC = { x: 0.3, y: 0.6, radius: 0.15, colour: '#d01010' };
/** What editors paint at. */
const PAINTED = { width: 1_248, height: 832 };

it('keeps what an edit was not about, against laying it on with bare sharp', async () => {
  const photo = await bigPhoto();
  console.log('\nA disc was added, all else moved by 5 and 3 px and zoomed by 1 %; PNG out');
  console.log('source   painted     ours ms   bare ms   ratio   longest block, ms');
  for (const megapixels of [1, 4, 12]) {
    const source = await scaled(photo, megapixels);
    const painted = await paint(source);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const { oursMs, bareMs, ratio } = await compare(
      async () => {
        const { kept } = await keep({ ...source }, { ...painted }, undefined, ALL, CALL);
        expect(kept.moved).toBeDefined();
        expect(kept.restored).toBeGreaterThan(0.5);
      },
      () => bare(source, painted),
      5,
    );
    delay.disable();
    const row = [
      `${megapixels} MP`.padEnd(8),
      `${painted.width} × ${painted.height}`.padEnd(11),
      oursMs.toFixed(0).padStart(7),
      bareMs.toFixed(0).padStart(9),
      ratio.toFixed(2).padStart(7),
      (delay.max / 1e6).toFixed(0).padStart(19),
    ];
    console.log(row.join(' '));
  }
});

async function scaled(photo: EncodedImage, megapixels: number): Promise<EncodedImage> {
  const width = Math.round(photo.width * Math.sqrt((megapixels * 1e6) / (4_240 * 2_828)));
  const jpeg = sharp(photo.bytes).resize(width).jpeg({ quality: 90 });
  const { data, info } = await jpeg.toBuffer({ resolveWithObject: true });
  return { bytes: data, format: 'jpeg', width: info.width, height: info.height };
}

async function paint({ bytes }: EncodedImage): Promise<EncodedImage> {
  const { width, height } = PAINTED;
  const small = await sharp(bytes).resize(width, height, { fit: 'fill' }).png().toBuffer();
  const moved = await drift(await paintDisc(small, DISC), { x: 5, y: 3, zoom: 1.01 });
  return { bytes: moved, format: 'png', width, height };
}

/** What anyone would write who knew already where the edit is, and that nothing had moved. */
async function bare(source: EncodedImage, painted: EncodedImage): Promise<void> {
  const { width, height } = source;
  const radius = 1.2 * DISC.radius * height;
  const hole = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="${DISC.x * width}" cy="${DISC.y * height}" r="${radius}"/></svg>`;
  const laid = await sharp(painted.bytes)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .ensureAlpha()
    .composite([{ input: Buffer.from(hole), blend: 'dest-in' }])
    .raw()
    .toBuffer({ resolveWithObject: true });
  await sharp(source.bytes)
    .composite([{ input: laid.data, raw: laid.info }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}
