/** How much a pixel's red exceeds its other colours; levels. */
export function redness(rgb: Uint8Array, pixel: number): number {
  const red = rgb[pixel * 3] as number;
  return red - Math.max(rgb[pixel * 3 + 1] as number, rgb[pixel * 3 + 2] as number);
}

/** Whether a pixel is as red as a pupil that a flash lit up: of blood, not of skin or wood, which have more green than blue. */
export function isPupilRed(rgb: Uint8Array, pixel: number): boolean {
  const red = rgb[pixel * 3] as number;
  const green = rgb[pixel * 3 + 1] as number;
  const blue = rgb[pixel * 3 + 2] as number;
  return redness(rgb, pixel) >= 35 && green < 0.55 * red && blue < 0.7 * red && blue > 0.78 * green;
}

/** Whether a pixel may be skin, of any person and in warm or cool light. */
export function isSkin(rgb: Uint8Array, pixel: number): boolean {
  const red = rgb[pixel * 3] as number;
  const green = rgb[pixel * 3 + 1] as number;
  const blue = rgb[pixel * 3 + 2] as number;
  const warm = red > green && green >= 0.9 * blue && red - blue > 12;
  return warm && red > 50 && green > 0.5 * red && green < 0.93 * red && blue > 0.28 * red;
}

/** Whether a pixel may be of an eye outside its pupil: iris, lashes, or white. */
export function isOfEye(rgb: Uint8Array, pixel: number): boolean {
  const red = rgb[pixel * 3] as number;
  const green = rgb[pixel * 3 + 1] as number;
  const blue = rgb[pixel * 3 + 2] as number;
  const high = Math.max(red, green, blue);
  const grey = high - Math.min(red, green, blue) < 0.2 * high;
  return grey || high < 90 || red <= Math.max(green, blue);
}
