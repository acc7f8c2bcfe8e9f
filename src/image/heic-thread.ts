import { parentPort, workerData } from 'node:worker_threads';

import decodeHeic from 'heic-decode';

import { checkHeader, type DecodeLimits } from './checks.ts';
import { toRefused, type Refused } from './decode-protocol.ts';

/** A thread that decodes the one HEIC it was started with, answers, and ends. */

export interface HeicRequest {
  readonly bytes: Uint8Array;
  /** Of the sequence in the file, if there is one. */
  readonly frames: number;
  readonly limits: DecodeLimits;
}

export type HeicAnswer = HeicPixels | Refused;

export interface HeicPixels {
  readonly type: 'pixels';
  /** RGBA, 8 bits each, as seen. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

const { bytes, frames, limits }: HeicRequest = workerData;
try {
  const pictures = await decodeHeic.all({ buffer: withKnownBrand(bytes) });
  const [first] = pictures;
  if (!first) throw new Error('The file has no picture.');
  const count = Math.max(frames, pictures.length);
  checkHeader({ format: 'heic', width: first.width, height: first.height, frames: count }, limits);
  const { data, width, height } = await first.decode();
  answer({ type: 'pixels', data, width, height, frames: count }, [data.buffer]);
} catch (error) {
  answer(toRefused(error, 'heic'));
}

function answer(message: HeicAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** heic-decode asks for one of a few major brands; libheif itself does not mind the others. */
function withKnownBrand(file: Uint8Array): Uint8Array {
  const copy = Buffer.from(file);
  copy.write('heic', 8, 'latin1');
  return copy;
}
