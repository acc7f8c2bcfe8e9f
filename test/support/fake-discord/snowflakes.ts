import type { FakeClock } from './clock.ts';

const EPOCH_MS = 1_420_070_400_000n;
/** Bits behind the time of an id: worker, process, count. */
const TIME_SHIFT = 22n;

/** Makes ids as the platform does: they begin with their time, and each is greater than those before. */
export class Snowflakes {
  readonly #clock: FakeClock;
  #last = 0n;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  next(): string {
    const first = (BigInt(this.#clock.now()) - EPOCH_MS) << TIME_SHIFT;
    this.#last = first > this.#last ? first : this.#last + 1n;
    return String(this.#last);
  }

  /** The next id of a guild that belongs to a shard of so many. */
  nextOf(shard: number, shards: number): string {
    do this.#last += 1n << TIME_SHIFT;
    while (shardOf(this.next(), shards) !== shard);
    return String(this.#last);
  }
}

/** The shard that hears of a guild. */
export const shardOf = (guildId: string, shards: number): number =>
  Number((BigInt(guildId) >> TIME_SHIFT) % BigInt(shards));

/** When the thing with this id came to be: milliseconds since the epoch. */
export const timeOf = (id: string): number => Number((BigInt(id) >> TIME_SHIFT) + EPOCH_MS);
