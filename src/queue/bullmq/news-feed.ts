import type { Redis } from 'ioredis';

import { awaitedChange, type Change } from '../change.ts';
import { reach } from './connection.ts';
import type { Keys } from './keys.ts';

/** Follows one turn until it is closed. */
export interface Follower {
  /** Resolves once nothing new can be missed any more. */
  readonly ready: Promise<unknown>;
  /** Resolves when there may be something new that there was not before this call. */
  next(): Promise<void>;
  close(): void;
}

interface Follow {
  readonly followers: Set<{ change: Change }>;
  readonly ready: Promise<unknown>;
}

/**
 * Tells of news of any number of turns, over one connection. It tells that there is some and not what,
 * so that what gets lost with a connection is made up for by one more look.
 */
export class NewsFeed {
  readonly #subscriber: Redis;
  readonly #keys: Keys;
  readonly #follows = new Map<string, Follow>();
  #closed = false;

  /** @param subscriber Stays the caller's; subscribes to nothing by itself after it was lost. */
  constructor(subscriber: Redis, keys: Keys) {
    this.#subscriber = subscriber;
    this.#keys = keys;
    subscriber.on('message', (channel) => this.#wake(channel));
    subscriber.on('ready', () => void this.#resume());
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  follow(turnId: string): Follower {
    const channel = this.#keys.news(turnId);
    const follow = this.#follows.get(channel) ?? this.#begin(channel);
    const follower = { change: awaitedChange() };
    follow.followers.add(follower);
    return {
      ready: follow.ready,
      next: () => follower.change.happened,
      close: () => {
        follow.followers.delete(follower);
        if (follow.followers.size === 0) this.#end(channel, follow);
      },
    };
  }

  /** All who follow look once more. */
  close(): void {
    this.#closed = true;
    for (const channel of this.#follows.keys()) this.#wake(channel);
  }

  #begin(channel: string): Follow {
    const ready = reach(this.#subscriber.subscribe(channel));
    // Whoever follows hears it.
    ready.catch(() => {});
    const follow = { followers: new Set<{ change: Change }>(), ready };
    this.#follows.set(channel, follow);
    return follow;
  }

  #end(channel: string, follow: Follow): void {
    if (this.#follows.get(channel) !== follow) return;
    this.#follows.delete(channel);
    this.#subscriber.unsubscribe(channel).catch(() => {});
  }

  async #resume(): Promise<void> {
    const channels = [...this.#follows.keys()];
    if (channels.length === 0) return;
    try {
      await this.#subscriber.subscribe(...channels);
      for (const channel of channels) this.#wake(channel);
    } catch {
      // Lost again: the next connection does it.
    }
  }

  #wake(channel: string): void {
    for (const follower of this.#follows.get(channel)?.followers ?? []) {
      const { change } = follower;
      follower.change = awaitedChange();
      change.happen();
    }
  }
}
