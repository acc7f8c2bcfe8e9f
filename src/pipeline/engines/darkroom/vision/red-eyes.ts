import type { Mask } from '../pixels/mask.ts';
import { boxMean } from './box-mean.ts';
import { componentsOf, type Component } from './components.ts';
import type { Copy } from './copy.ts';
import { eyeAround, type EyeSigns } from './eye-signs.ts';
import { isPupilRed } from './reds.ts';

export interface RedEyes {
  /** The red pupils with a soft rim; of the copy's size. */
  readonly mask: Mask;
  readonly count: number;
}

/** Radii of pupils: pixels at least (more of one alone), share of the copy's long side at most. */
const RADIUS = { least: 2, leastAlone: 3, largestShare: 0.04 } as const;
/** A pupil's box is so nearly square, and so well filled (a circle fills 0.785). */
const ROUND = { sides: 1.7, fill: 0.55 } as const;
/** How far apart the eyes of a face are, in radii of their pupils, and how level they are. */
const PAIR = { nearest: 5, farthest: 34, slope: 0.7, sizes: 1.9 } as const;
/** What an eye by itself must show, and one of two alike; shares of rings around it. */
const ALONE: EyeSigns = { skin: 0.55, eye: 0.45, red: 0.06, contrast: 60 };
const ONE_OF_TWO: EyeSigns = { skin: 0.3, eye: 0.12, red: 0.15, contrast: 50 };

interface Pupil {
  readonly label: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly signs: EyeSigns;
}

/**
 * Finds pupils that a flash has lit up: small, round and red, in the dark and white of an eye, in
 * skin. Two that are level and alike are believed more easily than one.
 */
export function findRedEyes(copy: Copy): RedEyes {
  const { width, height, rgb } = copy;
  const red = new Uint8Array(width * height);
  for (let at = 0; at < red.length; at += 1) red[at] = isPupilRed(rgb, at) ? 1 : 0;
  const { labels, components } = componentsOf(red, copy);
  const pupils = components.flatMap((component, label) => pupilOf(copy, component, label));
  const eyes = pupils.filter(
    (pupil) =>
      (pupil.radius >= RADIUS.leastAlone && shows(pupil.signs, ALONE)) ||
      (shows(pupil.signs, ONE_OF_TWO) &&
        pupils.some((other) => shows(other.signs, ONE_OF_TWO) && areTwo(pupil, other))),
  );
  const weights = new Uint8Array(width * height);
  const found = new Set(eyes.map(({ label }) => label));
  for (let at = 0; at < labels.length; at += 1) {
    if (found.has(labels[at] as number)) weights[at] = 255;
  }
  fillGlints(weights, eyes, components, copy);
  return { mask: { width, height, weights: withSoftRim(weights, copy) }, count: eyes.length };
}

function pupilOf(copy: Copy, { value, area, box }: Component, label: number): Pupil[] {
  if (value === 0) return [];
  const radius = (box.width + box.height) / 4;
  const largest = RADIUS.largestShare * Math.max(copy.width, copy.height);
  if (radius < RADIUS.least || radius > largest) return [];
  const sides = Math.max(box.width, box.height) / Math.min(box.width, box.height);
  if (sides > ROUND.sides || area < ROUND.fill * box.width * box.height) return [];
  const x = box.left + (box.width - 1) / 2;
  const y = box.top + (box.height - 1) / 2;
  return [{ label, x, y, radius, signs: eyeAround(copy, x, y, radius) }];
}

const shows = (signs: EyeSigns, needed: EyeSigns): boolean =>
  signs.skin >= needed.skin &&
  signs.eye >= needed.eye &&
  signs.red <= needed.red &&
  signs.contrast >= needed.contrast;

function areTwo(one: Pupil, other: Pupil): boolean {
  if (one === other) return false;
  const across = Math.abs(one.x - other.x);
  const distance = Math.hypot(across, one.y - other.y);
  const radius = (one.radius + other.radius) / 2;
  const alike =
    Math.max(one.radius, other.radius) <= PAIR.sizes * Math.min(one.radius, other.radius);
  const level = Math.abs(one.y - other.y) <= PAIR.slope * across;
  return alike && level && distance >= PAIR.nearest * radius && distance <= PAIR.farthest * radius;
}

/** The white glint of the flash lies within the red. */
function fillGlints(
  weights: Uint8Array,
  eyes: readonly Pupil[],
  components: readonly Component[],
  copy: Copy,
): void {
  for (const { label, x, y, radius } of eyes) {
    const { box } = components[label] as Component;
    for (let row = box.top; row < box.top + box.height; row += 1) {
      for (let column = box.left; column < box.left + box.width; column += 1) {
        if (Math.hypot(column - x, row - y) <= radius) weights[row * copy.width + column] = 255;
      }
    }
  }
}

function withSoftRim(weights: Uint8Array, copy: Copy): Uint8Array {
  if (weights.every((weight) => weight === 0)) return weights;
  // Doubled, so that a pixel on the edge has about all of its weight, and one beside it some.
  const soft = boxMean(Float32Array.from(weights), copy, 1);
  return Uint8Array.from(soft, (weight) => Math.min(255, Math.round(2 * weight)));
}
