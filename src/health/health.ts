import type { HealthSettings } from '../config/health.ts';
import { NO_METRICS, type Metrics } from '../metrics/types.ts';
import { Readiness } from './readiness.ts';

/** Where a process tells how it is, for those who watch it. */
export interface Health extends AsyncDisposable {
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Absent where nobody watches. */
  readonly url?: string;
}

/** What is told to nobody. */
export const unwatched = (): Health => ({
  metrics: NO_METRICS,
  readiness: new Readiness(),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

/**
 * Serves it at `HEALTH_PORT`, where that is set.
 * @throws {AppError} `BAD_SETTINGS` where the port can not be had.
 */
export async function openHealth({
  HEALTH_HOST: host,
  HEALTH_PORT: port,
}: HealthSettings): Promise<Health> {
  if (port === undefined) return unwatched();
  const { openPrometheus } = await import('../metrics/prometheus.ts');
  const { openHealthServer } = await import('./server.ts');
  const metrics = openPrometheus();
  const readiness = new Readiness();
  const { expose } = metrics;
  const server = await openHealthServer({ host, port, readiness, expose });
  return {
    metrics,
    readiness,
    url: server.url,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
