import { Bell } from '../delivery/bell.ts';

/** Wakes all who read the chat when something in it has changed. */
export class Bells {
  readonly #hung = new Set<Bell>();

  hang(): Bell {
    const bell = new Bell();
    this.#hung.add(bell);
    return bell;
  }

  takeDown(bell: Bell): void {
    this.#hung.delete(bell);
  }

  ring(): void {
    for (const bell of this.#hung) bell.ring();
  }
}
