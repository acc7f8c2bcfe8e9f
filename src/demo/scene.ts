import sharp from 'sharp';

import type { EncodedImage } from '../image/types.ts';
import { drawBank } from './bank.ts';
import { BOAT, BOAT_WATERLINE } from './boat.ts';
import { clamp, createCanvas, type Canvas } from './canvas.ts';
import { drawHeadland, HEADLAND_WATERLINE } from './headland.ts';
import { uniformNumbers } from '../pipeline/seeds.ts';
import { paintSky } from './sky.ts';
import { paintTerrain } from './terrain.ts';
import { treeLine } from './trees.ts';
import { paintWater } from './water.ts';

const WIDTH = 1600;
const HEIGHT = 1067;
/** The row of the far shore. */
const HORIZON = 566;

/**
 * Draws the picture that the demo edits: a lake at dusk with a red-roofed cabin and a red sail, as a
 * camera would get it wrong: too dark, flat and too blue. Every call gives the same JPEG.
 */
export async function renderScene(): Promise<EncodedImage> {
  const headland = drawHeadland();
  const standing = rasterise(
    `<path d="${treeLine(0, WIDTH, HORIZON + 3, 24, 3)}" fill="#55625c"/>${headland}${BOAT}`,
  );
  const mirrored = rasterise(flipped(HEADLAND_WATERLINE, headland) + flipped(BOAT_WATERLINE, BOAT));

  const bank = rasterise(drawBank());

  const canvas = createCanvas(WIDTH, HEIGHT);
  await paintSky(canvas, HORIZON);
  paintTerrain(canvas, HORIZON);
  paintWater(canvas, HORIZON, await mirrored);
  lay(canvas, await standing);
  lay(canvas, await bank);
  const bytes = await sharp(spoil(canvas), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes, format: 'jpeg', width: WIDTH, height: HEIGHT };
}

const flipped = (waterline: number, drawing: string): string =>
  `<g transform="translate(0 ${waterline * 2}) scale(1 -1)">${drawing}</g>`;

/** Interleaved RGBA. */
async function rasterise(drawing: string): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${drawing}</svg>`;
  return sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
}

/** Paints RGBA over the canvas. */
function lay({ rgb }: Canvas, rgba: Uint8Array): void {
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const opacity = (rgba[from + 3] ?? 0) / 255;
    if (opacity === 0) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      const under = rgb[to + channel] ?? 0;
      rgb[to + channel] = under + ((rgba[from + channel] ?? 0) - under) * opacity;
    }
  }
}

/** How far from a good exposure the camera was, by channel, and its veil over the shadows. */
const EXPOSURE = [0.56, 0.63, 0.75] as const;
const VEIL = [17, 20, 30] as const;
const GRAIN = 5;

function spoil({ rgb, width, height }: Canvas): Uint8Array {
  const random = uniformNumbers(1067);
  const bytes = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const x = (at / 3) % width;
    const y = (at / 3 - x) / width;
    const corner = Math.hypot(x / width - 0.5, (y / height - 0.5) * 0.8);
    const vignette = 1 - 0.42 * corner * corner;
    const grain = (random() + random() + random() - 1.5) * GRAIN;
    for (let channel = 0; channel < 3; channel += 1) {
      const exposure = (EXPOSURE[channel] ?? 1) * vignette;
      bytes[at + channel] = clamp(
        (rgb[at + channel] ?? 0) * exposure + (VEIL[channel] ?? 0) + grain,
        0,
        255,
      );
    }
  }
  return bytes;
}
