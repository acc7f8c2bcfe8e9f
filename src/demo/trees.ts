import { css, mix, scale, type Colour } from './canvas.ts';
import { uniformNumbers } from '../pipeline/seeds.ts';

const DARK: Colour = [20, 36, 34];
const LIT: Colour = [92, 112, 58];

export interface Conifer {
  readonly x: number;
  /** The row of its foot. */
  readonly base: number;
  readonly height: number;
  readonly seed: number;
  /** What distance lays over its colours. */
  readonly veil?: { readonly colour: Colour; readonly share: number };
}

/** A conifer as SVG, branch by branch, lit from the right. */
export function conifer({ x, base, height, seed, veil }: Conifer): string {
  const random = uniformNumbers(seed);
  const tone = (light: number): string => {
    const colour = scale(mix(DARK, LIT, light), 0.9 + random() * 0.2);
    return css(veil ? mix(colour, veil.colour, veil.share) : colour);
  };
  const reach = height * (0.19 + random() * 0.05);
  const lean = (random() - 0.5) * height * 0.02;
  const trunk = height * 0.016;
  const parts = [
    `<path d="M${n(x - trunk)} ${n(base)}L${n(x + lean)} ${n(base - height)}L${n(x + trunk)} ${n(base)}Z" fill="${tone(0.08)}"/>`,
  ];
  const rows = Math.round(Math.max(14, Math.min(76, height / 6.5)));
  for (let row = rows; row >= 0; row -= 1) {
    const down = (row + random() * 0.6) / rows;
    const y = base - height * (1 - down * 0.93);
    const middle = x + lean * (1 - down);
    const thick = (height / rows) * (1 + random() * 0.7);
    // From both edges to the middle: the branches that point at the eye hide the others' roots.
    for (const bearing of [-1, 1, -0.72, 0.76, -0.4, 0.44, 0.04]) {
      const length = reach * (0.04 + down ** 0.82) * (0.6 + random() * 0.52);
      const side = bearing + (random() - 0.5) * 0.16;
      const droop = length * (0.24 + random() * 0.3) * (1.45 - Math.abs(side) * 0.5);
      const light = 0.2 + side * 0.24 + random() * 0.26 + down * 0.05;
      parts.push(branch(middle, y, length * side, droop, thick, tone(light)));
    }
  }
  return parts.join('');
}

function branch(
  x: number,
  y: number,
  length: number,
  droop: number,
  thick: number,
  fill: string,
): string {
  return (
    `<path d="M${n(x - length * 0.06)} ${n(y - thick * 0.5)}Q${n(x + length * 0.5)} ${n(y + droop * 0.1)} ${n(x + length)} ${n(y + droop)}` +
    `Q${n(x + length * 0.62)} ${n(y + droop * 0.82)} ${n(x + length * 0.5)} ${n(y + droop * 0.6 + thick * 0.7)}` +
    `Q${n(x + length * 0.3)} ${n(y + droop * 0.4 + thick * 0.4)} ${n(x - length * 0.1)} ${n(y + thick)}Z" fill="${fill}"/>`
  );
}

/** A belt of far conifers along a shore, as one shape. */
export function treeLine(from: number, to: number, base: number, height: number, seed: number) {
  const random = uniformNumbers(seed);
  let path = `M${from} ${base}`;
  for (let x = from; x < to;) {
    const width = 3 + random() * 5;
    const swell = 0.55 + 0.3 * Math.sin(x * 0.011 + seed) + 0.15 * Math.sin(x * 0.043);
    const top = base - height * swell * (0.5 + random() * 0.6);
    const foot = base - height * 0.3 * swell;
    path += `L${n(x)} ${n(foot)}L${n(x + width / 2)} ${n(top)}L${n(x + width)} ${n(foot)}`;
    x += width;
  }
  return `${path}L${to} ${base}Z`;
}

export interface Blades {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The row that blades grow from, by column. */
  readonly ground: (x: number) => number;
  /** How far below `ground` blades may still begin. */
  readonly depth: number;
  readonly height: number;
  readonly colours: readonly [dark: Colour, lit: Colour];
  readonly seed: number;
}

/** Blades of grass, the farthest first. */
export function grass({ from, to, count, ground, depth, height, colours, seed }: Blades): string {
  const random = uniformNumbers(seed);
  const blades = Array.from({ length: count }, () => ({
    x: from + random() * (to - from),
    d: random(),
  }));
  blades.sort((one, other) => one.d - other.d);
  return blades
    .map(({ x, d }) => {
      const y = ground(x) + d * depth;
      const tall = height * (0.35 + random() * 0.65) * (0.7 + d * 0.3);
      const bend = (random() - 0.42) * tall * 0.75;
      const width = Math.max(0.7, tall * 0.026);
      const fill = css(mix(colours[0], colours[1], random() ** 1.6));
      return (
        `<path d="M${n(x - width)} ${n(y)}Q${n(x)} ${n(y - tall * 0.6)} ${n(x + bend)} ${n(y - tall)}` +
        `Q${n(x + width)} ${n(y - tall * 0.5)} ${n(x + width)} ${n(y)}Z" fill="${fill}"/>`
      );
    })
    .join('');
}

/** Short numbers keep the drawing small. */
export const n = (value: number): string => value.toFixed(1);
