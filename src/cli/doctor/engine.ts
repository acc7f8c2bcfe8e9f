import { engineEnvironment, engineOptions } from '../../config/engines.ts';
import type { Settings } from '../../config/index.ts';
import { keepOptions } from '../../config/keep.ts';
import { isAppError } from '../../errors.ts';
import { hostEngine } from '../../pipeline/engine-host.ts';
import { describePlan } from '../../pipeline/engines/reasonedit/memory-plan.ts';
import { parseOptions } from '../../pipeline/engines/reasonedit/options.ts';
import { planCheckpoint } from '../../pipeline/engines/reasonedit/plan-checkpoint.ts';
import type { Capabilities, EngineSettings } from '../../pipeline/types.ts';
import type { Context } from '../context.ts';
import type { Check } from './check.ts';

const START_TIMEOUT_MS = 60_000;

/** Starts the engine, the way that an edit does. */
export async function checkEngine(
  engineName: string,
  findEngine: Context['findEngine'],
  settings: Settings,
): Promise<Check> {
  const name = `engine ${engineName}`;
  const maxMemoryBytes = settings.ENGINE_MEMORY_MEGABYTES * 2 ** 20;
  try {
    const found = findEngine(engineName, engineOptions(settings));
    const spec = {
      ...found,
      environment: engineEnvironment(settings),
      keep: keepOptions(settings),
    };
    const startedAt = performance.now();
    const engine = await hostEngine(spec, { startTimeoutMs: START_TIMEOUT_MS, maxMemoryBytes });
    const readyMs = Math.round(performance.now() - startedAt);
    await engine[Symbol.asyncDispose]();
    const parts = [`ready in ${readyMs} ms`, describe(engine.capabilities)];
    if (engineName === 'reasonedit') parts.push(await tellPlan(found));
    const told = parts.join('; ');
    return { name, status: 'ok', found: told };
  } catch (error) {
    return {
      name,
      status: 'missing',
      found: isAppError(error) && error.code === 'ENGINE_UNKNOWN' ? 'unknown' : 'does not start',
      advice: isAppError(error) ? error.message : 'Run "npm ci" and try again.',
    };
  }
}

/** How the native engine uses memory. */
const tellPlan = async (settings: EngineSettings): Promise<string> =>
  describePlan(await planCheckpoint(parseOptions(settings)));

function describe({ seeded, previews, maxImages, masks }: Capabilities): string {
  const parts = [
    maxImages === 1 ? '1 picture a request' : `up to ${maxImages} pictures a request`,
    seeded ? 'seeds' : 'no seeds',
    previews ? 'previews' : 'no previews',
    masks ? 'masks' : 'no masks',
  ];
  return parts.join(', ');
}
