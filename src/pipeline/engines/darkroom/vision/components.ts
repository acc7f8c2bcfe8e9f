import type { Box, Size } from '../pixels/box.ts';

/** A connected area (4 neighbours) of equal values. */
export interface Component {
  readonly value: number;
  /** Pixels. */
  readonly area: number;
  readonly box: Box;
}

/** Every pixel's component, by its place in `components`; those are in the order of their first pixels. */
export interface Components {
  readonly labels: Int32Array;
  readonly components: readonly Component[];
}

export function componentsOf(values: Uint8Array, { width, height }: Size): Components {
  const labels = new Int32Array(values.length).fill(-1);
  const components: Component[] = [];
  const open = new Int32Array(values.length);
  for (let start = 0; start < values.length; start += 1) {
    if (labels[start] !== -1) continue;
    const label = components.length;
    const value = values[start] as number;
    let [left, right, top, bottom] = [width, 0, height, 0];
    let area = 0;
    let waiting = 0;
    const reach = (at: number): void => {
      if (labels[at] !== -1 || values[at] !== value) return;
      labels[at] = label;
      open[waiting] = at;
      waiting += 1;
    };
    reach(start);
    while (waiting > 0) {
      waiting -= 1;
      const at = open[waiting] as number;
      const x = at % width;
      const y = (at - x) / width;
      area += 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (x > 0) reach(at - 1);
      if (x < width - 1) reach(at + 1);
      if (y > 0) reach(at - width);
      if (y < height - 1) reach(at + width);
    }
    const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
    components.push({ value, area, box });
  }
  return { labels, components };
}

/** Whether a component's box reaches the picture's edge. */
export function touchesEdge({ box }: Component, { width, height }: Size): boolean {
  const inside =
    box.left > 0 && box.top > 0 && box.left + box.width < width && box.top + box.height < height;
  return !inside;
}
