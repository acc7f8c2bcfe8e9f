export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

export interface Comparison {
  readonly oursMs: number;
  readonly bareMs: number;
  /** Median of the ratios of runs that followed each other, which a drifting machine hardly moves. */
  readonly ratio: number;
}

/** Runs both in turn, once to warm up and then `runs` times, and compares the medians. */
export async function compare(
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
  runs = 7,
): Promise<Comparison> {
  const times: { ours: number; bare: number }[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const pair = { ours: await timed(ours), bare: await timed(bare) };
    if (run > 0) times.push(pair);
  }
  return {
    oursMs: median(times.map((pair) => pair.ours)),
    bareMs: median(times.map((pair) => pair.bare)),
    ratio: median(times.map((pair) => pair.ours / pair.bare)),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
