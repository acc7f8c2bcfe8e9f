import type { Size } from '../pixels/box.ts';
import { componentsOf, touchesEdge } from './components.ts';

/** An island stays when it has this share of what the main one has of the guess. */
const ISLAND_SHARE = 0.15;
/** A hole is filled up to these shares of the picture and of the main island. */
const HOLE_OF_PICTURE = 0.02;
const HOLE_OF_ISLAND = 0.1;

/** Drops small islands of a mask of 0 and 255, weighed by a guess of where it should be, and fills small holes. */
export function tidy(binary: Uint8Array, guess: Float32Array, size: Size): Uint8Array {
  const { labels, components } = componentsOf(binary, size);
  const believed = new Float64Array(components.length);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at] as number;
    believed[label] = (believed[label] as number) + (guess[at] as number);
  }
  let [most, largest] = [0, 0];
  for (const [label, { value, area }] of components.entries()) {
    if (value === 0) continue;
    most = Math.max(most, believed[label] as number);
    largest = Math.max(largest, area);
  }
  const kept = components.map((component, label) => {
    const { value, area } = component;
    if (value !== 0) return (believed[label] as number) >= ISLAND_SHARE * most ? 255 : 0;
    const small = area < HOLE_OF_PICTURE * binary.length && area < HOLE_OF_ISLAND * largest;
    return small && !touchesEdge(component, size) ? 255 : 0;
  });
  return binary.map((_, at) => kept[labels[at] as number] as number);
}
