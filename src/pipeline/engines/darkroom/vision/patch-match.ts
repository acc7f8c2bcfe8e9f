import type { HoledPicture } from './holed-picture.ts';

/** Patches reach this far from their centres; pixels. */
export const PATCH_RADIUS = 3;
/** Candidates of the random search per patch and sweep; each at half the distance of the one before. */
const SEARCHES = 7;

/** For each pixel whose patch touches a hole: the pixel whose patch is most like it. */
export interface Matches {
  /** Centres of the patches that touch the hole. */
  readonly targets: Int32Array;
  /** 1 for centres of patches that are known and whole. */
  readonly sources: Uint8Array;
  /** By centre: the best source's centre; -1 where there is none. */
  readonly field: Int32Array;
  /** By centre: the mean square of the difference, summed over channels. */
  readonly cost: Float32Array;
}

/** Pseudo-random numbers from 0 to 1. */
export type Random = () => number;

/** The patches to be matched, with no match yet; undefined where the picture has no whole patch. */
export function prepareMatches(picture: HoledPicture, wanted: Uint8Array): Matches | undefined {
  const { width, height, known } = picture;
  const [touching, broken] = [
    spread(wanted, picture),
    spread(
      known.map((one) => 1 - one),
      picture,
    ),
  ];
  const sources = new Uint8Array(known.length);
  const targets: number[] = [];
  let any = false;
  for (let y = 0, at = 0; y < height; y += 1) {
    const inRows = y >= PATCH_RADIUS && y < height - PATCH_RADIUS;
    for (let x = 0; x < width; x += 1, at += 1) {
      if (touching[at] === 1) targets.push(at);
      if (broken[at] === 1 || !inRows || x < PATCH_RADIUS || x >= width - PATCH_RADIUS) continue;
      sources[at] = 1;
      any = true;
    }
  }
  if (!any || targets.length === 0) return undefined;
  return {
    targets: Int32Array.from(targets),
    sources,
    field: new Int32Array(known.length).fill(-1),
    cost: new Float32Array(known.length).fill(Infinity),
  };
}

/** 1 wherever a patch touches a 1. */
function spread(flags: Uint8Array, { width, height }: HoledPicture): Uint8Array {
  const across = new Uint8Array(flags.length);
  const both = new Uint8Array(flags.length);
  for (let at = 0; at < flags.length; at += 1) {
    if (flags[at] === 0) continue;
    const x = at % width;
    const last = Math.min(width - 1, x + PATCH_RADIUS) - x;
    across.fill(1, at - Math.min(x, PATCH_RADIUS), at + last + 1);
  }
  for (let at = 0; at < flags.length; at += 1) {
    if (across[at] === 0) continue;
    for (let row = -PATCH_RADIUS; row <= PATCH_RADIUS; row += 1) {
      const to = at + row * width;
      if (to >= 0 && to < width * height) both[to] = 1;
    }
  }
  return both;
}

/**
 * Improves the matches by one sweep: each patch tries where its neighbours' matches point, and random
 * places around its own (Barnes et al., "PatchMatch", SIGGRAPH 2009).
 */
export function sweep(picture: HoledPicture, matches: Matches, backward: boolean, random: Random) {
  const { width, height } = picture;
  const { targets, sources, field, cost } = matches;
  const step = backward ? 1 : -1;
  const reach = Math.max(width, height);
  const attempt = (target: number, source: number): void => {
    if (source === field[target]) return;
    const difference = patchDifference(picture, target, source, cost[target] as number);
    if (difference >= (cost[target] as number)) return;
    field[target] = source;
    cost[target] = difference;
  };
  for (let index = 0; index < targets.length; index += 1) {
    const target = targets[backward ? targets.length - 1 - index : index] as number;
    for (const neighbour of [step, step * width]) {
      const match = field[target + neighbour] ?? -1;
      if (match >= 0 && sources[match - neighbour] === 1) attempt(target, match - neighbour);
    }
    const own = field[target] as number;
    const centre = own >= 0 ? own : target;
    const [x, y] = [centre % width, Math.floor(centre / width)];
    let distance = reach;
    for (let search = 0; search < SEARCHES; search += 1, distance /= 2.2) {
      const column = Math.round(x + (random() * 2 - 1) * distance);
      const row = Math.round(y + (random() * 2 - 1) * distance);
      if (column < 0 || column >= width || row < 0 || row >= height) continue;
      const source = row * width + column;
      if (sources[source] === 1) attempt(target, source);
    }
  }
}

/** Stops early, and answers with something larger, when the difference exceeds `limit`. */
export function patchDifference(
  { width, height, rgb }: HoledPicture,
  target: number,
  source: number,
  limit: number,
): number {
  const x = target % width;
  const y = (target - x) / width;
  const top = Math.max(-PATCH_RADIUS, -y);
  const bottom = Math.min(PATCH_RADIUS, height - 1 - y);
  const left = Math.max(-PATCH_RADIUS, -x);
  const right = Math.min(PATCH_RADIUS, width - 1 - x);
  const count = (bottom - top + 1) * (right - left + 1);
  const most = limit * count;
  let sum = 0;
  for (let row = top; row <= bottom; row += 1) {
    let from = (source + row * width + left) * 3;
    let to = (target + row * width + left) * 3;
    const end = to + (right - left + 1) * 3;
    for (; to < end; to += 1, from += 1) {
      const difference = (rgb[to] as number) - (rgb[from] as number);
      sum += difference * difference;
    }
    if (sum > most) return Infinity;
  }
  return sum / count;
}
