import type { Size } from '../pixels/box.ts';

/** A line is so many times longer than it is wide, and so long at least (share of the long side). */
const SLIMNESS = 10;
const LEAST_LENGTH = 0.04;

/** Whether pixels lie along one straight or slightly bent line; by their principal axes. */
export function isLine(pixels: readonly number[], { width, height }: Size): boolean {
  const count = pixels.length;
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (const pixel of pixels) {
    const column = pixel % width;
    const row = (pixel - column) / width;
    x += column / count;
    y += row / count;
    xx += (column * column) / count;
    yy += (row * row) / count;
    xy += (column * row) / count;
  }
  const [across, down, both] = [xx - x * x, yy - y * y, xy - x * y];
  const middle = (across + down) / 2;
  const half = Math.hypot((across - down) / 2, both);
  // Even spread over a length has a standard deviation of its twelfth's root.
  const length = Math.sqrt(12 * (middle + half));
  const breadth = Math.sqrt(12 * Math.max(0, middle - half) + 1);
  return length >= LEAST_LENGTH * Math.max(width, height) && length >= SLIMNESS * breadth;
}
