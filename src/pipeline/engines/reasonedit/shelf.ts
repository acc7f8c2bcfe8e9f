import type { Residence } from './memory-plan.ts';

/** One of the models, as it is opened. */
export type Opener<Model extends AsyncDisposable> = () => Promise<Model>;

/**
 * Keeps the two models of the engine: each is opened when it is first needed and stays, or, when they take
 * turns, is closed before the other opens. One call at a time uses them.
 */
export class Shelf<
  Reader extends AsyncDisposable,
  Painter extends AsyncDisposable,
> implements AsyncDisposable {
  readonly #residence: Residence;
  readonly #openReader: Opener<Reader>;
  readonly #openPainter: Opener<Painter>;
  #reader: Reader | undefined;
  #painter: Painter | undefined;

  constructor(residence: Residence, openReader: Opener<Reader>, openPainter: Opener<Painter>) {
    this.#residence = residence;
    this.#openReader = openReader;
    this.#openPainter = openPainter;
  }

  /** Opens what can be there from the start, so that what is wrong with it shows at once. */
  async fill(): Promise<void> {
    await this.reader();
    if (this.#residence === 'together') await this.painter();
  }

  async reader(): Promise<Reader> {
    if (this.#reader === undefined) {
      if (this.#residence === 'in-turns') await this.#closePainter();
      this.#reader = await this.#openReader();
    }
    return this.#reader;
  }

  async painter(): Promise<Painter> {
    if (this.#painter === undefined) {
      if (this.#residence === 'in-turns') await this.#closeReader();
      this.#painter = await this.#openPainter();
    }
    return this.#painter;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#closePainter();
    await this.#closeReader();
  }

  async #closeReader(): Promise<void> {
    const reader = this.#reader;
    this.#reader = undefined;
    await reader?.[Symbol.asyncDispose]();
  }

  async #closePainter(): Promise<void> {
    const painter = this.#painter;
    this.#painter = undefined;
    await painter?.[Symbol.asyncDispose]();
  }
}
