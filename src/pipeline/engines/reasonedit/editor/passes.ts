import type { GraphBuilder, Value } from '../onnx/graph-builder.ts';

/** Passes of the transformer that one run makes: of an instruction alone, or of one and of none beside it. */
export type PassCount = 1 | 2;

/** What comes before the names of inputs and outputs of each pass. */
const PREFIXES = ['', 'negative_'] as const;

/** The name that an input or an output has in a pass, counted from 0. */
export const nameIn = (pass: number, name: string): string => `${PREFIXES[pass] ?? ''}${name}`;

/**
 * The passes of a graph. Tokens of two passes are joined for the products with weights, so that each weight is read
 * once, and are apart for what differs: modulation, rotations, attention.
 */
export class Passes {
  readonly #graph: GraphBuilder;
  readonly #count: PassCount;

  constructor(graph: GraphBuilder, count: PassCount) {
    this.#graph = graph;
    this.#count = count;
  }

  /** What `make` gives for each pass. */
  each<T>(make: (pass: number) => T): T[] {
    return Array.from({ length: this.#count }, (_, pass) => make(pass));
  }

  /** Tokens [1, tokens, width] of each pass, one after the other. */
  join(parts: readonly Value[]): Value {
    return this.#concat(parts, 1);
  }

  /** Undoes `join`. @param lengths Of the parts, from `lengths`. */
  part(joined: Value, lengths: Value): Value[] {
    if (this.#count === 1) return [joined];
    return this.#graph.ops('Split', [joined, lengths], this.#count, { axis: 1 });
  }

  /** How many tokens each part has, [passes]. */
  lengths(parts: readonly Value[]): Value {
    return this.#concat(
      parts.map((part) => this.#graph.op('Shape', [part], { start: 1, end: 2 })),
      0,
    );
  }

  /** Vectors [1, width] of each pass as rows, [passes, width]. */
  stack(rows: readonly Value[]): Value {
    return this.#concat(rows, 0);
  }

  /** Undoes `stack`. */
  rows(stacked: Value): Value[] {
    if (this.#count === 1) return [stacked];
    return this.#graph.ops('Split', [stacked], this.#count, { axis: 0, num_outputs: this.#count });
  }

  #concat(parts: readonly Value[], axis: number): Value {
    if (parts.length !== this.#count) throw new RangeError('one part is wanted for each pass');
    const [only] = parts;
    return this.#count === 1 ? (only as Value) : this.#graph.op('Concat', parts, { axis });
  }
}
