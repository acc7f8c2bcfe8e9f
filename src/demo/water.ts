import { clamp, mix, paint, smoothStep, type Canvas, type Colour } from './canvas.ts';
import { createNoise } from './noise.ts';
import { SUN } from './sky.ts';

const DEEP: Colour = [30, 52, 78];
const GLITTER: Colour = [255, 226, 168];

const waves = createNoise(47);

/** What stands on the lake, already upside down: interleaved RGBA of the canvas' size, 8 bits each. */
export type Reflected = Uint8Array;

/** Paints the lake below `horizon`: what is above it mirrored, and `reflected` before that. */
export function paintWater(canvas: Canvas, horizon: number, reflected: Reflected): void {
  const { width, height } = canvas;
  for (let y = horizon; y < height; y += 1) {
    const depth = (y - horizon) / (height - horizon);
    const near = 1 / (depth + 0.035);
    const reach = 2 + depth * 30;
    for (let x = 0; x < width; x += 1) {
      const u = (x / width - 0.5) * near * 9;
      const swell = waves.fractal(u * 0.55, near * 7, 3);
      const ripple = waves.at(u * 2.6 + swell, near * 26);
      const lift = (swell * 0.75 + ripple * 0.45) * reach;

      const mirrored = clamp(horizon - 1 - (y - horizon) * 1.02 - lift, 0, horizon - 1);
      const sideways = clamp(x + (swell - ripple) * reach * 0.22, 0, width - 1);
      let colour = pixel(canvas, sideways, mirrored);
      const standing = overlay(reflected, width, height, sideways, clamp(y + lift, 0, height - 1));
      colour = mix(colour, standing.colour, standing.opacity * 0.94);

      const shallow = 0.2 + 0.36 * depth + clamp(ripple * 0.3, -0.08, 0.22);
      colour = mix(colour, DEEP, clamp(shallow, 0.08, 0.68));
      const lane = Math.exp(-(((x / width - SUN.x) / (0.022 + depth * 0.085)) ** 2));
      const spark =
        smoothStep(0.12, 0.62, swell * 0.6 + ripple * 0.8) * lane * (1 - standing.opacity);
      paint(canvas, x, y, mix(colour, GLITTER, spark * (0.85 - depth * 0.35)));
    }
  }
}

function pixel({ width, rgb }: Canvas, x: number, y: number): Colour {
  const at = (Math.round(y) * width + Math.round(x)) * 3;
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

function overlay(rgba: Reflected, width: number, height: number, x: number, y: number) {
  const at = (Math.min(height - 1, Math.round(y)) * width + Math.round(x)) * 4;
  const colour: Colour = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
  return { colour, opacity: (rgba[at + 3] ?? 0) / 255 };
}
