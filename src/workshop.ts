import { engineEnvironment, engineOptions } from './config/engines.ts';
import type { Settings } from './config/index.ts';
import { keepOptions } from './config/keep.ts';
import { toAppError } from './errors.ts';
import type { Logger } from './logger.ts';
import { watchedWorker } from './metrics/watched.ts';
import type { Metrics } from './metrics/types.ts';
import { openEnginePool, type EnginePool } from './pipeline/engine-pool.ts';
import type { EngineSpec } from './pipeline/engine-host.ts';
import type { EngineOptions } from './pipeline/engines.ts';
import type { Capabilities } from './pipeline/types.ts';
import type { EditWorker, TurnImages } from './queue/types.ts';
import { createWorker } from './queue/worker.ts';
import { openContentCheck } from './safety/index.ts';

export interface WorkshopParts {
  readonly settings: Settings;
  readonly findEngine: (name: string, options: EngineOptions) => EngineSpec;
  readonly images: TurnImages;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** What plays turns in this process: engines that are ready, and the worker that runs turns on them. */
export interface Workshop extends AsyncDisposable {
  readonly worker: EditWorker;
  /** Those that could be started, by their names. */
  readonly engines: ReadonlyMap<string, Capabilities>;
}

/** @throws {AppError} What the start of the default engine throws; without others it goes on. */
export async function openWorkshop({
  settings,
  findEngine,
  images,
  log,
  metrics,
}: WorkshopParts): Promise<Workshop> {
  const options = engineOptions(settings);
  const environment = engineEnvironment(settings);
  const keep = keepOptions(settings);
  const memory = new Map<string, number>();
  const pool = openEnginePool(
    (name) => ({ ...findEngine(name, options), environment, keep }),
    { maxMemoryBytes: settings.ENGINE_MEMORY_MEGABYTES * 2 ** 20 },
    (name, bytes) => memory.set(name, bytes),
  );
  try {
    const engines = await startEngines(pool, settings, log);
    metrics.watch('memory', () => Promise.resolve(memory));
    const contentCheck = openContentCheck(settings);
    const worker = createWorker({
      engine: (name) => pool.engine(name),
      images,
      ...(contentCheck && { contentCheck }),
      onFault: ({ error, ...facts }) => log.fault('a run failed', error, facts),
    });
    return {
      worker: logged(watchedWorker(worker, metrics.record), log),
      engines,
      [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
    };
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts all engines that people may choose. */
async function startEngines(
  pool: EnginePool,
  { ENGINE, ENGINES = [] }: Settings,
  log: Logger,
): Promise<ReadonlyMap<string, Capabilities>> {
  const facts = new Map<string, Capabilities>();
  const start = async (name: string) => {
    const { capabilities } = await pool.engine(name);
    facts.set(name, capabilities);
  };
  const others = ENGINES.filter((name) => name !== ENGINE);
  const [first] = await Promise.allSettled([
    start(ENGINE),
    ...others.map((name) =>
      start(name).catch((error: unknown) =>
        log.fault('an engine is left out', toAppError(error), { engine: name }),
      ),
    ),
  ]);
  if (first.status === 'rejected') throw first.reason;
  return facts;
}

/** A worker that writes down how each run of a turn ended. */
function logged(worker: EditWorker, log: Logger): EditWorker {
  return {
    run: async (turn, call) => {
      const { turnId } = turn;
      const startedAt = performance.now();
      const outcome = await worker.run(turn, call);
      const rounds = 'rounds' in outcome ? outcome.rounds.length : 0;
      const ms = Math.round(performance.now() - startedAt);
      log.info('a turn ended', { turnId, outcome: outcome.kind, rounds, ms });
      return outcome;
    },
  };
}
