import type { Engine, EngineSettings } from '../../types.ts';
import { edit } from './edit.ts';
import { reflect } from './reflect.ts';
import { think } from './think.ts';

/**
 * The embedded engine: photographic edits understood from plain English, done on the CPU, and
 * checked by measuring. It needs no weights, no GPU and no network.
 */
export function createEngine({ name }: EngineSettings): Promise<Engine> {
  return Promise.resolve({
    name,
    capabilities: { seeded: false, previews: false, maxImages: 9, masks: false },
    reasoner: { think, reflect },
    editor: { edit },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}
