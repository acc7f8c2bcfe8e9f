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
  left: number;
}

/** Requests that a test wants to go wrong. */
export class Troubles {
  readonly #planned: Planned[] = [];

  /** The next requests that match, one by default, go wrong like that. */
  plan(
    trouble: Trouble,
    {
      method,
      path,
      times = 1,
    }: { readonly method?: string; readonly path?: RegExp; readonly times?: number } = {},
  ): void {
    this.#planned.push({ trouble, method, path, left: times });
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
    if (planned) planned.left -= 1;
    return planned?.trouble;
  }
}
