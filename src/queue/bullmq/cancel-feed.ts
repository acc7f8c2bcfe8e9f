import type { Redis } from 'ioredis';

import type { TurnHome } from './script.ts';
import type { TurnControl } from './turn-control.ts';

/**
 * Tells runs that their turn was cancelled, soon: that it was is written down with the turn, and looked
 * up there for one turn when somebody says so, and for all when that may have been missed. Runs that
 * say something are told even without.
 */
export class CancelFeed {
  readonly #home: TurnHome;
  readonly #controls: ReadonlySet<TurnControl>;

  /** @param subscriber Stays the caller's. */
  constructor(home: TurnHome, subscriber: Redis, controls: ReadonlySet<TurnControl>) {
    this.#home = home;
    this.#controls = controls;
    subscriber.on('message', (_channel, turnId) => this.#look(turnId));
    subscriber.on('ready', () => {
      const subscribed = subscriber.subscribe(home.keys.cancels);
      // Where it is lost again, the next connection does it.
      subscribed.then(() => this.#look()).catch(() => {});
    });
  }

  /** @param turnId Undefined for all that run. */
  #look(turnId?: string): void {
    const { redis, keys } = this.#home;
    for (const control of this.#controls) {
      if (turnId !== undefined && control.turn.turnId !== turnId) continue;
      redis
        .hget(keys.turn(control.turn.turnId), 'cancel')
        .then((reason) => control.stop(reason ?? undefined))
        .catch(() => {});
    }
  }
}
