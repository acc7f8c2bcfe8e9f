import { Refusal } from './refusal.ts';

/** Arguments of a call: whatever is no text came as JSON in a text, or is JSON already. */
export class Args {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** @throws {Refusal} Where it is missing. */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined || value === '') {
      throw new Refusal('invalid_arguments', {
        response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
      });
    }
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(String(this.#values.get(name)));
  }

  number(name: string, fallback: number): number {
    const value = Number(this.#values.get(name) ?? fallback);
    if (!Number.isFinite(value)) throw new Refusal('invalid_arguments');
    return value;
  }

  /** @throws {Refusal} With `error`, where it is there and no JSON. */
  json(name: string, error: string): unknown {
    const value = this.#values.get(name);
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw new Refusal(error);
    }
  }
}

/** What a request carries in its query and its body. */
export async function argsOf(query: URLSearchParams, type: string, body: Buffer): Promise<Args> {
  const values = new Map<string, unknown>(query);
  if (type.startsWith('application/json')) {
    for (const [name, value] of Object.entries(JSON.parse(body.toString()) as object)) {
      values.set(name, value);
    }
  } else if (type.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) values.set(name, value);
  } else {
    for (const [name, value] of new URLSearchParams(body.toString())) values.set(name, value);
  }
  return new Args(values);
}
