import type { Part } from '../pixels/region.ts';

/** Width of the soft edge as a share of the picture's side. */
const FEATHER = 0.12;
/** Where a corner ends, as a share of each side. */
const CORNER = 0.4;

/** How far inside a part a point lies, in shares of the picture's side; x and y from 0 to 1. */
const INSIDE = {
  picture: () => 1,
  top: (_x, y) => 0.5 - y,
  bottom: (_x, y) => y - 0.5,
  left: (x) => 0.5 - x,
  right: (x) => x - 0.5,
  center: (x, y) => 0.32 - Math.hypot(x - 0.5, y - 0.5),
  'top left': (x, y) => CORNER - Math.max(x, y),
  'top right': (x, y) => CORNER - Math.max(1 - x, y),
  'bottom left': (x, y) => CORNER - Math.max(x, 1 - y),
  'bottom right': (x, y) => CORNER - Math.max(1 - x, 1 - y),
  'top third': (_x, y) => 1 / 3 - y,
  'middle third': (_x, y) => 1 / 6 - Math.abs(y - 0.5),
  'bottom third': (_x, y) => y - 2 / 3,
  'left third': (x) => 1 / 3 - x,
  'center third': (x) => 1 / 6 - Math.abs(x - 0.5),
  'right third': (x) => x - 2 / 3,
  edges: (x, y) => 0.14 - Math.min(x, y, 1 - x, 1 - y),
  corners: (x, y) => 0.35 - Math.hypot(Math.min(x, 1 - x), Math.min(y, 1 - y)),
} as const satisfies Partial<Record<Part, (x: number, y: number) => number>>;

type GeometricPart = keyof typeof INSIDE;

export const isGeometricPart = (part: Part): part is GeometricPart => Object.hasOwn(INSIDE, part);

/** How much a point belongs to a part, 0 to 1; x and y from 0 (left, top) to 1. */
export function geometricWeight(part: GeometricPart, x: number, y: number): number {
  return smooth(INSIDE[part](x, y) / FEATHER + 0.5);
}

/** 0 to 1 across an edge, level at both ends. */
export function smooth(value: number): number {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
}
