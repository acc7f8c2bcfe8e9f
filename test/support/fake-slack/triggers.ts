import type { Clock } from '../../../src/queue/clock.ts';
import { Refusal } from './refusal.ts';
import { makeId } from './workspace.ts';

/** What may be done once, and for a while, because a person did something. */
export class Triggers {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  readonly #triggers = new Map<string, { readonly userId: string; readonly until: number }>();

  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  make(userId: string): string {
    const id = `${makeId('1')}.${makeId('2')}.trigger`;
    this.#triggers.set(id, { userId, until: this.#clock.now() + this.#lifeMs });
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
