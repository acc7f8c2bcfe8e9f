import type { Usage } from '../../usage.ts';
import type { Price } from './options.ts';

/** Counts what one call of the engine takes of its servers. */
export class Meter {
  readonly #prices: Readonly<Record<string, Price>>;
  #counts = { calls: 0, inputTokens: 0, outputTokens: 0, images: 0 };
  #sentBytes = 0;
  #receivedBytes = 0;
  #seconds = 0;
  #cost: number | undefined = 0;

  constructor(prices: Readonly<Record<string, Price>> = {}) {
    this.#prices = prices;
  }

  sent(bytes: number): void {
    this.#counts.calls += 1;
    this.#sentBytes += bytes;
  }

  received(bytes: number): void {
    this.#receivedBytes += bytes;
  }

  waited(milliseconds: number): void {
    this.#seconds += milliseconds / 1_000;
  }

  /** What an answer says that it took. */
  took(
    model: string,
    took: { inputTokens?: number; outputTokens?: number; images?: number },
  ): void {
    const { inputTokens = 0, outputTokens = 0, images = 0 } = took;
    this.#counts.inputTokens += inputTokens;
    this.#counts.outputTokens += outputTokens;
    this.#counts.images += images;
    const price = Object.hasOwn(this.#prices, model) ? this.#prices[model] : undefined;
    if (!price) this.#cost = undefined;
    else if (this.#cost !== undefined) {
      this.#cost +=
        (inputTokens * price.input + outputTokens * price.output) / 1e6 + images * price.image;
    }
  }

  /** Undefined where no server was asked. */
  read(): Usage | undefined {
    if (this.#counts.calls === 0) return undefined;
    return {
      ...this.#counts,
      sentBytes: this.#sentBytes,
      receivedBytes: this.#receivedBytes,
      seconds: Math.round(this.#seconds * 1_000) / 1_000,
      ...(this.#cost !== undefined && { cost: this.#cost }),
    };
  }
}
