/** Above this length of the difference it is damped. */
const DAMPED_FROM = 1;
const POWER = 0.4;

/**
 * Classifier-free guidance: the velocity with the instruction, led away from the one without. Where both differ by
 * more than 1 (the length over a token's channels), the difference is damped to that length's power of 0.6.
 * @param positive With the instruction, [tokens, channels]; `negative` without.
 */
export function guide(
  positive: Float32Array,
  negative: Float32Array,
  scale: number,
  channels: number,
): Float32Array {
  const guided = new Float32Array(positive.length);
  for (let start = 0; start < positive.length; start += channels) {
    let squares = 0;
    for (let index = start; index < start + channels; index++) {
      squares += ((positive[index] ?? 0) - (negative[index] ?? 0)) ** 2;
    }
    const length = Math.sqrt(squares);
    const factor = length > DAMPED_FROM ? scale / length ** POWER : scale;
    for (let index = start; index < start + channels; index++) {
      const without = negative[index] ?? 0;
      guided[index] = without + factor * ((positive[index] ?? 0) - without);
    }
  }
  return guided;
}
