/** What an interaction may be answered with for a while. In memory alone: it is a secret, and soon worth nothing. */
export interface InteractionToken {
  readonly interactionId: string;
  readonly applicationId: string;
  readonly token: string;
  /** Its first answer is still to come; it was said that only one person will see it. */
  isPending: boolean;
}

/** Discord takes it for 15 minutes; the last seconds are too close. */
const LIFE_MS = 15 * 60_000 - 15_000;

interface Kept {
  readonly token: InteractionToken;
  readonly until: number;
}

/** The tokens of the last minutes. */
export class InteractionTokens {
  readonly #now: () => number;
  /** By the id of the interaction, the oldest first. */
  readonly #kept = new Map<string, Kept>();
  /** The last interaction in each private place. */
  readonly #latest = new Map<string, string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  keep(token: InteractionToken, root?: string): void {
    this.#forgetOld();
    this.#kept.set(token.interactionId, { token, until: this.#now() + LIFE_MS });
    if (root !== undefined) this.#latest.set(root, token.interactionId);
  }

  of(interactionId: string | undefined): InteractionToken | undefined {
    const kept = interactionId === undefined ? undefined : this.#kept.get(interactionId);
    return kept && kept.until > this.#now() ? kept.token : undefined;
  }

  /** What can be used in a private place now. */
  latestIn(root: string): InteractionToken | undefined {
    return this.of(this.#latest.get(root));
  }

  #forgetOld(): void {
    for (const [id, { until }] of this.#kept) {
      if (until > this.#now()) break;
      this.#kept.delete(id);
    }
    for (const [root, id] of this.#latest) if (!this.#kept.has(id)) this.#latest.delete(root);
  }
}
