import { linearToSrgb, srgbToLinear, type Triple } from './colour.ts';

/**
 * Oklab (Björn Ottosson, "A perceptual color space for image processing", 2020): L from 0 to 1, a
 * and b about -0.4 to 0.4. Blue keeps its hue when it is made paler, which it does not in CIE Lab.
 */
export function toOklab(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [srgbToLinear(red), srgbToLinear(green), srgbToLinear(blue)];
  const long = Math.cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
  const middle = Math.cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
  const short = Math.cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
  return [
    0.210_454_255_3 * long + 0.793_617_785 * middle - 0.004_072_046_8 * short,
    1.977_998_495_1 * long - 2.428_592_205 * middle + 0.450_593_709_9 * short,
    0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766 * short,
  ];
}

/** Linear sRGB of an Oklab colour; channels may leave 0..1 where the colour is out of gamut. */
function toLinear(lightness: number, a: number, b: number): Triple {
  const long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b) ** 3;
  const middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b) ** 3;
  const short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b) ** 3;
  return [
    4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
    -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
    -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701 * short,
  ];
}

const EDGE = 1e-4;
const fits = (light: Triple): boolean =>
  light.every((value) => value >= -EDGE && value <= 1 + EDGE);

/** Halvings until a chroma is known to a thousandth of itself. */
const HALVINGS = 10;

/** How much of a chroma sRGB can hold at this lightness and hue, as a share of it, 0 to 1. */
function chromaShare(lightness: number, a: number, b: number): number {
  if (fits(toLinear(lightness, a, b))) return 1;
  let [held, lost] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const share = (held + lost) / 2;
    if (fits(toLinear(lightness, a * share, b * share))) held = share;
    else lost = share;
  }
  return held;
}

/** sRGB, 0 to 1, of an Oklab colour, made paler until sRGB can hold it: hue and lightness stay. */
export function fromOklab([lightness, a, b]: Triple): Triple {
  const light = Math.min(1, Math.max(0, lightness));
  const share = chromaShare(light, a, b);
  const [red, green, blue] = toLinear(light, a * share, b * share);
  return [encode(red), encode(green), encode(blue)];
}

const encode = (value: number): number => linearToSrgb(Math.min(1, Math.max(0, value)));
