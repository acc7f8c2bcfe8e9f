import type { HoledPicture } from './holed-picture.ts';
import { PATCH_RADIUS, type Matches } from './patch-match.ts';

/** Patches compared at most; of more sources each nth is looked at. */
const MOST_COMPARED = 150_000;

/**
 * A first filling of a small picture's hole, in place: layer by layer from its edge, each pixel from
 * the middle of the patch that is most like what is known around it. A smooth filling would draw the
 * later search to whatever is smooth.
 */
export function peel(picture: HoledPicture, wanted: Uint8Array, matches: Matches): void {
  const { rgb } = picture;
  const known = picture.known.slice();
  const sources: number[] = [];
  for (const [at, whole] of matches.sources.entries()) if (whole === 1) sources.push(at);
  let open: number[] = [];
  for (const [at, one] of wanted.entries()) if (one === 1 && known[at] === 0) open.push(at);
  const stride = Math.max(1, Math.ceil((sources.length * open.length) / MOST_COMPARED));
  while (open.length > 0) {
    const layer = open.filter((at) => touchesKnown(at, known, picture));
    if (layer.length === 0) return;
    for (const target of layer) {
      const parts = knownParts(target, known, picture);
      let [best, least] = [-1, Infinity];
      for (let index = target % stride; index < sources.length; index += stride) {
        const source = sources[index] as number;
        let sum = 0;
        for (const part of parts) {
          const [to, from] = [(target + part) * 3, (source + part) * 3];
          const red = (rgb[to] as number) - (rgb[from] as number);
          const green = (rgb[to + 1] as number) - (rgb[from + 1] as number);
          const blue = (rgb[to + 2] as number) - (rgb[from + 2] as number);
          sum += red * red + green * green + blue * blue;
          if (sum >= least) break;
        }
        if (sum < least) [best, least] = [source, sum];
      }
      if (best < 0) continue;
      matches.field[target] = best;
      rgb.copyWithin(target * 3, best * 3, best * 3 + 3);
    }
    for (const at of layer) known[at] = 1;
    open = open.filter((at) => known[at] === 0);
  }
}

function touchesKnown(at: number, known: Uint8Array, { width }: HoledPicture): boolean {
  const x = at % width;
  return (
    (x > 0 && known[at - 1] === 1) ||
    (x < width - 1 && known[at + 1] === 1) ||
    known[at - width] === 1 ||
    known[at + width] === 1
  );
}

/** Where the known pixels of a patch are, from its centre. */
function knownParts(target: number, known: Uint8Array, { width, height }: HoledPicture): number[] {
  const x = target % width;
  const y = (target - x) / width;
  const parts: number[] = [];
  for (
    let row = Math.max(-PATCH_RADIUS, -y);
    row <= Math.min(PATCH_RADIUS, height - 1 - y);
    row += 1
  ) {
    const last = Math.min(PATCH_RADIUS, width - 1 - x);
    for (let column = Math.max(-PATCH_RADIUS, -x); column <= last; column += 1) {
      const part = row * width + column;
      if (known[target + part] === 1) parts.push(part);
    }
  }
  return parts;
}
