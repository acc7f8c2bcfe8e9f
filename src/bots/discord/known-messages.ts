import type { FilesOfMessage } from './message-body.ts';

/** What is remembered of a message of ours, to paint it again. */
export interface KnownMessage {
  readonly marker?: string | undefined;
  readonly files: FilesOfMessage;
}

const MOST = 5_000;

/** Messages that this process wrote or looked up last; of others Discord is asked. */
export class KnownMessages {
  readonly #messages = new Map<string, KnownMessage>();

  get(messageId: string): KnownMessage | undefined {
    return this.#messages.get(messageId);
  }

  set(messageId: string, message: KnownMessage): void {
    this.#messages.delete(messageId);
    this.#messages.set(messageId, message);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > MOST && oldest !== undefined) this.#messages.delete(oldest);
  }

  delete(messageId: string): void {
    this.#messages.delete(messageId);
  }
}
