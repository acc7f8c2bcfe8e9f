/** Colour arithmetic: sRGB (IEC 61966-2-1), linear light, and CIE L*a*b* (D65). All in 0..1 but Lab. */

export type Triple = readonly [number, number, number];

export const srgbToLinear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

export const linearToSrgb = (value: number): number =>
  value <= 0.003_130_8 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;

const labCurve = (t: number): number =>
  t > 0.008_856_45 ? Math.cbrt(t) : t * 7.787_037 + 16 / 116;
const labCurveInverse = (f: number): number =>
  f > 0.206_896_55 ? f ** 3 : (f - 16 / 116) / 7.787_037;

/** Weights of linear red, green and blue in luminance (ITU-R BT.709). */
export const LUMINANCE: Triple = [0.2126, 0.7152, 0.0722];

export const luminance = (red: number, green: number, blue: number): number =>
  LUMINANCE[0] * red + LUMINANCE[1] * green + LUMINANCE[2] * blue;

/** L*, 0 to 100, of a relative luminance, 0 to 1. */
export const lightnessOf = (y: number): number => 116 * labCurve(y) - 16;

/** Relative luminance, 0 to 1, of an L*, 0 to 100. */
export const luminanceOf = (lightness: number): number => labCurveInverse((lightness + 16) / 116);

/** Linear light of each 8-bit sRGB value. */
export const LINEAR_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) =>
  srgbToLinear(byte / 255),
);

const CURVE_STEPS = 8192;
const CURVE = Float32Array.from({ length: CURVE_STEPS + 2 }, (_, index) =>
  labCurve(index / CURVE_STEPS),
);

/** Fills L*, a* and b* of interleaved 8-bit sRGB pixels. */
export function bytesToLab(
  rgb: Uint8Array,
  lightness: Float32Array,
  a: Float32Array,
  b: Float32Array,
): void {
  for (let pixel = 0, at = 0; pixel < lightness.length; pixel += 1, at += 3) {
    const red = LINEAR_OF_BYTE[rgb[at] ?? 0] ?? 0;
    const green = LINEAR_OF_BYTE[rgb[at + 1] ?? 0] ?? 0;
    const blue = LINEAR_OF_BYTE[rgb[at + 2] ?? 0] ?? 0;
    const x = (0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47;
    const y = 0.212_672_9 * red + 0.715_152_2 * green + 0.072_175 * blue;
    const z = (0.019_333_9 * red + 0.119_192 * green + 0.950_304_1 * blue) / 1.088_83;
    const fx = CURVE[(x * CURVE_STEPS + 0.5) | 0] ?? 1;
    const fy = CURVE[(y * CURVE_STEPS + 0.5) | 0] ?? 1;
    const fz = CURVE[(z * CURVE_STEPS + 0.5) | 0] ?? 1;
    lightness[pixel] = 116 * fy - 16;
    a[pixel] = 500 * (fx - fy);
    b[pixel] = 200 * (fy - fz);
  }
}

/** L*, a* and b* of an sRGB colour. */
export function labOf(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [srgbToLinear(red), srgbToLinear(green), srgbToLinear(blue)];
  const fx = labCurve((0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47);
  const fy = labCurve(0.212_672_9 * r + 0.715_152_2 * g + 0.072_175 * b);
  const fz = labCurve((0.019_333_9 * r + 0.119_192 * g + 0.950_304_1 * b) / 1.088_83);
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** Linear sRGB of a Lab colour; channels may leave 0..1 where the colour is out of gamut. */
export function labToLinear(lightness: number, a: number, b: number): Triple {
  const fy = (lightness + 16) / 116;
  const x = 0.950_47 * labCurveInverse(fy + a / 500);
  const y = labCurveInverse(fy);
  const z = 1.088_83 * labCurveInverse(fy - b / 200);
  return [
    3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z,
    -0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z,
    0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z,
  ];
}

/** Contrast ratio of two relative luminances, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastRatio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
