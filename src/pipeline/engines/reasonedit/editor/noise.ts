import { uniformNumbers } from '../../../seeds.ts';

/**
 * Normally distributed numbers that a seed alone decides.
 * @param seed Any integer; its low 32 bits count.
 */
export function normalNumbers(seed: number, count: number): Float32Array {
  const uniform = uniformNumbers(seed);
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
