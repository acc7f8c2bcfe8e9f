/** Where the tokens of a text are, as the text encoder saw them once its prefix was dropped. */
export interface TextLayout {
  /** Time of each token in the text encoder's own positions. */
  readonly times: Float32Array;
  /** The run of vision tokens, row by row; absent when the condition has no picture. */
  readonly vision?: VisionGrid;
}

export interface VisionGrid {
  /** Index of the first vision token. */
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  /** Size in pixels of the picture that was shown, before it was made to fit the text encoder. */
  readonly width: number;
  readonly height: number;
}

const AXES = 3;
/** Pixels of one vision token, and of one token of the transformer, along each axis. */
const VISION_PIXELS = 28;
const LATENT_PIXELS = 16;

/**
 * Positions of text tokens on the axes time, row, column, [tokens, 3]. Times end at -1, before the pictures' 0
 * and 1. Text is at row and column 0, vision tokens where the same place of the picture has its latents.
 */
export function textPositions({ times, vision }: TextLayout): Float32Array {
  const positions = new Float32Array(times.length * AXES);
  const end = times.reduce((latest, time) => Math.max(latest, time), -Infinity) + 1;
  times.forEach((time, token) => (positions[token * AXES] = time - end));
  if (vision === undefined) return positions;
  const { start, rows, columns } = vision;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (start + row * columns + column) * AXES;
      positions[at + 1] = latentPlace(row, rows, vision.height);
      positions[at + 2] = latentPlace(column, columns, vision.width);
    }
  }
  return positions;
}

/** From the centre of a vision token to the picture's pixels, and from there to the latents' grid. */
function latentPlace(index: number, count: number, pixels: number): number {
  const resized = index * VISION_PIXELS + 13.5;
  const pixel = (resized * (pixels - 1)) / (count * VISION_PIXELS - 1);
  return (pixel - 11) / LATENT_PIXELS;
}

/** Positions of a picture's tokens, row by row, [rows · columns, 3]. @param time 0 for noise, 1 for the source. */
export function imagePositions(rows: number, columns: number, time: number): Float32Array {
  const positions = new Float32Array(rows * columns * AXES);
  for (let token = 0; token < rows * columns; token++) {
    positions[token * AXES] = time;
    positions[token * AXES + 1] = Math.floor(token / columns);
    positions[token * AXES + 2] = token % columns;
  }
  return positions;
}

const THETA = 10_000;

/** The rotation of each token: cosine and sine of half its head's size, [tokens, size / 2]. */
export interface Rotations {
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
}

/** @param axes Sizes of the axes' shares of a head. @param positions [tokens, 3]. */
export function rotations(positions: Float32Array, axes: readonly number[]): Rotations {
  const tokens = positions.length / AXES;
  const half = axes.reduce((sum, size) => sum + size, 0) / 2;
  const cosine = new Float32Array(tokens * half);
  const sine = new Float32Array(tokens * half);
  const frequencies = axes.flatMap((size, axis) =>
    Array.from({ length: size / 2 }, (_, pair) => ({ axis, step: THETA ** ((-2 * pair) / size) })),
  );
  for (let token = 0; token < tokens; token++) {
    frequencies.forEach(({ axis, step }, pair) => {
      const angle = (positions[token * AXES + axis] ?? 0) * step;
      cosine[token * half + pair] = Math.cos(angle);
      sine[token * half + pair] = Math.sin(angle);
    });
  }
  return { cosine, sine };
}
