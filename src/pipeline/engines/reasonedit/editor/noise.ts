/**
 * Normally distributed numbers that a seed alone decides.
 * @param seed Any integer; its low 32 bits count.
 */
export function normalNumbers(seed: number, count: number): Float32Array {
  const uniform = mulberry32(seed);
  const numbers = new Float32Array(count);
  for (let index = 0; index < count; index += 2) {
    // Box and Muller: two uniform numbers make two normal ones. 1 - u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    numbers[index] = radius * Math.cos(angle);
    if (index + 1 < count) numbers[index + 1] = radius * Math.sin(angle);
  }
  return numbers;
}

/** A small generator of uniform numbers, 0 or more and less than 1 (Tommy Ettinger's Mulberry32). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
