import { createHash } from 'node:crypto';

import { encodeModel } from './encode-model.ts';
import { encodeNumbers } from './numbers.ts';
import {
  ELEMENT_TYPES,
  type Attribute,
  type Dimension,
  type ElementType,
  type ExternalTensor,
  type GraphData,
  type InlineTensor,
  type NodeData,
  type ValueInfo,
} from './types.ts';

/** A value of a graph: an input, a weight, a constant or what a node gave. */
export interface Value {
  readonly name: string;
}

/** Where the data of a weight are; `readSafetensors` and `openShards` make them. */
export interface WeightSource {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Name of the file, in the folder that the graph's file will be in. */
  readonly file: string;
  /** Bytes from the file's beginning. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

type Attributes = Readonly<Record<string, Attribute>>;

/** An attribute that is a float, also where its value is whole. */
export const float = (value: number): Attribute => ({ float: value });

/** Operators of com.microsoft that ONNX lacks. */
const MICROSOFT_OPERATORS = new Set([
  'BiasGelu',
  'FastGelu',
  'FusedMatMul',
  'GroupQueryAttention',
  'MultiHeadAttention',
  'QuickGelu',
  'SkipSimplifiedLayerNormalization',
]);

/**
 * Builds an ONNX graph by calls, one for each node, in the order in which they run:
 *
 * ```ts
 * const graph = new GraphBuilder('example');
 * const x = graph.input('x', 'float32', ['batch', 'tokens', 64]);
 * const w = graph.weight(weights.get('proj.weight'), 'float32'); // stays in its .safetensors; Cast if bf16
 * const y = graph.op('FusedMatMul', [x, w], { transB: 1 });
 * const [left, right] = graph.ops('Split', [y], 2, { axis: -1, num_outputs: 2 });
 * graph.output('sum', graph.op('Add', [left, right]), 'float32', ['batch', 'tokens', 32]);
 * writeFileSync(join(folderOfTheWeights, 'example.onnx'), graph.encode());
 * ```
 *
 * A whole number is an attribute of type INT, `float(x)` one of type FLOAT, an array one of INTS. `undefined`
 * among the inputs leaves an optional one out. Bodies of Loop and If come from `subgraph`: they may use any value of
 * the graphs around them. Operators that ONNX Runtime adds are known by their name (`FusedMatMul`, …);
 * where both have one (`RotaryEmbedding`, `Gelu`), ONNX's is meant unless `microsoft` is called.
 */
export class GraphBuilder {
  readonly #name: string;
  /** Weights and constants of a subgraph are kept by the outermost graph. */
  readonly #root: GraphBuilder;
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #nodes: NodeData[] = [];
  readonly #initializers = new Map<string, InlineTensor | ExternalTensor>();
  readonly #casts: Map<string, Value>;
  #count = 0;

  constructor(name: string, parent?: GraphBuilder) {
    this.#name = name;
    this.#root = parent === undefined ? this : parent.#root;
    this.#casts = new Map(parent === undefined ? [] : parent.#casts);
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    this.#inputs.push({ name, type, shape });
    return { name };
  }

  output(name: string, value: Value, type: ElementType, shape: readonly Dimension[]): void {
    this.#nodes.push(node('Identity', [value], [name], {}));
    this.#outputs.push({ name, type, shape });
  }

  /** A weight that stays in its file. With `as`, in that type; the cast is made when the graph runs. */
  weight(source: WeightSource, as: ElementType = source.type): Value {
    const { name, type, shape, file, offset, length } = source;
    this.#root.#initializers.set(name, { name, type, shape, location: file, offset, length });
    return as === type ? { name } : this.#castOnce({ name }, as);
  }

  /** Numbers that are part of the graph. Equal ones are kept once. */
  constant(type: ElementType, shape: readonly number[], values: readonly number[]): Value {
    const data = encodeNumbers(type, values);
    const name = `const_${type}_${shape.join('x')}_${createHash('sha1').update(data).digest('hex')}`;
    this.#root.#initializers.set(name, { name, type, shape, data });
    return { name };
  }

  /** A list of whole numbers, as shapes, axes and steps are given. */
  int64(...values: readonly number[]): Value {
    return this.constant('int64', [values.length], values);
  }

  scalar(type: ElementType, value: number): Value {
    return this.constant(type, [], [value]);
  }

  /** Adds a node of one output. */
  op(type: string, inputs: readonly (Value | undefined)[], attributes: Attributes = {}): Value {
    const [value] = this.ops(type, inputs, 1, attributes);
    return value as Value;
  }

  /** Adds a node of several outputs. */
  ops(
    type: string,
    inputs: readonly (Value | undefined)[],
    outputs: number,
    attributes: Attributes = {},
  ): Value[] {
    return this.#add(type, inputs, outputs, attributes, MICROSOFT_OPERATORS.has(type));
  }

  /** Adds a node of com.microsoft whose operator ONNX has as well. */
  microsoft(
    type: string,
    inputs: readonly (Value | undefined)[],
    outputs: number,
    attributes: Attributes = {},
  ): Value[] {
    return this.#add(type, inputs, outputs, attributes, true);
  }

  cast(value: Value, to: ElementType): Value {
    return this.op('Cast', [value], { to: ELEMENT_TYPES[to].code });
  }

  /** The body of a Loop or a branch of an If, to be given as an attribute by `asAttribute`. */
  subgraph(name: string): GraphBuilder {
    return new GraphBuilder(name, this);
  }

  /** What was built, as an attribute of the node that runs it. */
  asAttribute(): Attribute {
    return { graph: this.finish() };
  }

  finish(): GraphData {
    return {
      name: this.#name,
      inputs: this.#inputs,
      outputs: this.#outputs,
      initializers: [...this.#initializers.values()],
      nodes: this.#nodes,
    };
  }

  /** The bytes of the ONNX file. */
  encode(): Buffer {
    return encodeModel(this.finish());
  }

  #add(
    type: string,
    inputs: readonly (Value | undefined)[],
    outputs: number,
    attributes: Attributes,
    microsoft: boolean,
  ): Value[] {
    const number = this.#root.#count++;
    const values = Array.from({ length: outputs }, (_, index) => ({
      name: `${type}_${number}${index === 0 ? '' : `_${index}`}`,
    }));
    const names = values.map(({ name }) => name);
    this.#nodes.push(node(type, inputs, names, attributes, microsoft ? 'com.microsoft' : ''));
    return values;
  }

  /** A weight is cast once, where it is first used; a graph inside sees the casts of those around it. */
  #castOnce(value: Value, to: ElementType): Value {
    const key = `${value.name}:${to}`;
    const known = this.#casts.get(key);
    if (known !== undefined) return known;
    const made = this.cast(value, to);
    this.#casts.set(key, made);
    return made;
  }
}

function node(
  type: string,
  inputs: readonly (Value | undefined)[],
  outputs: readonly string[],
  attributes: Attributes,
  domain = '',
): NodeData {
  return { type, inputs: inputs.map((input) => input?.name ?? ''), outputs, attributes, domain };
}
