import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import type { Engine, EngineModule, EngineSettings } from '../../types.ts';

const Half = z.strictObject({
  /** File URL of an engine's compiled module. */
  module: z.string(),
  options: z.record(z.string(), z.unknown()),
});

const Options = z.strictObject({ reasoner: Half, editor: Half });

/**
 * The reasoner of one engine and the editor of another.
 * @throws {AppError} `BAD_SETTINGS` for options it does not know; what the two engines throw.
 */
export async function createEngine({ name, options }: EngineSettings): Promise<Engine> {
  const parsed = Options.safeParse(options);
  if (!parsed.success) {
    throw new AppError('BAD_SETTINGS', `The options of the engine "${name}" are wrong.`, {
      cause: parsed.error,
    });
  }
  const reasoning = await open(name, 'reasoner', parsed.data.reasoner);
  try {
    const editing = await open(name, 'editor', parsed.data.editor);
    return {
      name,
      capabilities: editing.capabilities,
      reasoner: reasoning.reasoner,
      editor: editing.editor,
      [Symbol.asyncDispose]: async () => {
        await Promise.all([reasoning[Symbol.asyncDispose](), editing[Symbol.asyncDispose]()]);
      },
    };
  } catch (error) {
    await reasoning[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(
  name: string,
  half: 'reasoner' | 'editor',
  { module, options }: z.infer<typeof Half>,
): Promise<Engine> {
  const engine: EngineModule = await import(module);
  return engine.createEngine({ name, options, half });
}
