/** What goes wrong with a request. */
export type Trouble =
  /** It is refused for a while. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number; readonly isGlobal: boolean }
  /** It is not heard. */
  | { readonly kind: 'hangs-up' }
  /** It is done, and nobody hears of it. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'status'; readonly status: number };

interface Planned {
  readonly trouble: Trouble;
  readonly method?: string | undefined;
  readonly path?: RegExp | undefined;
  /** Requests that go well before. */
  skip: number;
  left: number;
  readonly andThen: (() => void) | undefined;
}

interface Plan {
  readonly method?: string;
  readonly path?: RegExp;
  /** How many go wrong. Default: 1. */
  readonly times?: number;
  /** How many of them go well before. Default: 0. */
  readonly skip?: number;
  /** Called as it happens. */
  readonly andThen?: () => void;
}

/** Requests that a test wants to go wrong. */
export class Troubles {
  readonly #planned: Planned[] = [];

  /** The next requests that match go wrong like that. */
  plan(trouble: Trouble, { method, path, times = 1, skip = 0, andThen }: Plan = {}): void {
    this.#planned.push({ trouble, method, path, left: times, skip, andThen });
  }

  /** Calls off what has not happened yet. */
  clear(): void {
    this.#planned.length = 0;
  }

  take(method: string, path: string): Trouble | undefined {
    const planned = this.#planned.find(
      (one) =>
        one.left > 0 &&
        (one.method === undefined || one.method === method) &&
        (one.path === undefined || one.path.test(path)),
    );
    if (!planned) return undefined;
    if (planned.skip > 0) {
      planned.skip -= 1;
      return undefined;
    }
    planned.left -= 1;
    planned.andThen?.();
    return planned.trouble;
  }
}
