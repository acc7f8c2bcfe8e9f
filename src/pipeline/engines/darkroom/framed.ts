import type { Photo } from './measure/photo.ts';
import type { Step } from './operation.ts';
import { placed } from './placed.ts';
import type { Box, Size } from './pixels/box.ts';

/** A frame of a finished picture. */
export interface Layer {
  readonly step: Step;
  /** What the frame and all within it cover, in pixels of the finished picture. */
  readonly outer: Box;
  /** What lies within the frame, in pixels of the finished picture. */
  readonly inner: Box;
}

/**
 * Where the frames of a finished picture lie, the innermost first, given its size without them. The
 * file may have been written smaller than the picture was made.
 */
export function layersIn(file: Size, steps: readonly Step[], unframed: Size): Layer[] {
  const layers = layersOf(steps, unframed);
  const written = file.width / (layers.at(-1)?.outer.width ?? file.width);
  if (written === 1) return layers;
  const scaled = ({ left, top, width, height }: Box): Box => ({
    left: Math.round(left * written),
    top: Math.round(top * written),
    width: Math.max(1, Math.floor(width * written)),
    height: Math.max(1, Math.floor(height * written)),
  });
  return layers.map(({ step, outer, inner }) => ({
    step,
    outer: scaled(outer),
    inner: scaled(inner),
  }));
}

function layersOf(steps: readonly Step[], unframed: Size): Layer[] {
  let size: Size = unframed;
  const frames = placed(steps, 'frame').map(({ work, step }) => {
    const { outer, inner } = work.inside(size, step.params);
    size = outer;
    return { step, outer, inner };
  });
  const layers: Layer[] = [];
  let [left, top] = [0, 0];
  for (const { step, outer, inner } of frames.toReversed()) {
    layers.push({
      step,
      outer: { left, top, width: outer.width, height: outer.height },
      inner: { ...inner, left: left + inner.left, top: top + inner.top },
    });
    left += inner.left;
    top += inner.top;
  }
  return layers.toReversed();
}

/** The picture with only what still shows of it when frames have hidden its corners. */
export function throughFrames(photo: Photo, steps: readonly Step[]): Photo {
  const { width, height } = photo.copy;
  let size: Size = photo;
  let [left, top] = [0, 0];
  const visible = photo.visible?.slice() ?? new Uint8Array(width * height).fill(1);
  let hidden = false;
  for (const { work, step } of placed(steps, 'frame')) {
    const shows = work.shows?.(size, step.params);
    if (shows) {
      hidden = true;
      for (let y = 0, pixel = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1, pixel += 1) {
          const fullX = ((x + 0.5) * photo.width) / width;
          const fullY = ((y + 0.5) * photo.height) / height;
          if (!shows(left + fullX, top + fullY)) visible[pixel] = 0;
        }
      }
    }
    const { outer, inner } = work.inside(size, step.params);
    left += inner.left;
    top += inner.top;
    size = outer;
  }
  return hidden ? { ...photo, visible } : photo;
}
