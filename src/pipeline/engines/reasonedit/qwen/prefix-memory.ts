import { firstOf, type KeyValueCache } from './key-value-cache.ts';
import type { Prompt } from './prompt.ts';

/** The beginnings that a turn's calls share: with the source alone, with the result alone, with both. */
const CAPACITY = 3;

/**
 * What was read of earlier prompts, so that a prompt which begins as one of them is read from where it differs.
 * Beginnings end after their last picture: pictures are nearly all of a prompt, and what follows is of one call alone.
 */
export class PrefixMemory {
  readonly #imageToken: number;
  /** The longest unused first. */
  #entries: Entry[] = [];

  constructor(imageToken: number) {
    this.#imageToken = imageToken;
  }

  /** The longest beginning of a prompt that was read before; at least one token is left to read. */
  recall(prompt: Prompt): KeyValueCache | undefined {
    let best: { entry: Entry; tokens: number } | undefined;
    for (const entry of this.#entries) {
      const tokens = Math.min(this.#shared(entry.prompt, prompt), prompt.tokens.length - 1);
      const usable = Math.min(tokens, entry.cache.tokens);
      if (usable > (best?.tokens ?? 0)) best = { entry, tokens: usable };
    }
    if (best === undefined) return undefined;
    const { entry, tokens } = best;
    this.#entries = [...this.#entries.filter((other) => other !== entry), entry];
    return tokens === entry.cache.tokens ? entry.cache : firstOf(entry.cache, tokens);
  }

  /** @param cache Of the whole prompt, or of more. */
  keep(prompt: Prompt, cache: KeyValueCache): void {
    const tokens = prompt.tokens.lastIndexOf(this.#imageToken) + 1;
    if (tokens === 0) return;
    const known = this.#entries.some(
      (entry) => entry.cache.tokens >= tokens && this.#shared(entry.prompt, prompt) >= tokens,
    );
    if (known) return;
    // What goes on from an older beginning takes its place only when there is no room.
    this.#entries = [
      ...this.#entries.slice(1 - CAPACITY),
      { prompt, cache: firstOf(cache, tokens) },
    ];
  }

  /** How many tokens both begin with. Pictures are the same when they are the same object. */
  #shared(a: Prompt, b: Prompt): number {
    let picture = 0;
    const end = Math.min(a.tokens.length, b.tokens.length);
    for (let place = 0; place < end;) {
      if (a.tokens[place] !== b.tokens[place]) return place;
      if (a.tokens[place] !== this.#imageToken) {
        place++;
        continue;
      }
      if (a.pictures[picture] !== b.pictures[picture]) return place;
      place += a.pictures[picture++]?.tokens ?? 1;
    }
    return end;
  }
}

interface Entry {
  readonly prompt: Prompt;
  readonly cache: KeyValueCache;
}
