/** When a life ends: at its nth call to the outside world, before or after that was done. */
export interface Death {
  readonly atCall: number;
  readonly when: 'before' | 'after';
}

const forever = (): Promise<never> => new Promise(() => {});

/**
 * One life of a process that can be killed: from then on no call it makes is done, and none that was
 * done is answered. What was done before stays done.
 */
export class Life {
  /** Calls that were begun and not answered yet. */
  pending = 0;
  #calls = 0;
  #isOver = false;
  readonly #death: Death | undefined;

  constructor(death?: Death) {
    this.#death = death;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
  }

  /** Something of the outside world, as this life sees it. Generators and plain values pass. */
  sees<Outside extends object>(outside: Outside, passing: readonly string[] = []): Outside {
    return new Proxy(outside, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function' || typeof name !== 'string' || passing.includes(name)) {
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return (...args: unknown[]) => this.#call(() => value.apply(target, args));
      },
    });
  }

  async #call(work: () => unknown): Promise<unknown> {
    if (this.#isOver) return forever();
    this.#calls += 1;
    const isLast = this.#calls === this.#death?.atCall;
    if (isLast && this.#death?.when === 'before') {
      this.#isOver = true;
      return forever();
    }
    this.pending += 1;
    try {
      return await work();
    } finally {
      this.pending -= 1;
      if (isLast) this.#isOver = true;
      if (this.#isOver) await forever();
    }
  }
}
