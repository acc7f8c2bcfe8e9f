import { Worker } from 'node:worker_threads';

import sharp from 'sharp';

import { AppError } from '../errors.ts';
import { iccProfile, sequenceFrames } from './boxes.ts';
import type { DecodeLimits } from './checks.ts';
import type { Decoded } from './decode-protocol.ts';
import type { HeicAnswer, HeicPixels, HeicRequest } from './heic-thread.ts';
import { withIccProfile } from './png-chunks.ts';

/**
 * Decodes the first picture of a HEIC to PNG, colour profile included. It runs in a thread of its
 * own, because libheif as WebAssembly blocks its thread, keeps the memory of the largest picture it
 * has seen, and is of no use after a crash.
 */
export async function decodeHeic(bytes: Uint8Array, limits: DecodeLimits): Promise<Decoded> {
  const answer = await runThread({ bytes, frames: sequenceFrames(bytes), limits });
  if (answer.type === 'refused') throw new AppError(answer.code, answer.message);
  const { width, height, frames } = answer;
  const profile = iccProfile(bytes);
  const png = await toPng(answer);
  return {
    type: 'decoded',
    width,
    height,
    frames,
    png: profile === undefined ? png : withIccProfile(png, profile),
  };
}

function runThread(request: HeicRequest): Promise<HeicAnswer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./heic-thread.js', import.meta.url), {
      workerData: request,
      // What libheif says about a damaged file is of no interest.
      stdout: true,
      stderr: true,
    });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('The HEIC decoder ended without an answer.')));
  });
}

async function toPng({ data, width, height }: HeicPixels): Promise<Buffer> {
  const picture = sharp(data, { raw: { width, height, channels: 4 } });
  if (isOpaque(data)) picture.removeAlpha();
  return picture.png({ compressionLevel: 1 }).toBuffer();
}

function isOpaque(rgba: Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}
