/** Linear red, green and blue times a weight, and the weight: 4 interleaved values, row by row. */
export interface LightField {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Makes a disc of `radius` pixels of every point. Beyond the edges there is no light and no weight. */
export function spreadDiscs({ width, height, values }: LightField, radius: number): LightField {
  // Sums along each row, one entry ahead of the pixel, so that a stretch of a row is one difference.
  const sums = new Float64Array((width + 1) * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = y * (width + 1) * 4;
    for (let at = 0; at < width * 4; at += 1) {
      sums[row + 4 + at] = (sums[row + at] as number) + (values[y * width * 4 + at] as number);
    }
  }
  const reach = Math.floor(radius);
  const halves = Int32Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.floor(Math.sqrt(Math.max(0, radius ** 2 - (index - reach) ** 2))),
  );
  const spread = new Float32Array(values.length);
  for (let y = 0; y < height; y += 1) {
    const first = Math.max(0, y - reach);
    const last = Math.min(height - 1, y + reach);
    for (let line = first; line <= last; line += 1) {
      const half = halves[line - y + reach] as number;
      const row = line * (width + 1) * 4;
      for (let x = 0, to = y * width * 4; x < width; x += 1, to += 4) {
        const from = row + Math.max(0, x - half) * 4;
        const end = row + Math.min(width, x + half + 1) * 4;
        for (let value = 0; value < 4; value += 1) {
          spread[to + value] =
            (spread[to + value] as number) +
            (sums[end + value] as number) -
            (sums[from + value] as number);
        }
      }
    }
  }
  return { width, height, values: spread };
}
