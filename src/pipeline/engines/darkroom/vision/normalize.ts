/** Stretches values to 0..1, where they differ at all. */
export function normalize(values: Float32Array): void {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? 1 / (high - low) : 0;
  for (let at = 0; at < values.length; at += 1) values[at] = ((values[at] as number) - low) * scale;
}
