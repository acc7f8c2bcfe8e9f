/** Sizes of a picture's latents. A token is a square of 2 by 2 latents, with all their channels. */
export interface LatentSize {
  readonly channels: number;
  /** Both even. */
  readonly rows: number;
  readonly columns: number;
}

const PATCH = 2;

/** [channels, rows, columns] → [tokens, channels · 4]. */
export function pack(latents: Float32Array, size: LatentSize): Float32Array {
  const packed = new Float32Array(latents.length);
  eachPair(size, (plain, token) => (packed[token] = latents[plain] ?? 0));
  return packed;
}

/** [tokens, channels · 4] → [channels, rows, columns]. */
export function unpack(packed: Float32Array, size: LatentSize): Float32Array {
  const latents = new Float32Array(packed.length);
  eachPair(size, (plain, token) => (latents[plain] = packed[token] ?? 0));
  return latents;
}

/** Calls with both indices of each number. */
function eachPair(
  { channels, rows, columns }: LatentSize,
  visit: (plain: number, packed: number) => void,
): void {
  const across = columns / PATCH;
  let plain = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const token = (row >> 1) * across + (column >> 1);
        const inside = (row % PATCH) * PATCH + (column % PATCH);
        visit(plain++, token * channels * PATCH ** 2 + channel * PATCH ** 2 + inside);
      }
    }
  }
}
