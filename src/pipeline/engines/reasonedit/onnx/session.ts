import { InferenceSession } from 'onnxruntime-node';

/** Where a graph is calculated. */
export type Provider = 'cpu' | 'cuda' | 'webgpu';

export interface SessionSettings {
  readonly provider: Provider;
  /** Threads of the CPU provider; by default one for each core. */
  readonly threads?: number;
  /** For a small graph: weights are copied into the layout that is fastest to calculate with. */
  readonly copyWeights?: boolean;
}

/**
 * Opens a graph by its path. Weights stay where they are, memory-mapped: what would copy them (folding casts of
 * constants, packing matrices anew) is left out unless `copyWeights` asks for it.
 */
export function openSession(
  path: string,
  { provider, threads, copyWeights = false }: SessionSettings,
): Promise<InferenceSession> {
  return InferenceSession.create(path, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
    extra: {
      session: {
        intra_op: { allow_spinning: '0' },
        ...(!copyWeights && { disable_prepacking: '1' }),
      },
      ...(!copyWeights && { optimization: { disable_specified_optimizers: 'ConstantFolding' } }),
    },
  });
}
