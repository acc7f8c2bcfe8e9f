import type { Weights } from '../safetensors.ts';
import { float, type GraphBuilder, type Value } from './graph-builder.ts';
import type { FloatType } from './types.ts';

/** What layers are built with: a graph, the weights of its component, and the type it calculates in. */
export interface Scope {
  readonly graph: GraphBuilder;
  readonly weights: Weights;
  readonly type: FloatType;
}

/** A weight in the type of the calculation. */
export const parameter = ({ graph, weights, type }: Scope, name: string): Value =>
  graph.weight(weights.get(name), type);

/** PyTorch's Linear on the last axis: `name.weight` is [out, in], `name.bias` is added where there is one. */
export function linear(scope: Scope, x: Value, name: string): Value {
  const { graph, weights } = scope;
  const product = graph.op('FusedMatMul', [x, parameter(scope, `${name}.weight`)], { transB: 1 });
  if (!weights.has(`${name}.bias`)) return product;
  return graph.op('Add', [product, parameter(scope, `${name}.bias`)]);
}

/** LayerNorm on the last axis. @param scale Of that axis's size, as `bias` is. */
export function layerNorm(
  { graph }: Scope,
  x: Value,
  scale: Value,
  bias: Value,
  epsilon: number,
): Value {
  return graph.op('LayerNormalization', [x, scale, bias], { axis: -1, epsilon: float(epsilon) });
}

/** RMSNorm on the last axis with the weight `name.weight`. */
export function rmsNorm(scope: Scope, x: Value, name: string, epsilon: number): Value {
  const scale = parameter(scope, `${name}.weight`);
  return scope.graph.op('RMSNormalization', [x, scale], { axis: -1, epsilon: float(epsilon) });
}

export function silu({ graph }: Scope, x: Value): Value {
  return graph.op('Mul', [x, graph.op('Sigmoid', [x])]);
}

/** GELU by tanh; ONNX's own operator has no kernel for bfloat16 on CUDA. */
export function geluTanh({ graph }: Scope, x: Value): Value {
  return graph.op('FastGelu', [x]);
}

/**
 * Attention of all tokens to all. The operator is the one whose kernel needs no matrix of tokens by tokens:
 * com.microsoft's on the CPU, ONNX's own for bfloat16, which that one lacks.
 * @param query [batch, tokens, heads · size], as `key` and `value` are.
 */
export function attention(
  { graph, type }: Scope,
  query: Value,
  key: Value,
  value: Value,
  heads: number,
): Value {
  return type === 'bfloat16'
    ? graph.op('Attention', [query, key, value], { q_num_heads: heads, kv_num_heads: heads })
    : graph.op('MultiHeadAttention', [query, key, value], { num_heads: heads });
}

/** Parts of equal size along an axis. */
export function split({ graph }: Scope, x: Value, parts: number, axis: number): Value[] {
  return graph.ops('Split', [x], parts, { axis, num_outputs: parts });
}
