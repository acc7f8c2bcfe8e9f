import { InferenceSession } from 'onnxruntime-node';

import { AppError } from '../../../../errors.ts';
import { findLaidOut } from './laid-out-graph.ts';
import { missingFile } from './provider-files.ts';

/** Where a graph is calculated. */
export type Provider = 'cpu' | 'cuda' | 'webgpu';

export interface SessionSettings {
  readonly provider: Provider;
  /** Threads of the CPU provider; by default one for each core. */
  readonly threads?: number;
  /**
   * For a small graph: weights are copied into the layout that is fastest to calculate with, unless `keepLaidOut` left
   * them in it.
   */
  readonly copyWeights?: boolean;
}

/**
 * Opens a graph by its path. Weights stay where they are, memory-mapped: what would copy them (folding casts of
 * constants, packing matrices anew) is left out unless `copyWeights` asks for it.
 * @throws {AppError} `PROVIDER_UNAVAILABLE` with what is missing, or `CHECKPOINT_UNUSABLE`.
 */
export async function openSession(
  path: string,
  { provider, threads, copyWeights: wanted = false }: SessionSettings,
): Promise<InferenceSession> {
  const laidOut = wanted && provider === 'cpu' ? await findLaidOut(path) : undefined;
  const copyWeights = wanted && laidOut === undefined;
  const options: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    // A pattern takes one block for a second run of the same shape, and what the first took stays too.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
    extra: {
      session: {
        intra_op: { allow_spinning: '0' },
        ...(!copyWeights && { disable_prepacking: '1' }),
      },
      ...(!copyWeights && { optimization: { disable_specified_optimizers: 'ConstantFolding' } }),
    },
  };
  try {
    return await InferenceSession.create(laidOut ?? path, options);
  } catch (error) {
    throw failureOf(path, provider, error);
  }
}

/** What each provider needs beside its own files. */
const NEEDS: Readonly<Record<Provider, string>> = {
  cpu: 'enough memory',
  cuda: 'an NVIDIA driver, CUDA 12 and cuDNN 9 where libraries are found (LD_LIBRARY_PATH)',
  webgpu: 'a GPU with a Vulkan driver, and libvulkan',
};

/** What ONNX Runtime complains of when it can't reach the device at all. */
const UNREACHABLE = /shared library|ExecutionProvider|adapter|CUDA failure|no CUDA-capable/i;

function failureOf(path: string, provider: Provider, cause: unknown): AppError {
  const file = missingFile(provider);
  if (file !== undefined) {
    return new AppError(
      'PROVIDER_UNAVAILABLE',
      `The provider ${provider} lacks ${file}; docs/native-engine.md says how to install it.`,
      { cause },
    );
  }
  if (provider !== 'cpu' && cause instanceof Error && UNREACHABLE.test(cause.message)) {
    return new AppError(
      'PROVIDER_UNAVAILABLE',
      `The provider ${provider} does not start; it needs ${NEEDS[provider]}.`,
      { cause },
    );
  }
  return new AppError(
    'CHECKPOINT_UNUSABLE',
    `${path} can't be opened by ONNX Runtime; run "reasonedit prepare" again, and see that there is ${NEEDS[provider]}.`,
    { cause },
  );
}
