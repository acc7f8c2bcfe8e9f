import type { Copy } from './copy.ts';
import { withOpenCv } from './opencv.ts';

/** What is usual nearby is the median over so many windows' widths. */
const USUAL_WINDOWS = 2;
/** A deviation counts from so many levels on, and from so many times what is usual nearby. */
const LEAST = 12;
const TIMES_USUAL = 4;

/**
 * Where a picture differs from its median over windows of `window` pixels by more than is usual
 * nearby: 1 there, 0 elsewhere. Windows see what is narrower than about half of them.
 */
export function deviationsOf(copy: Copy, window: number): Promise<Uint8Array> {
  const { width, height, rgb } = copy;
  return withOpenCv((cv, own) => {
    const image = own(cv.matFromArray(height, width, cv.CV_8UC3, rgb));
    const smooth = own(new cv.Mat());
    cv.medianBlur(image, smooth, odd(window));
    const median: Uint8Array = smooth.data;
    const difference = Uint8Array.from({ length: width * height }, (_, pixel) => {
      let most = 0;
      for (let at = pixel * 3; at < pixel * 3 + 3; at += 1) {
        most = Math.max(most, Math.abs((rgb[at] as number) - (median[at] as number)));
      }
      return most;
    });
    const usual = own(new cv.Mat());
    cv.medianBlur(
      own(cv.matFromArray(height, width, cv.CV_8UC1, difference)),
      usual,
      odd(window * USUAL_WINDOWS),
    );
    const limits: Uint8Array = usual.data;
    return difference.map((value, at) =>
      value > Math.max(LEAST, TIMES_USUAL * (limits[at] as number)) ? 1 : 0,
    );
  });
}

const odd = (pixels: number): number => Math.max(3, 2 * Math.floor(pixels / 2) + 1);
