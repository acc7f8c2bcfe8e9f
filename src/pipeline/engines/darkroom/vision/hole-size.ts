import type { Size } from '../pixels/box.ts';
import { boxMean } from './box-mean.ts';
import type { HoledPicture } from './holed-picture.ts';

/** How far the colours of the mixture reach over what was copied; pixels of the reduced size. */
const REACH = 2;

/**
 * A picture with holes at a smaller size (or a copy of it at its own): known where all that a pixel
 * stands for is, wanted where any of it is.
 */
export function reduced(
  full: HoledPicture,
  wanted: Uint8Array,
  size: Size,
): { picture: HoledPicture; wanted: Uint8Array } {
  const count = size.width * size.height;
  const rgb = new Float32Array(count * 3);
  const known = new Uint8Array(count).fill(1);
  const some = new Uint8Array(count);
  const parts = new Float32Array(count);
  for (let y = 0, at = 0; y < full.height; y += 1) {
    const row = Math.floor((y * size.height) / full.height) * size.width;
    for (let x = 0; x < full.width; x += 1, at += 1) {
      const to = row + Math.floor((x * size.width) / full.width);
      if (full.known[at] === 0) known[to] = 0;
      if (wanted[at] === 1) some[to] = 1;
      parts[to] = (parts[to] as number) + 1;
      for (let channel = 0; channel < 3; channel += 1) {
        rgb[to * 3 + channel] =
          (rgb[to * 3 + channel] as number) + (full.rgb[at * 3 + channel] as number);
      }
    }
  }
  for (let at = 0; at < rgb.length; at += 1) {
    rgb[at] = (rgb[at] as number) / Math.max(1, parts[Math.floor(at / 3)] as number);
  }
  return { picture: { ...size, rgb, known }, wanted: some };
}

/**
 * The wanted pixels at full size: copied from where the reduced picture found them (`field`, as
 * `fillWithPatches` returns it), so that they have the grain and sharpness of their surroundings, with
 * the colours that it mixed for them.
 */
export function atFullSize(
  full: HoledPicture,
  wanted: Uint8Array,
  picture: HoledPicture,
  field: Int32Array | undefined,
): Float32Array {
  const mixed = new Float32Array(full.rgb.length);
  const copied = new Float32Array(full.rgb.length);
  const [across, down] = [full.width / picture.width, full.height / picture.height];
  const places = { near: new Int32Array(4), share: new Float32Array(4) };
  for (let at = 0; at < wanted.length; at += 1) {
    if (wanted[at] === 0) continue;
    const x = at % full.width;
    const y = (at - x) / full.width;
    lookAround(x, y, { full, picture }, places);
    for (let place = 0; place < 4; place += 1) {
      const share = places.share[place] as number;
      if (share < 1e-6) continue;
      const near = places.near[place] as number;
      let from = -1;
      const match = field?.[near] ?? -1;
      if (match >= 0) {
        const [column, nearColumn] = [match % picture.width, near % picture.width];
        const rows = (match - column - (near - nearColumn)) / picture.width;
        const beside = x + Math.round((column - nearColumn) * across);
        from = (y + Math.round(rows * down)) * full.width + beside;
        if (beside < 0 || beside >= full.width || full.known[from] !== 1) from = -1;
      }
      for (let channel = 0; channel < 3; channel += 1) {
        const to = at * 3 + channel;
        const mix = picture.rgb[near * 3 + channel] as number;
        const copy = from < 0 ? mix : (full.rgb[from * 3 + channel] as number);
        mixed[to] = (mixed[to] as number) + share * mix;
        copied[to] = (copied[to] as number) + share * copy;
      }
    }
  }
  if (!field) return mixed;
  const radius = Math.max(1, Math.round(REACH * Math.max(across, down)));
  const cover = boxMean(Float32Array.from(wanted), full, radius);
  for (let channel = 0; channel < 3; channel += 1) {
    const difference = Float32Array.from(
      wanted,
      (_, at) => (mixed[at * 3 + channel] as number) - (copied[at * 3 + channel] as number),
    );
    const smooth = boxMean(difference, full, radius);
    for (let at = 0; at < wanted.length; at += 1) {
      if (wanted[at] === 0) continue;
      const to = at * 3 + channel;
      copied[to] = (copied[to] as number) + (smooth[at] as number) / (cover[at] as number);
    }
  }
  return copied;
}

/** Finds the pixels of the reduced picture around a place of the full one, and their shares of it. */
function lookAround(
  x: number,
  y: number,
  { full, picture }: { full: Size; picture: Size },
  { near, share }: { near: Int32Array; share: Float32Array },
): void {
  const { width, height } = picture;
  const column = Math.max(0, ((x + 0.5) * width) / full.width - 0.5);
  const row = Math.max(0, ((y + 0.5) * height) / full.height - 0.5);
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [along, below] = [column - left, row - top];
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  near[0] = top * width + left;
  near[1] = top * width + right;
  near[2] = bottom * width + left;
  near[3] = bottom * width + right;
  share[0] = (1 - along) * (1 - below);
  share[1] = along * (1 - below);
  share[2] = (1 - along) * below;
  share[3] = along * below;
}
