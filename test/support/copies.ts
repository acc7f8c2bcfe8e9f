import sharp from 'sharp';

import type { Copy } from '../../src/pipeline/engines/darkroom/vision/copy.ts';

/** Pseudo-random numbers from -0.5 to 0.5, the same every time. */
export function randomNumbers(seed = 12_345): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24 - 0.5;
  };
}

/** A drawing (SVG elements) as a copy, with grain of `grain` levels between its extremes. */
export async function drawCopy(
  elements: string,
  { width = 480, height = 320, grain = 8 } = {},
): Promise<Copy> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${elements}</svg>`;
  const data = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).raw().toBuffer();
  const random = randomNumbers();
  const rgb = Uint8Array.from(data, (value) =>
    Math.min(255, Math.max(0, Math.round(value + random() * grain))),
  );
  return { width, height, rgb };
}

/** Where a drawing in white on black is: 255 there, 0 elsewhere. */
export async function drawMask(
  elements: string,
  { width = 480, height = 320 } = {},
): Promise<Uint8Array> {
  const background = `<rect width="${width}" height="${height}" fill="#000"/>`;
  const { rgb } = await drawCopy(background + elements, { width, height, grain: 0 });
  return Uint8Array.from({ length: width * height }, (_, at) =>
    (rgb[at * 3] ?? 0) >= 128 ? 255 : 0,
  );
}

/** A copy whose pixels are made one by one. */
export function makeCopy(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Copy {
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    rgb.set(colour(at % width, Math.floor(at / width)), at * 3);
  }
  return { width, height, rgb };
}

/** Pictures that have nothing in them, or next to nothing of them. */
export function oddCopies(): [name: string, copy: Copy][] {
  const random = randomNumbers(7);
  const noise = (): number => 128 + random() * 200;
  return [
    ['one pixel', makeCopy(1, 1, () => [90, 120, 150])],
    ['a column', makeCopy(1, 1000, (_, y) => [y % 256, 100, 50])],
    ['a row', makeCopy(1000, 1, (x) => [x % 256, 100, 50])],
    ['two by two', makeCopy(2, 2, (x, y) => [x * 255, y * 255, 0])],
    ['a strip', makeCopy(1024, 3, (x, y) => [x % 251, y * 100, 9])],
    ['white', makeCopy(120, 90, () => [255, 255, 255])],
    ['black', makeCopy(120, 90, () => [0, 0, 0])],
    ['noise', makeCopy(200, 150, () => [noise(), noise(), noise()])],
  ];
}
