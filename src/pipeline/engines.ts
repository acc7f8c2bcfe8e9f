import { compiledModule } from '../child-process.ts';
import { AppError } from '../errors.ts';
import type { EngineSpec } from './engine-process.ts';

/**
 * The kinds of engine there are, by name, each with the module that makes one. Only a process of
 * their own loads these modules, so that what they weigh and need stays there.
 */
const MODULES: Readonly<Record<string, string>> = {
  darkroom: './engines/darkroom/index.ts',
  reasonedit: './engines/reasonedit/index.ts',
};

export const ENGINE_NAMES: readonly string[] = Object.keys(MODULES);

/** What the settings say to each engine, by its name. */
export type EngineOptions = Readonly<Record<string, EngineSpec['options']>>;

/** @throws {AppError} `ENGINE_UNKNOWN` with the names there are. */
export function findEngine(name: string, options: EngineOptions = {}): EngineSpec {
  const module = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
  if (module === undefined) {
    throw new AppError(
      'ENGINE_UNKNOWN',
      `There is no engine "${name}"; choose one of: ${ENGINE_NAMES.join(', ')}.`,
    );
  }
  return {
    name,
    module: compiledModule(import.meta.url, module).href,
    options: options[name] ?? {},
  };
}
