import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import type { EngineSettings } from '../../types.ts';
import { PROVIDERS } from './providers.ts';

const Options = z.strictObject({
  /** Folder of a checkpoint that `prepare` made ready. */
  checkpoint: z.string().min(1),
  provider: z.enum(PROVIDERS),
  /** Memory of the device that may be used. */
  memoryBytes: z.number().positive(),
  steps: z.number().int().positive(),
  guidance: z.number().min(1),
  /** Side in pixels of the square that has as many pixels as an edited picture. */
  size: z.number().int().positive(),
  /** Whether it does as the released pipeline does also where that is at fault. */
  asReference: z.boolean(),
});

export type Options = z.infer<typeof Options>;

/** @throws {AppError} `BAD_SETTINGS`. */
export function parseOptions({ name, options }: EngineSettings): Options {
  if (options['checkpoint'] === undefined) {
    throw new AppError(
      'BAD_SETTINGS',
      `The engine "${name}" needs the setting REASONEDIT_CHECKPOINT, the folder of a checkpoint that "reasonedit prepare" made ready.`,
    );
  }
  const parsed = Options.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new AppError('BAD_SETTINGS', `The options of the engine "${name}" are wrong.`, {
    cause: parsed.error,
  });
}
