import { hostEngine, type EngineSpec, type HostLimits } from './engine-host.ts';
import { interruption } from './interruption.ts';
import type { Engine } from './types.ts';

/** Engines by their names, each started once, when it is first needed, in a process of its own. */
export interface EnginePool extends AsyncDisposable {
  /**
   * The engine of this name, ready to run; it stays the pool's. A start that failed is tried anew.
   * @throws {AppError} What `find` and `hostEngine` throw; `SHUTDOWN` once the pool is disposed of.
   */
  engine(name: string): Promise<Engine>;
}

/** @param onMemory Hears four times a second how much memory an engine's process holds, bytes. */
export function openEnginePool(
  find: (name: string) => EngineSpec,
  limits: Partial<HostLimits> = {},
  onMemory: (name: string, bytes: number) => void = () => {},
): EnginePool {
  const engines = new Map<string, Promise<Engine>>();
  let isClosed = false;
  return {
    engine: async (name) => {
      if (isClosed) throw interruption('shutdown');
      const known = engines.get(name);
      if (known) return known;
      const starting = hostEngine(find(name), limits, (bytes) => onMemory(name, bytes));
      engines.set(name, starting);
      starting.catch(() => engines.delete(name));
      return starting;
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.allSettled(
        [...engines.values()].map(async (starting) => (await starting)[Symbol.asyncDispose]()),
      );
    },
  };
}
