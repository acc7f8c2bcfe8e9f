import sharp from 'sharp';

import type { EncodedImage } from '../../src/image/types.ts';

/** White shapes of SVG on black, as somebody would draw a mask. */
export async function drawMask(
  width: number,
  height: number,
  shapes: string,
): Promise<EncodedImage> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#000"/><g fill="#fff">${shapes}</g></svg>`;
  const bytes = await sharp(Buffer.from(drawing)).removeAlpha().png().toBuffer();
  return { bytes, format: 'png', width, height };
}

/** The left half, white. */
export const leftHalf = (width: number, height: number): Promise<EncodedImage> =>
  drawMask(width, height, `<rect width="${width / 2}" height="${height}"/>`);
