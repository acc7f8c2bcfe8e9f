import type { Triple } from '../pixels/colour.ts';
import { airlightOf, darkChannel } from '../pixels/dark-channel.ts';
import { emptyPlane } from '../pixels/plane.ts';
import type { Area } from './area.ts';
import { countedIn } from './counted.ts';
import type { Photo } from './photo.ts';

export interface Haze {
  /** 0 for clear air, 100 where nothing but fog is seen. */
  readonly percent: number;
  /** The color of the haze, sRGB values from 0 to 1. */
  readonly airlight: Triple;
}

/** The dark channel is coarse: a copy of this size shows it, pixels. */
const SIDE = 400;
/** Of all places the clearer half; the other may be sky or a white wall, which look like haze. */
const FROM = 0.02;
const TO = 0.5;

/**
 * How hazy a picture is: the mean of the dark channel (He, Sun, Tang, CVPR 2009) over the clearer
 * half of its places, since haze lies over all of them.
 */
export function hazeOf(photo: Photo, area?: Area): Haze {
  const { width, height, rgb } = photo.copy;
  const step = Math.max(1, Math.ceil(Math.max(width, height) / SIDE));
  const size = { width: Math.ceil(width / step), height: Math.ceil(height / step) };
  const colours = [emptyPlane(size), emptyPlane(size), emptyPlane(size)] as const;
  const counted = countedIn(photo, area);
  const places: number[] = [];
  for (let y = 0, at = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1, at += 1) {
      const pixel = y * step * width + x * step;
      for (const [channel, plane] of colours.entries()) {
        plane.data[at] = (rgb[pixel * 3 + channel] as number) / 255;
      }
      if (counted(pixel)) places.push(at);
    }
  }
  const airlight = airlightOf(colours);
  const dark = darkChannel(colours, airlight).data;
  const sorted = places.map((at) => Math.min(1, dark[at] as number)).toSorted((a, b) => a - b);
  const clearer = sorted.slice(Math.floor(sorted.length * FROM), Math.ceil(sorted.length * TO));
  const sum = clearer.reduce((total, value) => total + value, 0);
  return { percent: (100 * sum) / Math.max(1, clearer.length), airlight };
}
