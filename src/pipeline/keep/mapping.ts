import type { Size } from './pixels.ts';

/**
 * Where each point of one picture lies in another, along either axis: `scale` × place + `shift`. Places are
 * shares of a side, 0 to 1, so that it holds at every size of the two.
 */
export interface Mapping {
  readonly x: Axis;
  readonly y: Axis;
}

export interface Axis {
  readonly scale: number;
  readonly shift: number;
}

export const IDENTITY: Mapping = { x: { scale: 1, shift: 0 }, y: { scale: 1, shift: 0 } };

/** Two shapes are one within it; editors paint in steps of 16 pixels and more. */
const SAME_SHAPE = 0.03;

/**
 * How an editor may have brought a picture to the size of its own: stretched, or with what stood out on
 * two sides cut off, or with room added. One way where the shapes agree.
 */
export function waysToFit(source: Size, painted: Size): readonly Mapping[] {
  const stretch = painted.width / painted.height / (source.width / source.height);
  if (Math.abs(Math.log(stretch)) <= SAME_SHAPE) return [IDENTITY];
  const cut = (scale: number): Axis => ({ scale, shift: (1 - scale) / 2 });
  return [IDENTITY, { x: cut(1 / stretch), y: IDENTITY.y }, { x: IDENTITY.x, y: cut(stretch) }];
}

/** How far a mapping moves the corners of a picture, in pixels of this size. */
export function reach({ x, y }: Mapping, { width, height }: Size): number {
  const ends = (axis: Axis) =>
    Math.max(Math.abs(axis.shift), Math.abs(axis.scale + axis.shift - 1));
  return Math.max(ends(x) * width, ends(y) * height);
}
