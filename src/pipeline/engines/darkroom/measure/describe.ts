import type { Photo } from './photo.ts';
import { statisticsOf } from './statistics.ts';

/** L*, a*, b* of the colours that people name. */
const NAMED = [
  ['black', 8, 0, 0],
  ['gray', 50, 0, 0],
  ['white', 96, 0, 0],
  ['red', 45, 60, 40],
  ['brown', 38, 14, 26],
  ['orange', 65, 38, 60],
  ['yellow', 85, -3, 70],
  ['green', 50, -40, 35],
  ['olive', 45, -8, 32],
  ['teal', 50, -28, -8],
  ['sky blue', 75, -10, -25],
  ['blue', 40, 15, -50],
  ['purple', 38, 42, -42],
  ['pink', 72, 40, 2],
  ['beige', 82, 3, 16],
] as const satisfies readonly (readonly [string, number, number, number])[];

/** What the measurements say of a picture, in plain sentences. */
export function describe(photo: Photo): string {
  const {
    medianLightness,
    lightnessSpread,
    clippedHighlights,
    crushedShadows,
    meanChroma,
    edgeStrength,
    cast,
  } = statisticsOf(photo);
  const tone =
    medianLightness < 20
      ? 'very dark'
      : medianLightness < 38
        ? 'rather dark'
        : medianLightness < 64
          ? 'of medium brightness'
          : medianLightness < 80
            ? 'bright'
            : 'very bright';
  const spread =
    lightnessSpread < 10
      ? 'flat'
      : lightnessSpread < 17
        ? 'of moderate contrast'
        : 'rich in contrast';
  const color =
    meanChroma < 2
      ? 'without color'
      : meanChroma < 10
        ? 'with muted colors'
        : meanChroma < 28
          ? 'with natural colors'
          : 'with strong colors';
  const notes = [
    clippedHighlights > 1 && `${clippedHighlights.toFixed(0)} % of it is blown out`,
    crushedShadows > 3 && `${crushedShadows.toFixed(0)} % of it is pure black`,
    cast.share > 0.3 &&
      Math.hypot(cast.a, cast.b) > 6 &&
      `its greys lean to ${Math.abs(cast.b) > Math.abs(cast.a) ? (cast.b > 0 ? 'yellow' : 'blue') : cast.a > 0 ? 'red' : 'green'}`,
    edgeStrength < 0.8 && 'its edges are soft',
  ].filter((note) => note !== false);
  const shape = `I see a picture of ${photo.width} × ${photo.height} px, ${tone}, ${spread}, ${color}`;
  return `${shape} (mostly ${dominantColours(photo).join(', ')})${notes.length > 0 ? `; ${notes.join('; ')}` : ''}.`;
}

/** Up to three names, the most frequent first. */
function dominantColours({ lightness, a, b }: Photo): string[] {
  const counts = new Map<string, number>();
  const step = Math.max(1, Math.floor(lightness.length / 20_000));
  for (let pixel = 0; pixel < lightness.length; pixel += step) {
    let nearest = 'gray';
    let distance = Infinity;
    for (const [name, light, nameA, nameB] of NAMED) {
      const away =
        ((lightness[pixel] as number) - light) ** 2 * 0.6 +
        ((a[pixel] as number) - nameA) ** 2 +
        ((b[pixel] as number) - nameB) ** 2;
      if (away < distance) {
        distance = away;
        nearest = name;
      }
    }
    counts.set(nearest, (counts.get(nearest) ?? 0) + 1);
  }
  return [...counts.entries()]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 3)
    .map(([name]) => name);
}
