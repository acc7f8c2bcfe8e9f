import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import { downscale } from './autoencoder-config.ts';
import type { LatentSize } from './latents.ts';
import type { Autoencoder } from './models.ts';
import { addTile, cutTile, enlarge, layTiles, type Grid } from './tiles.ts';

/**
 * Encodes a picture in tiles of latents and blends them where they overlap. A picture of one tile is encoded as
 * `Autoencoder.encode` does it. It stops between two tiles when the signal aborts.
 * @param planes [3, height, width] of -1 to 1.
 * @param size Of the latents.
 * @param longest Latents on the longer side of a tile; Infinity takes the picture whole.
 * @param noise As for `Autoencoder.encode`.
 * @returns [channels, rows, columns].
 */
export async function encodeInTiles(
  autoencoder: Autoencoder,
  planes: Float32Array,
  size: LatentSize,
  longest: number,
  noise: Float32Array | undefined,
  call: Call,
): Promise<Float32Array> {
  const factor = downscale(autoencoder.config);
  const pixels = pixelsOf(size, factor);
  const sum = emptyGrid(size);
  for (const tile of layTiles(size, longest)) {
    await breathe(call);
    const inside = enlarge(tile, factor);
    const part = await autoencoder.encode(
      cutTile(planes, pixels, inside),
      { width: inside.columns.size, height: inside.rows.size },
      noise && cutTile(noise, size, tile),
    );
    addTile(sum, size, tile, part);
  }
  return sum;
}

/** The inverse: [channels, rows, columns] → [3, height, width]. */
export async function decodeInTiles(
  autoencoder: Autoencoder,
  latents: Float32Array,
  size: LatentSize,
  longest: number,
  call: Call,
): Promise<Float32Array> {
  const factor = downscale(autoencoder.config);
  const pixels = pixelsOf(size, factor);
  const sum = emptyGrid(pixels);
  for (const tile of layTiles(size, longest)) {
    await breathe(call);
    const part = await autoencoder.decode(cutTile(latents, size, tile), {
      channels: size.channels,
      rows: tile.rows.size,
      columns: tile.columns.size,
    });
    addTile(sum, pixels, enlarge(tile, factor), part);
  }
  return sum;
}

const pixelsOf = ({ rows, columns }: LatentSize, factor: number): Grid => ({
  channels: 3,
  rows: rows * factor,
  columns: columns * factor,
});

const emptyGrid = ({ channels, rows, columns }: Grid): Float32Array =>
  new Float32Array(channels * rows * columns);

/** A run of the model blocks the thread: between two of them messages are heard. */
async function breathe({ signal }: Call): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
