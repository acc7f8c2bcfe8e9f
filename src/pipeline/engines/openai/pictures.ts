import { inspectionCopy } from '../../../image/inspection.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';

const urls = new WeakMap<EncodedImage, Promise<string>>();

/** A copy of at most 1024 pixels a side as a `data:` URL: the same letters each time. */
export function pictureUrl(image: EncodedImage, call: Call): Promise<string> {
  const known = urls.get(image);
  if (known) return known;
  const url = inspectionCopy(image, call).then(
    (jpeg) => `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`,
  );
  urls.set(image, url);
  url.catch(() => urls.delete(image));
  return url;
}
