import type { Pixels } from './pixels.ts';

/** What every value of a channel was multiplied by, and what was added to it. */
interface Line {
  readonly gain: number;
  readonly offset: number;
}

/** Larger ones are no drift: somebody asked for another light. */
const MAX_GAIN = 0.1;
const MAX_SHIFT = 10;
/** Differences beyond it are of the edit. */
const SCALE = 12;
const ROUNDS = 8;
/** So many pixels tell. */
const MAX_SAMPLES = 40_000;

/**
 * How the colours of a whole picture moved, channel by channel: the straight line that most pixels keep to.
 * Undefined where they moved so far that it must have been asked for, or not along a line.
 */
export function colourDrift(source: Pixels, painted: Pixels): readonly Line[] | undefined {
  const lines = [0, 1, 2].map((channel) => lineOf(source.data, painted.data, channel));
  const isSmall = ({ gain, offset }: Line) =>
    Math.abs(gain - 1) <= MAX_GAIN && Math.abs(gain * 128 + offset - 128) <= MAX_SHIFT;
  return lines.every(isSmall) ? lines : undefined;
}

/** From the painted picture to the source. */
function lineOf(source: Uint8Array, painted: Uint8Array, channel: number): Line {
  let line: Line = { gain: 1, offset: 0 };
  const stride = 3 * Math.max(1, Math.floor(source.length / 3 / MAX_SAMPLES));
  for (let round = 0; round < ROUNDS; round += 1) {
    // At first wide enough for any drift, so that what keeps to it is found at all.
    const scale = SCALE * 2 ** Math.max(0, 2 - round);
    let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
    for (let at = channel; at < source.length; at += stride) {
      const from = painted[at] ?? 0;
      const to = source[at] ?? 0;
      // What was cut off at either end keeps to no line.
      if (from < 3 || from > 252 || to < 3 || to > 252) continue;
      const weight = 1 / (1 + ((to - line.gain * from - line.offset) / scale) ** 2) ** 2;
      n += weight;
      x += weight * from;
      y += weight * to;
      xx += weight * from * from;
      xy += weight * from * to;
    }
    const spread = n * xx - x * x;
    // Of a picture of one colour only the offset can be told.
    if (n < 1) return line;
    const gain = spread > n * n * 4 ? (n * xy - x * y) / spread : 1;
    line = { gain, offset: (y - gain * x) / n };
  }
  return line;
}

/** The same picture with its colours moved back. */
export function undoColours({ data, width, height }: Pixels, lines: readonly Line[]): Pixels {
  const tables = lines.map(({ gain, offset }) =>
    Uint8ClampedArray.from({ length: 256 }, (_, value) => gain * value + offset),
  );
  const out = new Uint8Array(data.length);
  for (const [channel, table] of tables.entries()) {
    for (let at = channel; at < data.length; at += 3) out[at] = table[data[at] ?? 0] ?? 0;
  }
  return { data: out, width, height };
}
