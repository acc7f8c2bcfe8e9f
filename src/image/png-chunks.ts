import { crc32, deflateSync } from 'node:zlib';

/** Signature, and the `IHDR` chunk that always comes first. */
const SIGNATURE_BYTES = 8;
const HEADER_CHUNK_END = 33;
/** Length, type and checksum, around the data of a chunk. */
const CHUNK_FRAME_BYTES = 12;

/** Frames of an animated PNG; 1 of any other. */
export function apngFrames(png: Uint8Array): number {
  const view = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  let start = SIGNATURE_BYTES;
  while (start + CHUNK_FRAME_BYTES <= view.length) {
    const type = view.toString('latin1', start + 4, start + 8);
    if (type === 'acTL') return view.readUInt32BE(start + 8);
    // The animation is announced before the pixels or not at all.
    if (type === 'IDAT') return 1;
    start += CHUNK_FRAME_BYTES + view.readUInt32BE(start);
  }
  return 1;
}

/** The same PNG, with this ICC profile saying what its colours mean. The PNG must have none yet. */
export function withIccProfile(png: Uint8Array, profile: Uint8Array): Uint8Array {
  // A name, its end, and 0 for the one compression method there is.
  const data = Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profile)]);
  return Buffer.concat([
    png.subarray(0, HEADER_CHUNK_END),
    chunk('iCCP', data),
    png.subarray(HEADER_CHUNK_END),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
