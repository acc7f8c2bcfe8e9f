import { uniformNumbers } from '../../src/pipeline/seeds.ts';

/** Draws that a seed repeats. */
export interface Random {
  /** An integer from `least` to `most`. */
  between(least: number, most: number): number;
  oneOf<Value>(values: readonly Value[]): Value;
}

export function randomFrom(seed: number): Random {
  const next = uniformNumbers(seed);
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    oneOf: (values) => {
      const value = values[between(0, values.length - 1)];
      if (value === undefined) throw new Error('There is nothing to draw from.');
      return value;
    },
  };
}
