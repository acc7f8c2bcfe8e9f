import { clamp, mix, paint, scale, smoothStep, type Canvas, type Colour } from './canvas.ts';
import { createNoise } from './noise.ts';
import { SUN } from './sky.ts';

/** Kilometres from the eye to the first and last land that is drawn. */
const NEAREST = 2.2;
const FARTHEST = 17;
/** Each step of the march goes this much farther than the last; the far crests need the finer one. */
const STRIDE = { near: 1.006, far: 1.0018 } as const;
const FAR = 7;
/** Pixels that one kilometre at one kilometre's distance takes up, as a share of the width. */
const FOCAL_LENGTH = 0.95;

const ROCK: Colour = [116, 106, 112];
const SNOW: Colour = [246, 240, 244];
const FOREST: Colour = [44, 66, 50];
const MEADOW: Colour = [92, 104, 58];
const SUNLIGHT: Colour = [1.32, 1.06, 0.8];
const SHADOW: Colour = [0.4, 0.47, 0.66];
const HAZE: Colour = [148, 160, 194];
const WARM_HAZE: Colour = [250, 200, 150];
/** Low from the right and a little from behind the eye, so that slopes show their shape. */
const LIGHT = { across: 0.78, up: 0.5, away: -0.28 } as const;

const land = createNoise(29);

/** Height in kilometres above the lake; x across, z away from the eye, both in kilometres. */
function heightAt(x: number, z: number): number {
  const valley = Math.abs(x / z - (SUN.x - 0.5) / FOCAL_LENGTH);
  const wall = smoothStep(0.0, 0.36, valley) * 0.82 + 0.18;
  const rise = smoothStep(2.2, 5.5, z) * 0.62 + smoothStep(6, 12, z) * 1.05;
  const massif = land.at(x * 0.17 + 8.1, z * 0.2) * 0.35;
  const crest = land.ridges(x * 0.27 + 2.7, z * 0.25 + 1.3, z > FAR ? 5 : 7);
  return Math.max(0, rise * wall * 1.25 * (crest * 2.3 - 0.62 + massif) + 0.004);
}

/**
 * Paints mountains over what is on the canvas already, column by column from the nearest land to the
 * farthest, so that each pixel is painted once. `horizon` is the row of the far shore.
 */
export function paintTerrain(canvas: Canvas, horizon: number): void {
  const focal = canvas.width * FOCAL_LENGTH;
  for (let column = 0; column < canvas.width; column += 1) {
    const slant = (column - canvas.width / 2) / focal;
    let top = horizon;
    for (let z = NEAREST; z < FARTHEST && top > 0; z *= z < FAR ? STRIDE.near : STRIDE.far) {
      const height = heightAt(slant * z, z);
      const row = Math.max(0, Math.round(horizon - (focal * height) / z));
      if (row >= top) continue;
      const colour = landColour(slant * z, z, height, column / canvas.width);
      for (let y = row; y < top; y += 1) paint(canvas, column, y, colour);
      top = row;
    }
  }
}

function landColour(x: number, z: number, height: number, share: number): Colour {
  const reach = 0.012 * z;
  const across = (heightAt(x + reach, z) - height) / reach;
  const away = (heightAt(x, z + reach) - height) / reach;
  const length = Math.hypot(across, 1, away);
  const facing = (-across * LIGHT.across + LIGHT.up - away * LIGHT.away) / length;
  const steep = Math.hypot(across, away);

  const mottle = land.fractal(x * 9, z * 5, 3);
  const woods = smoothStep(0.75, 0.42, height + mottle * 0.22);
  const snow = smoothStep(0.85, 1.3, height + mottle * 0.4 - steep * 0.32);
  let ground = mix(ROCK, mix(FOREST, MEADOW, clamp(mottle * 1.4 - 0.1)), woods);
  ground = mix(ground, SNOW, snow);
  ground = scale(ground, 1 + mottle * 0.16);

  const light = smoothStep(-0.15, 0.85, facing);
  const lit: Colour = [
    ground[0] * (SHADOW[0] + (SUNLIGHT[0] - SHADOW[0]) * light),
    ground[1] * (SHADOW[1] + (SUNLIGHT[1] - SHADOW[1]) * light),
    ground[2] * (SHADOW[2] + (SUNLIGHT[2] - SHADOW[2]) * light),
  ];
  const warmth = Math.exp(-Math.abs(share - SUN.x) * 4.2);
  const thickness = 1 - Math.exp(-(z - 1.4) * (0.085 + 0.16 * Math.exp(-height * 2.6)));
  return mix(lit, mix(HAZE, WARM_HAZE, warmth), clamp(thickness, 0, 0.93));
}
