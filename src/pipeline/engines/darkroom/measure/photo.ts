import type { Sharp } from 'sharp';

import type { EncodedImage } from '../../../../image/types.ts';
import { bytesToLab } from '../pixels/colour.ts';
import type { Box, Painting } from '../pixels/box.ts';
import { openImage, openPixels, toPixels, type Pixels } from '../pixels/pixels.ts';

/** Measurements are taken at about the size in which a chat shows a picture; pixels. */
const MEASURED_SIDE = 1024;

/** A picture as the measurements see it: a copy of at most 1024 × 1024 pixels, in L*a*b*. */
export interface Photo {
  /** Pixels of the full picture. */
  readonly width: number;
  /** Pixels of the full picture. */
  readonly height: number;
  /** The measured copy, 8-bit RGB. */
  readonly copy: { readonly width: number; readonly height: number; readonly rgb: Uint8Array };
  readonly lightness: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** 1 where a pixel of the copy can be seen, 0 where it is transparent; absent for opaque pictures. */
  readonly visible?: Uint8Array;
}

/** Steps are tried out on a smaller copy still; pixels. */
export const TRIAL_SIDE = 256;

/** What was measured once is kept as long as the picture itself. */
const known = new WeakMap<EncodedImage, Promise<Photo>>();

/** Measures a picture's file. Large JPEGs are not decoded at full size for it. */
export function photoOf(image: EncodedImage): Promise<Photo> {
  let photo = known.get(image);
  if (!photo) {
    photo = openImage(image).then(({ sharp }) => measure(sharp, image.width, image.height));
    known.set(image, photo);
    photo.catch(() => known.delete(image));
  }
  return photo;
}

/** Says that a picture's file and these pixels are the same, so that no file need be decoded again. */
export function rememberPhoto(image: EncodedImage, photo: Promise<Photo>): void {
  known.set(image, photo);
  photo.catch(() => known.delete(image));
}

export function photoOfPixels(pixels: Pixels): Promise<Photo> {
  return measure(openPixels(pixels), pixels.width, pixels.height);
}

async function measure(pipeline: Sharp, width: number, height: number): Promise<Photo> {
  const side = { width: MEASURED_SIDE, height: MEASURED_SIDE };
  const fitted = pipeline.resize({ ...side, fit: 'inside', withoutEnlargement: true });
  return photoOfCopy(await toPixels(fitted, false), width, height);
}

/** The same picture without what was painted over it, in pixels of its measured copy. */
export function hidePainted(photo: Photo, paintings: readonly Painting[]): Photo {
  if (paintings.length === 0) return photo;
  const { width, height } = photo.copy;
  const visible = photo.visible?.slice() ?? new Uint8Array(width * height).fill(1);
  for (const { box, rgba } of paintings) {
    for (let y = 0; y < box.height; y += 1) {
      for (let x = 0; x < box.width; x += 1) {
        if (rgba[(y * box.width + x) * 4 + 3] === 0) continue;
        visible[(box.top + y) * width + box.left + x] = 0;
      }
    }
  }
  return { ...photo, visible };
}

/** A part of a picture, given in its pixels and measured anew: to the pixel what the part alone would be. */
export async function photoWithin(image: EncodedImage, box: Box): Promise<Photo> {
  if (box.width === image.width && box.height === image.height) return photoOf(image);
  const { sharp } = await openImage(image);
  return measure(sharp.extract(box), box.width, box.height);
}

/** A still smaller copy of at most `side` × `side` pixels, picked and not averaged: tones spread as before. */
export async function reducedCopy(photo: Photo, side: number): Promise<Photo> {
  const fitted = openPixels(pixelsOf(photo)).resize({
    width: side,
    height: side,
    fit: 'inside',
    kernel: 'nearest',
    withoutEnlargement: true,
  });
  return photoOfCopy(await toPixels(fitted, false), photo.width, photo.height);
}

/** The measured copy as pixels, transparent where it can't be seen. */
export function pixelsOf({ copy: { rgb, width, height }, visible }: Photo): Pixels {
  if (!visible) return { data: rgb, width, height, channels: 3 };
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    data[pixel * 4 + 3] = visible[pixel] === 0 ? 0 : 255;
  }
  return { data, width, height, channels: 4 };
}

/** The measured copy itself as a Photo of a picture of `width` × `height` pixels. */
export function photoOfCopy(copy: Pixels, width: number, height: number): Photo {
  const count = copy.width * copy.height;
  const rgb = copy.channels === 3 && copy.data instanceof Uint8Array ? copy.data : colours(copy);
  const lightness = new Float32Array(count);
  const a = new Float32Array(count);
  const b = new Float32Array(count);
  bytesToLab(rgb, lightness, a, b);
  const visible = copy.channels === 4 ? opacity(copy) : undefined;
  return {
    width,
    height,
    copy: { width: copy.width, height: copy.height, rgb },
    lightness,
    a,
    b,
    ...(visible && { visible }),
  };
}

function colours({ data, channels }: Pixels): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + 1] ?? 0;
    rgb[to + 2] = data[from + 2] ?? 0;
  }
  return rgb;
}

/** Undefined when nothing is transparent, or everything (then the colours are all there is). */
function opacity({ data }: Pixels): Uint8Array | undefined {
  const visible = new Uint8Array(data.length / 4);
  let seen = 0;
  for (let pixel = 0; pixel < visible.length; pixel += 1) {
    if ((data[pixel * 4 + 3] ?? 0) >= 128) {
      visible[pixel] = 1;
      seen += 1;
    }
  }
  return seen === 0 || seen === visible.length ? undefined : visible;
}
