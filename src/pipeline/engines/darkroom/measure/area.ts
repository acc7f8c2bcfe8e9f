import { drawMask, feather, invertMask, type Mask } from '../pixels/mask.ts';
import { shapeOf, type Part, type Region } from '../pixels/region.ts';
import type { Photo } from './photo.ts';
import { colourMask, isColourPart } from './colour-mask.ts';
import { geometricWeight, isGeometricPart } from './geometric-mask.ts';
import { isTonePart, toneMask } from './tone-mask.ts';
import type { Found } from '../vision/found.ts';
import { findSky } from '../vision/sky.ts';
import { findSubject } from '../vision/subject.ts';

/** A region as found on a picture. */
export interface Area {
  readonly region: Region;
  /** Absent for the whole picture. */
  readonly mask?: Mask;
  /** How surely it was found, 0 to 1; 1 where nothing had to be recognised. */
  readonly confidence: number;
}

export const WHOLE: Area = { region: 'picture', confidence: 1 };

const known = new WeakMap<Photo, Map<Region, Promise<Area>>>();

/** Finds a region on a picture, once. */
export function areaOf(photo: Photo, region: Region): Promise<Area> {
  if (region === 'picture') return Promise.resolve(WHOLE);
  const ofPhoto = known.get(photo) ?? new Map<Region, Promise<Area>>();
  known.set(photo, ofPhoto);
  const earlier = ofPhoto.get(region);
  if (earlier) return earlier;
  const found = find(photo, region);
  ofPhoto.set(region, found);
  return found;
}

/** All regions that steps name, found on the picture that the steps start from. */
export async function areasOf(
  photo: Photo,
  steps: readonly { readonly region: Region }[],
): Promise<Areas> {
  const areas = new Map<Region, Area>();
  for (const { region } of steps) areas.set(region, await areaOf(photo, region));
  return areas;
}

export type Areas = ReadonlyMap<Region, Area>;

async function find(photo: Photo, region: Region): Promise<Area> {
  const shape = shapeOf(region);
  if ('box' in shape) {
    const { left, top, width, height } = shape.box;
    const mask = drawMask(photo.copy, (x, y) => {
      const [fullX, fullY] = [x * photo.width, y * photo.height];
      return fullX >= left && fullX < left + width && fullY >= top && fullY < top + height ? 1 : 0;
    });
    return { region, mask, confidence: 1 };
  }
  // What is all but something is found by finding that, once for both.
  if (shape.inverted) return inverted(await areaOf(photo, shape.part), region);
  if (shape.part === 'background') return inverted(await areaOf(photo, 'subject'), region);
  return { region, ...(await findPart(photo, shape.part)) };
}

const inverted = ({ mask, confidence }: Area, region: Region): Area =>
  mask ? { region, mask: invertMask(mask), confidence } : { region, confidence };

function findPart(photo: Photo, part: Exclude<Part, 'background'>): Promise<Found> {
  const sure = (mask: Mask) => Promise.resolve({ mask, confidence: 1 });
  if (isGeometricPart(part)) {
    return sure(drawMask(photo.copy, (x, y) => geometricWeight(part, x, y)));
  }
  const radius = Math.round(Math.max(photo.copy.width, photo.copy.height) / 300);
  if (isTonePart(part)) return sure(feather(toneMask(photo, part), radius));
  if (isColourPart(part)) return sure(feather(colourMask(photo, part), radius));
  switch (part) {
    case 'sky':
      return findSky(photo.copy);
    case 'subject':
      return photo.visible ? sure(maskOf(photo, photo.visible)) : findSubject(photo.copy);
  }
  return part satisfies never;
}

/** What can be seen of a cut-out is its subject. */
const maskOf = ({ copy: { width, height } }: Photo, visible: Uint8Array): Mask => ({
  width,
  height,
  weights: visible.map((seen) => 255 * seen),
});
