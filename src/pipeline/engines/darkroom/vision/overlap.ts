/** Shared area of two masks of 0 and 255 over the area of both, 0 to 1; 1 when both are empty. */
export function overlap(one: Uint8Array, other: Uint8Array): number {
  let [shared, all] = [0, 0];
  for (let at = 0; at < one.length; at += 1) {
    const [first, second] = [(one[at] ?? 0) >= 128, (other[at] ?? 0) >= 128];
    if (first && second) shared += 1;
    if (first || second) all += 1;
  }
  return all > 0 ? shared / all : 1;
}
