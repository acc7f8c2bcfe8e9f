import type { Call } from '../../../types.ts';
import type { Box, Size } from '../pixels/box.ts';
import type { Mask } from '../pixels/mask.ts';
import type { Pixels } from '../pixels/pixels.ts';
import { atFullSize, reduced } from './hole-size.ts';
import type { HoledPicture } from './holed-picture.ts';
import { componentsOf } from './components.ts';
import { weightsIn } from './mask-at.ts';
import { fillWithPatches } from './patch-fill.ts';

/** Surroundings looked at for filling, as a share of the hole's longer side; and pixels at least. */
const MARGIN = { share: 1, least: 24 } as const;
/** Larger holes are thought out at a smaller size; pixels of the hole, and of the box's longer side. */
const LARGEST = { hole: 10_000, side: 640 } as const;

/**
 * Fills the masked places with what their surroundings are made of, in place; 8 or 16 bits, alpha is
 * left alone. Full weights replace, less than half of it blends; pixels without weight stay as they
 * are, bit by bit. The work grows with the masked places, not with the picture. What fills everything
 * is left as it is: there is nothing to fill it from.
 */
export async function inpaint(pixels: Pixels, mask: Mask, call: Call): Promise<void> {
  for (const hole of holesOf(mask, pixels)) {
    call.signal.throwIfAborted();
    await fillHole(pixels, mask, hole, call);
  }
}

/** Boxes around the masked places; those that overlap are one. Pixels of the picture. */
function holesOf(mask: Mask, picture: Size): Box[] {
  const used = usedPart(mask);
  if (!used) return [];
  const flags = new Uint8Array(used.width * used.height);
  for (let y = 0, to = 0; y < used.height; y += 1) {
    const from = (used.top + y) * mask.width + used.left;
    for (let x = 0; x < used.width; x += 1, to += 1) {
      flags[to] = (mask.weights[from + x] as number) > 0 ? 1 : 0;
    }
  }
  const holes: Box[] = [];
  for (const { value, box } of componentsOf(flags, used).components) {
    if (value === 0) continue;
    const placed = { ...box, left: box.left + used.left, top: box.top + used.top };
    let hole = scaled(placed, mask, picture);
    for (let index = holes.length - 1; index >= 0; index -= 1) {
      const other = holes[index] as Box;
      if (!meet(hole, other)) continue;
      hole = around(hole, other);
      holes.splice(index, 1);
      index = holes.length;
    }
    holes.push(hole);
  }
  return holes;
}

/** The box around all of a mask's weights; undefined when it has none. */
function usedPart({ width, height, weights }: Mask): Box | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y += 1) {
    const row = weights.subarray(y * width, (y + 1) * width);
    const first = row.findIndex((weight) => weight > 0);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(
      right,
      row.findLastIndex((weight) => weight > 0),
    );
    top = Math.min(top, y);
    bottom = y;
  }
  if (right < 0) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A box of the mask in pixels of the picture, with all that bilinear scaling reaches. */
function scaled(box: Box, mask: Size, picture: Size): Box {
  const [across, down] = [picture.width / mask.width, picture.height / mask.height];
  const left = Math.max(0, Math.floor((box.left - 0.5) * across));
  const top = Math.max(0, Math.floor((box.top - 0.5) * down));
  const right = Math.min(picture.width, Math.ceil((box.left + box.width + 0.5) * across));
  const bottom = Math.min(picture.height, Math.ceil((box.top + box.height + 0.5) * down));
  return { left, top, width: right - left, height: bottom - top };
}

const meet = (one: Box, other: Box): boolean =>
  one.left <= other.left + other.width &&
  other.left <= one.left + one.width &&
  one.top <= other.top + other.height &&
  other.top <= one.top + one.height;

function around(one: Box, other: Box): Box {
  const left = Math.min(one.left, other.left);
  const top = Math.min(one.top, other.top);
  const right = Math.max(one.left + one.width, other.left + other.width);
  const bottom = Math.max(one.top + one.height, other.top + other.height);
  return { left, top, width: right - left, height: bottom - top };
}

async function fillHole(pixels: Pixels, mask: Mask, hole: Box, call: Call): Promise<void> {
  const margin = Math.max(
    MARGIN.least,
    Math.round(MARGIN.share * Math.max(hole.width, hole.height)),
  );
  const left = Math.max(0, hole.left - margin);
  const top = Math.max(0, hole.top - margin);
  const box = {
    left,
    top,
    width: Math.min(pixels.width, hole.left + hole.width + margin) - left,
    height: Math.min(pixels.height, hole.top + hole.height + margin) - top,
  };
  const weights = weightsIn(mask, pixels, box);
  const own = weights.map((weight, at) => {
    const [x, y] = [(at % box.width) + left, Math.floor(at / box.width) + top];
    const inside =
      x >= hole.left && x < hole.left + hole.width && y >= hole.top && y < hole.top + hole.height;
    return inside && weight > 0 ? 1 : 0;
  });
  const area = own.reduce((sum, one) => sum + one, 0);
  if (area === 0) return;
  const full = cropped(pixels, box, weights);
  const scale = Math.min(
    1,
    Math.sqrt(LARGEST.hole / area),
    LARGEST.side / Math.max(box.width, box.height),
  );
  const size = {
    width: Math.max(1, Math.round(box.width * scale)),
    height: Math.max(1, Math.round(box.height * scale)),
  };
  const { picture, wanted } = reduced(full, own, size);
  if (picture.known.every((known) => known === 0)) return;
  const field = await fillWithPatches(picture, wanted, call);
  const filled = atFullSize(full, own, picture, field);
  write(pixels, box, filled, { weights, own });
}

function cropped(pixels: Pixels, box: Box, weights: Uint8Array): HoledPicture {
  const { data, width, channels } = pixels;
  const max = data instanceof Uint16Array ? 65_535 : 255;
  const rgb = new Float32Array(box.width * box.height * 3);
  for (let y = 0, to = 0; y < box.height; y += 1) {
    let from = ((box.top + y) * width + box.left) * channels;
    for (let x = 0; x < box.width; x += 1, from += channels, to += 3) {
      rgb[to] = (data[from] as number) / max;
      rgb[to + 1] = (data[from + 1] as number) / max;
      rgb[to + 2] = (data[from + 2] as number) / max;
    }
  }
  return {
    width: box.width,
    height: box.height,
    rgb,
    known: weights.map((weight) => (weight > 0 ? 0 : 1)),
  };
}

function write(
  { data, width, channels }: Pixels,
  box: Box,
  filled: Float32Array,
  { weights, own }: { weights: Uint8Array; own: Uint8Array },
): void {
  const max = data instanceof Uint16Array ? 65_535 : 255;
  for (let at = 0; at < own.length; at += 1) {
    if (own[at] === 0) continue;
    const x = box.left + (at % box.width);
    const y = box.top + Math.floor(at / box.width);
    const share = Math.min(1, (weights[at] as number) / 128);
    const to = (y * width + x) * channels;
    for (let channel = 0; channel < 3; channel += 1) {
      const before = data[to + channel] as number;
      const value = Math.min(1, Math.max(0, filled[at * 3 + channel] as number)) * max;
      data[to + channel] = before + share * (value - before) + 0.5;
    }
  }
}
