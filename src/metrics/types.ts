import type { Measurement } from './measurements.ts';

/** Numbers that are read when somebody asks for them, by engine where there is one each. */
export type GaugeName = 'waiting' | 'running' | 'served' | 'memory' | 'undelivered';

export interface Metrics {
  readonly record: (measurement: Measurement) => void;
  /**
   * Reads a number for each engine from now on, or one by the name ''. What it rejects with is passed
   * over: that something can't be reached others tell.
   */
  watch(gauge: GaugeName, read: () => Promise<ReadonlyMap<string, number>>): void;
}

/** Where nobody asks. */
export const NO_METRICS: Metrics = { record: () => {}, watch: () => {} };
