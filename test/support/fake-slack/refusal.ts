import type { Json } from './types.ts';

/** An answer with `ok: false`. */
export class Refusal extends Error {
  readonly error: string;
  readonly details: Json;

  constructor(error: string, details: Json = {}) {
    super(error);
    this.error = error;
    this.details = details;
  }
}

export function refuseUnless(holds: boolean, error: string, details: Json = {}): asserts holds {
  if (!holds) throw new Refusal(error, details);
}
