import { fanOf, parallelsOf, type Agreement } from './agreement.ts';
import { edgePointsOf } from './edge-points.ts';
import { linesIn } from './lines.ts';
import type { Photo } from './photo.ts';

export interface Tilt {
  /** By how much the picture is turned clockwise from level, -20 to 20. */
  readonly degrees: number;
  /** 0 to 1; from 0.5 on it is worth acting on. */
  readonly confidence: number;
  readonly from: 'horizon' | 'verticals';
}

/** Pictures that are turned farther are meant so; degrees. */
const WIDEST = 20;
/** Smaller copies show no lines that could be trusted; pixels. */
const SMALLEST = 64;
/** Guesses that are less sure than this are none. */
const LEAST_CONFIDENCE = 0.1;
/** A horizon and verticals that differ by less than this confirm one another; degrees. */
const SAME = 1;

/** Faint lines show only once details and grain of up to this radius are smoothed away; pixels. */
const [FINE, COARSE] = [1, 3];
const SURE = 0.5;

const known = new WeakMap<Photo, { readonly tilt: Tilt | undefined }>();

/** Reads from long straight edges how crooked a picture is. Undefined where there are none. */
export function tiltOf(photo: Photo): Tilt | undefined {
  const measured = known.get(photo) ?? { tilt: measure(photo) };
  known.set(photo, measured);
  return measured.tilt;
}

function measure(photo: Photo): Tilt | undefined {
  if (Math.min(photo.copy.width, photo.copy.height) < SMALLEST) return undefined;
  const fine = tiltAt(photo, FINE);
  const tilt = fine && fine.confidence >= SURE ? fine : surer(fine, tiltAt(photo, COARSE));
  if (!tilt || tilt.confidence < LEAST_CONFIDENCE || Math.abs(tilt.degrees) > WIDEST) {
    return undefined;
  }
  return tilt;
}

function tiltAt(photo: Photo, radius: number): Tilt | undefined {
  const { horizontal, vertical } = edgePointsOf(photo, radius);
  const upright = linesIn(vertical);
  const parallel = verticals(parallelsOf(upright), 0.2);
  // Two lines always make a fan, so that many must agree before it is believed.
  const fan = verticals(fanOf(upright), 0.55);
  return settled(horizon(parallelsOf(linesIn(horizontal))), surer(parallel, fan));
}

/** One long line may be enough. */
function horizon(found: Agreement | undefined): Tilt | undefined {
  if (!found) return undefined;
  const { lean, cover, longest, share } = found;
  const seen = Math.max(ramp(longest, 0.25, 0.7), ramp(cover, 0.5, 1.3));
  return { degrees: lean, confidence: seen * ramp(share, 0.3, 0.6), from: 'horizon' };
}

/** Several are needed, since trees and limbs stand alone. */
function verticals(found: Agreement | undefined, leastShare: number): Tilt | undefined {
  if (!found) return undefined;
  const { lean, cover, share } = found;
  const confidence = ramp(cover, 0.4, 1.3) * ramp(share, leastShare, leastShare + 0.25);
  // Leaning to the right of the way down is, upright again, turning to the left.
  return { degrees: -lean, confidence, from: 'verticals' };
}

const surer = (one: Tilt | undefined, other: Tilt | undefined): Tilt | undefined =>
  !one || (other && other.confidence > one.confidence) ? other : one;

/** The surer of two, and surer or less so by what the other says. */
function settled(one: Tilt | undefined, other: Tilt | undefined): Tilt | undefined {
  if (!one || !other) return one ?? other;
  const [first, second] = one.confidence > other.confidence ? [one, other] : [other, one];
  const agree = Math.abs(first.degrees - second.degrees) <= SAME;
  if (agree) {
    const doubt = (1 - first.confidence) * (1 - second.confidence);
    return { ...first, confidence: 1 - doubt };
  }
  return { ...first, confidence: first.confidence * (1 - 0.6 * second.confidence) };
}

/** 0 up to `from`, 1 from `to` on. */
const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));
