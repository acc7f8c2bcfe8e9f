import type { Channel, Json } from './types.ts';

/**
 * What goes wrong with a call: see the names. `login-page` is what comes in place of a file; `lost` has its
 * effect and no answer, `hangs-up` neither.
 */
export type Trouble =
  | { readonly kind: 'refused'; readonly error: string; readonly details?: Json }
  | { readonly kind: 'rate-limited'; readonly seconds: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'login-page' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'hangs-up' };

/** A moment at which something happens to the app: while a call of it is on its way, or when it was answered. */
export interface Ambush {
  /** Of the calls from now on: 1 for the next. */
  readonly atCall: number;
  readonly when: 'unheard' | 'heard' | 'answered';
  readonly strike: () => void;
}

export interface CallRecord {
  /** A method, `upload`, `download` or `response_url`. */
  readonly method: string;
  readonly channel: string;
  readonly at: number;
  /** Absent when it went well. */
  error?: string;
}

/** Calls of the app, and what a test has in mind for them. */
export class Troubles {
  readonly calls: CallRecord[] = [];
  readonly #troubles: {
    readonly method: string;
    readonly channel: string | undefined;
    readonly trouble: Trouble;
    left: number;
  }[] = [];
  readonly #ambushes: (Ambush & { countdown: number })[] = [];

  /** What happens to the next calls of a method, `*` for any; after that they go well again. */
  add(
    method: string,
    trouble: Trouble,
    { times = 1, channel }: { readonly times?: number; readonly channel?: Channel } = {},
  ): void {
    this.#troubles.push({ method, trouble, left: times, channel: channel?.id });
  }

  ambush(ambush: Ambush): void {
    this.#ambushes.push({ ...ambush, countdown: ambush.atCall });
  }

  take({ method, channel }: CallRecord): { readonly trouble?: Trouble; readonly ambush?: Ambush } {
    const met = this.#troubles.find(
      (one) =>
        one.left > 0 &&
        (one.method === '*' || one.method === method) &&
        (one.channel === undefined || one.channel === channel),
    );
    if (met) met.left -= 1;
    for (const one of this.#ambushes) one.countdown -= 1;
    const ambush = this.#ambushes.find(({ countdown }) => countdown === 0);
    return { ...(met && { trouble: met.trouble }), ...(ambush && { ambush }) };
  }

  clear(): void {
    this.#troubles.splice(0);
    this.#ambushes.splice(0);
  }
}
