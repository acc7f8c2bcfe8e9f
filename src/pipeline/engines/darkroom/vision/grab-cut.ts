import type { Copy } from './copy.ts';
import { withOpenCv } from './opencv.ts';

/** What is known of a pixel before the cut. */
export const SEED = { outside: 0, inside: 1, maybeOutside: 2, maybeInside: 3 } as const;

const ITERATIONS = 2;

/**
 * Cuts a picture in two along its edges, by the colours of both parts; `seeds` has one of `SEED` for
 * each pixel. Returns 255 inside and 0 outside, or undefined where the seeds have but one part.
 * OpenCV's version of Rother, Kolmogorov and Blake, "GrabCut", SIGGRAPH 2004; the same every time.
 */
export function grabCut(copy: Copy, seeds: Uint8Array): Promise<Uint8Array | undefined> {
  return withOpenCv((cv, own) => {
    const inside = seeds.reduce((sum, seed) => sum + (seed & 1), 0);
    // Each part is described by five colours, which take a pixel each at least.
    if (Math.min(inside, seeds.length - inside) < 5) return undefined;
    const { width, height, rgb } = copy;
    const image = own(cv.matFromArray(height, width, cv.CV_8UC3, rgb));
    const mask = own(cv.matFromArray(height, width, cv.CV_8UC1, seeds));
    const models = [own(new cv.Mat()), own(new cv.Mat())] as const;
    const nowhere = new cv.Rect(0, 0, 1, 1);
    cv.setRNGSeed(1);
    cv.grabCut(image, mask, nowhere, ...models, ITERATIONS, cv.GC_INIT_WITH_MASK);
    return Uint8Array.from(mask.data, (seed: number) => (seed & 1) * 255);
  });
}
