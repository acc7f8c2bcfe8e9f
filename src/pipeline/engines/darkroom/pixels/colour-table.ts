import type { Triple } from './colour.ts';
import type { ColourStage } from './colour-pass.ts';

/** Nodes along each of red, green and blue. */
const SIDE = 33;
const LAST = SIDE - 1;
/** Just under 1, so that the last node is reached from the one before it. */
const HIGHEST = 1 - 2 ** -24;

/**
 * A change of colour however costly, as a stage: it is worked out at the nodes of a lattice over
 * sRGB (33 each way) and read between them from the four nearest (tetrahedral interpolation).
 * Nothing leaves the gamut that the nodes keep to; between nodes that stay as they are a colour
 * stays to the last bit.
 */
export function tabulated(change: (color: Triple) => Triple): ColourStage {
  let table: Table | undefined;
  return { mix: (row) => readRow(row, (table ??= tabulate(change))) };
}

interface Table {
  /** Red, green and blue of each node. */
  readonly colours: Float32Array;
  /** 1 for each cell, by the index of its first node, with a node that changes. */
  readonly changes: Uint8Array;
}

/** Steps to the next node along each axis, in nodes. */
const RED = 1;
const GREEN = SIDE;
const BLUE = SIDE * SIDE;
const CORNERS = [0, RED, GREEN, BLUE, RED + GREEN, RED + BLUE, GREEN + BLUE, RED + GREEN + BLUE];

function tabulate(change: (color: Triple) => Triple): Table {
  const colours = new Float32Array(SIDE ** 3 * 3);
  const changes = new Uint8Array(SIDE ** 3);
  for (let blue = 0, node = 0; blue < SIDE; blue += 1) {
    for (let green = 0; green < SIDE; green += 1) {
      for (let red = 0; red < SIDE; red += 1, node += 1) {
        const before: Triple = [red / LAST, green / LAST, blue / LAST];
        const after = change(before);
        colours.set(after, node * 3);
        if (after.every((value, channel) => value === before[channel])) continue;
        for (const corner of CORNERS) if (node >= corner) changes[node - corner] = 1;
      }
    }
  }
  return { colours, changes };
}

function readRow(row: Float32Array, { colours, changes }: Table): void {
  for (let at = 0; at < row.length; at += 3) {
    const red = clamp(row[at] as number) * LAST;
    const green = clamp(row[at + 1] as number) * LAST;
    const blue = clamp(row[at + 2] as number) * LAST;
    const node = (red | 0) * RED + (green | 0) * GREEN + (blue | 0) * BLUE;
    if (changes[node] === 0) continue;
    const x = red - (red | 0);
    const y = green - (green | 0);
    const z = blue - (blue | 0);
    // The way from the first node to the opposite one goes along the largest share first.
    let most = x;
    let middle = y;
    let least = z;
    let second = RED;
    let third = RED + GREEN;
    if (x < y) {
      most = y;
      middle = x;
      second = GREEN;
    }
    if (z > most) {
      least = middle;
      middle = most;
      most = z;
      third = second + BLUE;
      second = BLUE;
    } else if (z > middle) {
      least = middle;
      middle = z;
      third = second + BLUE;
    }
    const first = node * 3;
    const one = first + second * 3;
    const two = first + third * 3;
    const last = first + (RED + GREEN + BLUE) * 3;
    const atFirst = 1 - most;
    const atOne = most - middle;
    const atTwo = middle - least;
    row[at] =
      atFirst * (colours[first] as number) +
      atOne * (colours[one] as number) +
      atTwo * (colours[two] as number) +
      least * (colours[last] as number);
    row[at + 1] =
      atFirst * (colours[first + 1] as number) +
      atOne * (colours[one + 1] as number) +
      atTwo * (colours[two + 1] as number) +
      least * (colours[last + 1] as number);
    row[at + 2] =
      atFirst * (colours[first + 2] as number) +
      atOne * (colours[one + 2] as number) +
      atTwo * (colours[two + 2] as number) +
      least * (colours[last + 2] as number);
  }
}

const clamp = (value: number): number => (value < 0 ? 0 : value > HIGHEST ? HIGHEST : value);
