/** Element types of tensors, with their numbers in ONNX and their bytes. */
export const ELEMENT_TYPES = {
  float32: { code: 1, bytes: 4 },
  uint8: { code: 2, bytes: 1 },
  int8: { code: 3, bytes: 1 },
  int32: { code: 6, bytes: 4 },
  int64: { code: 7, bytes: 8 },
  bool: { code: 9, bytes: 1 },
  float16: { code: 10, bytes: 2 },
  float64: { code: 11, bytes: 8 },
  bfloat16: { code: 16, bytes: 2 },
} as const;

export type ElementType = keyof typeof ELEMENT_TYPES;

/** Types that a graph can calculate in. */
export type FloatType = 'float32' | 'float16' | 'bfloat16';

/** A size, or the name of one that is known when the graph runs. */
export type Dimension = number | string;

/** What an attribute of a node can be; a plain number is a whole one, see `float`. */
export type Attribute =
  | number
  | string
  | { readonly float: number }
  | { readonly tensor: InlineTensor }
  | { readonly graph: GraphData }
  | readonly number[];

export interface NodeData {
  readonly type: string;
  /** Names of values; an empty one leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly domain: string;
}

export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
}

/** A tensor whose data are in the model's file. */
export interface InlineTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A tensor whose data are a stretch of another file, in the model's folder or below. */
export interface ExternalTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Path of the file, seen from the model's folder. */
  readonly location: string;
  /** Bytes from the file's beginning. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

export interface GraphData {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly (InlineTensor | ExternalTensor)[];
  readonly nodes: readonly NodeData[];
}
