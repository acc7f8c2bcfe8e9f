import { openImage, toPixels } from '../pixels/pixels.ts';
import type { Evidence } from './goal.ts';
import { likeness } from './likeness.ts';
import { photoOfCopy, type Photo } from './photo.ts';

/**
 * How much the file, opened again, looks like the picture that was to be written to it, percent.
 * Where something is transparent both count as white, as a JPEG shows it.
 */
export async function fileLikeness(evidence: Evidence): Promise<number> {
  const { edited, file } = evidence;
  const { width, height } = edited.copy;
  const { sharp } = await openImage(file);
  const written = await toPixels(sharp.resize({ width, height, fit: 'fill' }), false);
  const opened = photoOfCopy(written, file.width, file.height);
  return likeness({ ...evidence, base: onWhite(edited), edited: onWhite(opened) });
}

function onWhite(photo: Photo): Photo {
  const { visible } = photo;
  if (!visible) return photo;
  return {
    ...photo,
    lightness: photo.lightness.map((light, pixel) => (visible[pixel] ? light : 100)),
  };
}
