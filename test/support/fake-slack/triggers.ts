import type { Clock } from '../../../src/queue/clock.ts';
import { Refusal } from './refusal.ts';
import { makeId } from './workspace.ts';

/** A trigger opens one view. */
const TRIGGER_MS = 3_000;

/** What may be done for a while because a person did something. */
export class Triggers {
  readonly #clock: Clock;
  readonly #triggers = new Map<string, { readonly userId: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  make(userId: string): string {
    const id = `${makeId('1')}.${makeId('2')}.trigger`;
    this.#triggers.set(id, { userId, until: this.#clock.now() + TRIGGER_MS });
    return id;
  }

  /**
   * Whose it is; it can't be used again.
   * @throws {Refusal}
   */
  use(id: string): string {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    this.#triggers.delete(id);
    if (trigger.until < this.#clock.now()) throw new Refusal('expired_trigger_id');
    return trigger.userId;
  }
}
