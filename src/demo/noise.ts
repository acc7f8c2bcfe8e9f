import { uniformNumbers } from '../pipeline/seeds.ts';

/** A smooth random function of the plane. */
export interface Noise {
  /** About -1 to 1, with features of about one unit. */
  at(x: number, y: number): number;
  /** Octaves of `at`, each about twice as fine and half as strong; about -1 to 1. */
  fractal(x: number, y: number, octaves: number): number;
  /** The same folded into sharp crests; 0 to about 1. */
  ridges(x: number, y: number, octaves: number): number;
}

const TABLE_SIZE = 512;

/** Gradient noise (K. Perlin, "Improving noise", 2002) over a seeded table. */
export function createNoise(seed: number): Noise {
  const random = uniformNumbers(seed);
  const order = Uint16Array.from({ length: TABLE_SIZE }, (_, index) => index);
  for (let index = TABLE_SIZE - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  const across = Float32Array.from(order, () => 0);
  const down = Float32Array.from(order, () => 0);
  for (let index = 0; index < TABLE_SIZE; index += 1) {
    const angle = random() * 2 * Math.PI;
    across[index] = Math.cos(angle) * 1.5;
    down[index] = Math.sin(angle) * 1.5;
  }
  const mask = TABLE_SIZE - 1;
  const corner = (column: number, row: number, x: number, y: number): number => {
    const entry = order[((order[column & mask] ?? 0) + row) & mask] ?? 0;
    return (across[entry] ?? 0) * x + (down[entry] ?? 0) * y;
  };

  const at = (x: number, y: number): number => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const dx = x - column;
    const dy = y - row;
    const sx = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
    const sy = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
    const top = corner(column, row, dx, dy);
    const bottom = corner(column, row + 1, dx, dy - 1);
    const upper = top + sx * (corner(column + 1, row, dx - 1, dy) - top);
    const lower = bottom + sx * (corner(column + 1, row + 1, dx - 1, dy - 1) - bottom);
    return upper + sy * (lower - upper);
  };

  const sum = (
    x: number,
    y: number,
    octaves: number,
    fade: number,
    shape: (value: number) => number,
  ): number => {
    let total = 0;
    let weight = 0.5;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave += 1) {
      total += weight * shape(at(x * scale + octave * 17.3, y * scale - octave * 9.1));
      weight *= fade;
      scale *= 2.03;
    }
    return total;
  };

  return {
    at,
    fractal: (x, y, octaves) => sum(x, y, octaves, 0.5, (value) => value),
    ridges: (x, y, octaves) => sum(x, y, octaves, 0.42, (value) => (1 - Math.abs(value)) ** 2),
  };
}
