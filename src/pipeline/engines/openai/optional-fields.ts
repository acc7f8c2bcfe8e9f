import { APIError } from 'openai';

/**
 * Fields that not every server takes. What one refused is left out from then on, so that each is
 * offered once in the life of the engine.
 */
export class OptionalFields {
  readonly #refused: Set<string>;

  /** @param refused Those that are known not to be taken. */
  constructor(refused: readonly string[] = []) {
    this.#refused = new Set(refused);
  }

  /**
   * Sends a request with as many of the fields as the server takes.
   * @param fields The likeliest to be refused last: where an error names none, that one is left out.
   * @throws What `send` throws, once no fewer fields can help.
   */
  async offer<Fields extends Readonly<Record<string, unknown>>, Value>(
    fields: Fields,
    send: (taken: Partial<Fields>) => Promise<Value>,
  ): Promise<Value> {
    const refused = new Set(this.#refused);
    for (;;) {
      const taken = Object.entries(fields).filter(([name]) => !refused.has(name));
      try {
        const value = await send(Object.fromEntries(taken) as Partial<Fields>);
        for (const name of refused) this.#refused.add(name);
        return value;
      } catch (error) {
        const names = taken.map(([name]) => name);
        const worse = refusedBy(error, names);
        if (worse.length === 0) throw error;
        for (const name of worse) refused.add(name);
      }
    }
  }
}

function refusedBy(error: unknown, sent: readonly string[]): readonly string[] {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return [];
  const { param, message } = error;
  const named = sent.filter((name) => new RegExp(`\\b${name}\\b`).test(param ?? message));
  return named.length > 0 ? named : sent.slice(-1);
}
