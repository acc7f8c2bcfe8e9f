const LONGEST_PERIOD = 10_000;
const TRAINING_STEPS = 1_000;

/**
 * The sinusoid of a time: cosines, then sines, of falling frequencies.
 * @param level Noise level, 0 to 1.
 * @param size Even count of numbers.
 */
export function embedTime(level: number, size: number): Float32Array {
  const half = size / 2;
  const time = Math.fround(level * TRAINING_STEPS);
  const embedding = new Float32Array(size);
  for (let index = 0; index < half; index++) {
    // Rounded where the reference rounds: a thousand times a frequency shows its last bits.
    const exponent = Math.fround(
      Math.fround(Math.fround(-Math.log(LONGEST_PERIOD)) * index) / half,
    );
    const frequency = Math.fround(Math.exp(exponent));
    embedding[index] = Math.cos(Math.fround(time * frequency));
    embedding[half + index] = Math.sin(Math.fround(time * frequency));
  }
  return embedding;
}
