/** Messages in the order they came, until there will be no more. For one reader at a time. */
export class Inbox<Message> {
  readonly #unread: Message[] = [];
  #ended = false;
  #wake = () => {};

  push(message: Message): void {
    this.#unread.push(message);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** The next message; undefined once all are read and no more will come. */
  async next(): Promise<Message | undefined> {
    while (this.#unread.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#unread.shift();
  }
}
