import { createRequire } from 'node:module';

/** Words that carry a request; a word that is no word but a slip away from one is taken for it. */
const WORDS = new Set(
  `brighter brighten brightness bright darker darken exposure lighten lighter underexposed overexposed
  contrast contrasty monochrome warmer warmth warm cooler temperature saturation saturated saturate
  desaturate desaturated vibrant vivid vibrance colorful muted sharper sharpen sharp sharpness crisper
  blurry blurred blur soften softer rotate rotated clockwise counterclockwise degrees flip flipped mirror
  mirrored horizontally vertically horizontal vertical upsidedown crop cropped square portrait landscape
  widescreen resize resized scale smaller larger bigger pixels caption title enhance enhanced improve
  invert inverted reduce pixels posterize noise removal
  sepia remove removed background backdrop rounded corners border borders frame watermark highlights shadows
  transparent collage montage grayscale polaroid vintage vignetting pixelate pixelated sticker subject
  slightly little bottom picture photo image whole everything balance white black yellow orange
  straighten crooked horizon vignette grain grainy noise clarity texture dehaze denoise equalize
  duotone posterize posterise solarize solarise purple magenta turquoise recolor background except
  selective change increase decrease reduce lower raise boost please really much more less very`.split(
    /\s+/,
  ),
);

/** English words, loaded only when a word has turned out to be near one of ours. */
let english: readonly string[] | undefined;

function isEnglish(word: string): boolean {
  english ??= createRequire(import.meta.url)('an-array-of-english-words') as string[];
  return english.includes(word);
}

/** Mends slips of the finger in words of five letters and more; leaves everything else as it is. */
export function correctSpelling(text: string): string {
  return text.replaceAll(/[a-z]{5,}/g, (word) => {
    if (WORDS.has(word)) return word;
    const allowed = word.length >= 8 ? 2 : 1;
    let best: string | undefined;
    let bestDistance = allowed + 1;
    for (const candidate of WORDS) {
      if (candidate.length < 5 || Math.abs(candidate.length - word.length) > allowed) continue;
      if (word.startsWith(candidate) || candidate.startsWith(word)) continue;
      const distance = slips(word, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best === undefined || isEnglish(word) ? word : best;
  });
}

/** Letters added, left out, mistaken or swapped with a neighbour (optimal string alignment). */
function slips(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, row) => {
    const line = Array.from<number>({ length: other.length + 1 }).fill(0);
    line[0] = row;
    return line;
  });
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let column = 0; column <= other.length; column += 1) (rows[0] as number[])[column] = column;
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let cost = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + same,
      );
      if (one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, at(row - 2, column - 2) + 1);
      }
      (rows[row] as number[])[column] = cost;
    }
  }
  return at(one.length, other.length);
}
