import type { FloatType } from './onnx/types.ts';
import type { Provider } from './onnx/session.ts';

export const PROVIDERS = ['cuda', 'webgpu', 'cpu'] as const satisfies readonly Provider[];

/**
 * What the transformer and the text encoder calculate in: the CPU has no matrix product in bfloat16, WebGPU no bfloat16
 * at all. Weights are kept as they are stored, and cast as they are used.
 */
export const CALCULATION: Readonly<Record<Provider, FloatType>> = {
  cuda: 'bfloat16',
  webgpu: 'float32',
  cpu: 'float32',
};
