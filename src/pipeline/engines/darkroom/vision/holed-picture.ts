import type { Size } from '../pixels/box.ts';

/** A picture with holes, as filling them sees it. */
export interface HoledPicture extends Size {
  /** Interleaved RGB, 0 to 1; what is in a hole is a guess. */
  readonly rgb: Float32Array;
  /** 1 where the picture is known, 0 in a hole. */
  readonly known: Uint8Array;
}

/** Half as large; a pixel is known where all that it stands for are. */
export function halve({ width, height, rgb, known }: HoledPicture): HoledPicture {
  const size = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const half = {
    ...size,
    rgb: new Float32Array(size.width * size.height * 3),
    known: new Uint8Array(size.width * size.height),
  };
  for (let y = 0, to = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1, to += 1) {
      const [left, right] = [x * 2, Math.min(width - 1, x * 2 + 1)];
      const [top, bottom] = [y * 2 * width, Math.min(height - 1, y * 2 + 1) * width];
      const four = [top + left, top + right, bottom + left, bottom + right];
      half.known[to] = four.every((at) => known[at] === 1) ? 1 : 0;
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (const at of four) sum += rgb[at * 3 + channel] as number;
        half.rgb[to * 3 + channel] = sum / 4;
      }
    }
  }
  return half;
}

/**
 * Fills the holes smoothly from their edges inwards, in place: each from the mean of what is known in
 * ever larger surroundings (Burt's pull-push, as in Gortler et al., "The Lumigraph", 1996).
 */
export function fillSmoothly(picture: HoledPicture): void {
  const { width, height, rgb, known } = picture;
  const share = Float32Array.from(known);
  const sums = new Float32Array(rgb.length);
  for (let at = 0; at < known.length; at += 1) {
    if (known[at] === 1) sums.set(rgb.subarray(at * 3, at * 3 + 3), at * 3);
  }
  const filled = pullPush({ width, height }, sums, share);
  for (let at = 0; at < known.length; at += 1) {
    if (known[at] === 0) rgb.set(filled.subarray(at * 3, at * 3 + 3), at * 3);
  }
}

/** Colours weighed by `share` (0 to 1); returns colours everywhere. */
function pullPush(size: Size, sums: Float32Array, share: Float32Array): Float32Array {
  const { width, height } = size;
  const full = share.every((value) => value >= 1);
  if (full || (width === 1 && height === 1)) {
    return sums.map((sum, at) => {
      const weight = share[Math.floor(at / 3)] as number;
      return weight > 0 ? sum / weight : 0;
    });
  }
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const halfSums = new Float32Array(half.width * half.height * 3);
  const halfShare = new Float32Array(half.width * half.height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const to = (y >> 1) * half.width + (x >> 1);
      halfShare[to] = (halfShare[to] as number) + (share[at] as number);
      for (let channel = 0; channel < 3; channel += 1) {
        const sum = halfSums[to * 3 + channel] as number;
        halfSums[to * 3 + channel] = sum + (sums[at * 3 + channel] as number);
      }
    }
  }
  for (let at = 0; at < halfShare.length; at += 1) {
    const weight = halfShare[at] as number;
    if (weight <= 1) continue;
    halfShare[at] = 1;
    for (let channel = 0; channel < 3; channel += 1) {
      halfSums[at * 3 + channel] = (halfSums[at * 3 + channel] as number) / weight;
    }
  }
  const coarse = pullPush(half, halfSums, halfShare);
  const out = new Float32Array(sums.length);
  for (let y = 0, at = 0; y < height; y += 1) {
    const rows = neighbours(y, half.height);
    for (let x = 0; x < width; x += 1, at += 1) {
      const rest = 1 - Math.min(1, share[at] as number);
      const columns = neighbours(x, half.width);
      for (let channel = 0; channel < 3; channel += 1) {
        let value = sums[at * 3 + channel] as number;
        if (rest > 0) {
          const from = (row: number, column: number): number =>
            coarse[(row * half.width + column) * 3 + channel] as number;
          const smooth =
            0.5625 * from(rows[0], columns[0]) +
            0.1875 * (from(rows[1], columns[0]) + from(rows[0], columns[1])) +
            0.0625 * from(rows[1], columns[1]);
          value += rest * smooth;
        }
        out[at * 3 + channel] = value;
      }
    }
  }
  return out;
}

/** The nearest pixel of the halved picture, and the nearest but one. */
function neighbours(index: number, length: number): readonly [number, number] {
  const near = index >> 1;
  const next = index % 2 === 0 ? near - 1 : near + 1;
  return [near, Math.min(length - 1, Math.max(0, next))];
}
