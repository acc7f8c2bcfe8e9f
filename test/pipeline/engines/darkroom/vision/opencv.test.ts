import { describe, expect, it } from 'vitest';

import type { Mat } from '../../../../../src/pipeline/engines/darkroom/vision/opencv.ts';
import { withOpenCv } from '../../../../../src/pipeline/engines/darkroom/vision/opencv.ts';
import { findSky } from '../../../../../src/pipeline/engines/darkroom/vision/sky.ts';
import { findSubject } from '../../../../../src/pipeline/engines/darkroom/vision/subject.ts';
import { drawCopy } from '../../../../support/copies.ts';

describe('OpenCV', () => {
  it('is loaded once and gives what the work returns', async () => {
    const modules = await Promise.all([1, 2, 3].map(() => withOpenCv((cv) => ({ cv }))));
    expect(new Set(modules.map(({ cv }) => cv)).size).toBe(1);
  });

  it('leaves the handling of stray errors to the process', async () => {
    await withOpenCv(() => undefined);
    const foreign = [
      ...process.rawListeners('unhandledRejection'),
      ...process.rawListeners('uncaughtException'),
    ].filter((listener) => /ExitStatus|abort\(/.test(String(listener)));
    expect(foreign).toEqual([]);
  });

  it('frees what the work owned, in reverse, also when it throws', async () => {
    const mats: Mat[] = [];
    const failing = withOpenCv((cv, own) => {
      mats.push(own(new cv.Mat(8, 8, cv.CV_8UC1)), own(new cv.Mat(4, 4, cv.CV_8UC3)));
      throw new TypeError('of the work itself');
    });
    await expect(failing).rejects.toThrow(TypeError);
    expect(mats.map((mat) => mat.isDeleted())).toEqual([true, true]);
  });

  it('turns an exception of its own into an error', async () => {
    const failing = withOpenCv((cv, own) => {
      cv.medianBlur(own(new cv.Mat(8, 8, cv.CV_8UC1)), own(new cv.Mat()), 2);
    });
    await expect(failing).rejects.toMatchObject({ code: 'INTERNAL', cause: expect.any(Error) });
  });

  it('does not grow however often it is used', async () => {
    const copy = await drawCopy(
      '<rect width="480" height="320" fill="#79a7d8"/><circle cx="240" cy="190" r="80" fill="#a33"/>',
    );
    const heapBytes = () => withOpenCv((cv) => (cv as unknown as Heap).HEAPU8.length);
    await Promise.all([findSubject(copy), findSky(copy)]);
    const before = await heapBytes();
    for (let time = 0; time < 12; time += 1) await Promise.all([findSubject(copy), findSky(copy)]);
    await withOpenCv((cv, own) => {
      // Not one of the runs left anything behind: this much is free still.
      own(new cv.Mat(4096, 4096, cv.CV_8UC3));
    });
    expect(await heapBytes()).toBe(before);
  });
});

interface Heap {
  readonly HEAPU8: Uint8Array;
}
