/** Parts that were opened one after the other, each on what came before it. */
export class Owned implements AsyncDisposable {
  readonly #parts: AsyncDisposable[] = [];

  /** Takes a part over, and hands it on. */
  own<Part extends AsyncDisposable>(part: Part): Part {
    this.#parts.push(part);
    return part;
  }

  /** Disposes of all of them, the latest first. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#parts.splice(0).toReversed()) await part[Symbol.asyncDispose]();
  }
}
