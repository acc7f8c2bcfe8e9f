import { Tensor } from 'onnxruntime-node';

/** What the text model remembers of the tokens that it read: two tensors [1, heads, tokens, head] for each layer. */
export interface KeyValueCache {
  readonly tokens: number;
  readonly tensors: readonly Tensor[];
}

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
  readonly type: 'float32' | 'float16';
}

export function emptyCache({ layers, heads, headSize, type }: CacheShape): KeyValueCache {
  const tensors = Array.from({ length: 2 * layers }, () =>
    make(type, new (arrayOf(type))(0), [1, heads, 0, headSize]),
  );
  return { tokens: 0, tensors };
}

/** A copy of what is remembered of the first tokens. */
export function firstOf({ tokens: all, tensors }: KeyValueCache, tokens: number): KeyValueCache {
  return {
    tokens,
    tensors: tensors.map((tensor) => {
      const [, heads = 0, , headSize = 0] = tensor.dims;
      const data = tensor.data as Float32Array | Uint16Array;
      const type = tensor.type as CacheShape['type'];
      const result = new (arrayOf(type))(heads * tokens * headSize);
      for (let head = 0; head < heads; head++) {
        const start = head * all * headSize;
        result.set(data.subarray(start, start + tokens * headSize), head * tokens * headSize);
      }
      return make(type, result, [1, heads, tokens, headSize]);
    }),
  };
}

const arrayOf = (type: CacheShape['type']): Float32ArrayConstructor | Uint16ArrayConstructor =>
  type === 'float32' ? Float32Array : Uint16Array;

const make = (
  type: CacheShape['type'],
  data: Float32Array | Uint16Array,
  shape: readonly number[],
): Tensor =>
  type === 'float32'
    ? new Tensor('float32', data as Float32Array, shape)
    : new Tensor('float16', data as Uint16Array, shape);
