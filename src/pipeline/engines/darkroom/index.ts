import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import type { Engine, EngineSettings } from '../../types.ts';
import { edit } from './edit.ts';
import { loadLooks } from './looks/looks.ts';
import { reflect } from './reflect.ts';
import { think } from './think.ts';

const Options = z.strictObject({
  /** Path of a JSON file with an operator's own looks. */
  looks: z.string().optional(),
});

/**
 * The embedded engine: photographic edits understood from plain English, done on the CPU, and
 * checked by measuring. It needs no weights, no GPU and no network.
 * @throws {AppError} `BAD_SETTINGS` for options it does not know and looks that can't be read.
 */
export async function createEngine({ name, options }: EngineSettings): Promise<Engine> {
  const parsed = Options.safeParse(options);
  if (!parsed.success) {
    throw new AppError('BAD_SETTINGS', `The options of the engine "${name}" are wrong.`, {
      cause: parsed.error,
    });
  }
  const looks = loadLooks(parsed.data.looks);
  return {
    name,
    capabilities: { seeded: false, previews: false, maxImages: 9, masks: true },
    reasoner: { think: (input, call) => think(looks, input, call), reflect },
    editor: { edit },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
