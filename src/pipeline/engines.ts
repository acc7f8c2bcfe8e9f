import { compiledModule } from '../child-process.ts';
import { AppError } from '../errors.ts';
import type { EngineSpec } from './engine-process.ts';

/**
 * The kinds of engine there are, by name, each with the module that makes one. Only a process of
 * their own loads these modules, so that what they weigh and need stays there.
 */
const MODULES: Readonly<Record<string, string>> = {
  darkroom: './engines/darkroom/index.ts',
  openai: './engines/openai/index.ts',
  reasonedit: './engines/reasonedit/index.ts',
};

export const ENGINE_NAMES: readonly string[] = Object.keys(MODULES);

/** What the settings say to each engine, by its name; a name of the operator's own stands for a pair. */
export type EngineOptions = Readonly<Record<string, EngineSpec['options'] | EnginePair>>;

/** An engine made of the reasoner of one and the editor of another, by their names. */
export interface EnginePair {
  readonly pair: { readonly reasoner: string; readonly editor: string };
}

/** @throws {AppError} `ENGINE_UNKNOWN` with the names there are. */
export function findEngine(name: string, options: EngineOptions = {}): EngineSpec {
  const own = Object.hasOwn(options, name) ? options[name] : undefined;
  if (isPair(own)) {
    const { reasoner, editor } = own.pair;
    return {
      name,
      module: moduleUrl(PAIRED),
      options: { reasoner: half(reasoner, options), editor: half(editor, options) },
    };
  }
  const module = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
  if (module === undefined) throw unknown(name, options);
  return { name, module: moduleUrl(module), options: own ?? {} };
}

const PAIRED = './engines/paired/index.ts';

const isPair = (options: EngineOptions[string] | undefined): options is EnginePair =>
  typeof options?.['pair'] === 'object';

function half(name: string, options: EngineOptions): Pick<EngineSpec, 'module' | 'options'> {
  const spec = findEngine(name, options);
  if (isPair(options[name])) throw unknown(name, options);
  return { module: spec.module, options: spec.options };
}

const moduleUrl = (module: string): string => compiledModule(import.meta.url, module).href;

function unknown(name: string, options: EngineOptions): AppError {
  const pairs = Object.keys(options).filter((other) => isPair(options[other]));
  const names = [...ENGINE_NAMES, ...pairs].join(', ');
  return new AppError('ENGINE_UNKNOWN', `There is no engine "${name}"; choose one of: ${names}.`);
}
