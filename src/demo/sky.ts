import sharp from 'sharp';

import { clamp, createCanvas, mix, paint, smoothStep, toBytes } from './canvas.ts';
import type { Canvas, Colour } from './canvas.ts';
import { createNoise } from './noise.ts';

/** Where the sun stands behind the ridge, as shares of the picture's width and of the sky's height. */
export const SUN = { x: 0.6, y: 0.93 } as const;

const ZENITH: Colour = [52, 84, 142];
const MIDDLE: Colour = [126, 148, 190];
const HORIZON: Colour = [242, 196, 158];
const GLOW: Colour = [255, 214, 140];
const CLOUD_LIT: Colour = [255, 196, 150];
const CLOUD_SHADE: Colour = [108, 104, 142];

const clouds = createNoise(11);

/** The sky has no fine detail: half the resolution is enough. */
const COARSENESS = 2;

/** Paints the sky above `horizon`. */
export async function paintSky(canvas: Canvas, horizon: number): Promise<void> {
  const { width } = canvas;
  const coarse = createCanvas(Math.ceil(width / COARSENESS), Math.ceil(horizon / COARSENESS));
  for (let y = 0; y < coarse.height; y += 1) {
    for (let x = 0; x < coarse.width; x += 1) {
      paint(coarse, x, y, skyColour(x / coarse.width, y / coarse.height));
    }
  }
  const raw = { width: coarse.width, height: coarse.height, channels: 3 } as const;
  const fine = await sharp(toBytes(coarse), { raw })
    .resize(width, horizon, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  canvas.rgb.set(fine);
}

/** The colour of the sky; x and y are shares of the width and of the height above the horizon. */
function skyColour(x: number, y: number): Colour {
  const toSun = Math.hypot((x - SUN.x) * 1.25, (y - SUN.y) * 0.8);
  const near = Math.exp(-toSun * 3.2);
  let colour = y < 0.55 ? mix(ZENITH, MIDDLE, y / 0.55) : mix(MIDDLE, HORIZON, (y - 0.55) / 0.45);
  colour = mix(colour, GLOW, clamp(near * 1.05));

  const density = cloudDensity(x, y);
  if (density > 0) {
    const towardsSun = cloudDensity(x + (SUN.x - x) * 0.05, y + 0.05);
    const lit = clamp(0.42 + (density - towardsSun) * 1.5 + near * 0.9);
    const cloud = mix(CLOUD_SHADE, mix(CLOUD_LIT, GLOW, near), lit);
    colour = mix(colour, cloud, density * 0.82);
  }
  const disc = Math.exp(-((toSun * 13) ** 2));
  return mix(colour, [255, 246, 214], clamp(disc * 0.9));
}

/** Clouds lie in a flat layer, so they get smaller and flatter towards the horizon. */
function cloudDensity(x: number, y: number): number {
  const distance = 1 / (1.12 - y);
  const u = (x - 0.5) * distance * 1.5;
  const v = distance * 1.9;
  const bend = clouds.fractal(u * 0.9 + 4.2, v * 0.9, 2) * 0.5;
  const value = clouds.fractal(u * 1.2 + bend, v * 2.1 - bend + 3.4, 6) * 0.5 + 0.5;
  const cover = 0.5 + 0.06 * Math.sin(y * 9 + x * 2);
  return smoothStep(cover, cover + 0.24, value) * smoothStep(1.02, 0.8, y);
}
