/** An item's place in the queue, to put it back by. */
export interface Ticket<Item> {
  readonly item: Item;
  readonly person: string;
  /** The virtual time at which the item was started. */
  readonly start: number;
  readonly headStart: number;
  readonly arrival: number;
}

interface Entry<Item> {
  readonly item: Item;
  readonly arrival: number;
}

/** What one person has waiting, in order. Never empty. */
interface Lane<Item> {
  readonly entries: Entry<Item>[];
  /** The virtual start time of the first of them; each further one starts 1 later. */
  start: number;
  /** By how much they are taken earlier than that. */
  readonly headStart: number;
}

/** Turns that somebody with priority may have before it is with them as with everybody else. */
export const PRIORITY_HEAD_START = 10;

/**
 * Start-time fair queuing (Goyal, Vin and Cheng, 1996) with one share per person: the virtual time is
 * the start time of what was taken last, a person's next item starts 1 after the one before or at the
 * virtual time, whichever is later, and the earliest start is taken first, of equals the one that came
 * first. So a person who had nothing here waits for at most one item of each other.
 *
 * Who has a head start of n is taken as if their items started n earlier, and pays for it: once they are
 * n ahead of their share they wait like everybody else. So each of them delays others by at most n items.
 */
export class FairQueue<Item> {
  readonly #lanes = new Map<string, Lane<Item>>();
  /** When the last taken item of a person ends who has none waiting, while that is still ahead. */
  readonly #ends = new Map<string, number>();
  #virtualTime = 0;
  #arrivals = 0;

  get size(): number {
    return [...this.#lanes.values()].reduce((sum, { entries }) => sum + entries.length, 0);
  }

  /** @param headStart Of items that wait already the person keeps the one that they came with. */
  push(person: string, item: Item, headStart = 0): void {
    const entry = { item, arrival: (this.#arrivals += 1) };
    const lane = this.#lanes.get(person);
    if (lane) {
      lane.entries.push(entry);
      return;
    }
    const start = Math.max(this.#virtualTime, this.#ends.get(person) ?? 0);
    this.#ends.delete(person);
    this.#lanes.set(person, { entries: [entry], start, headStart });
  }

  /** The next item, removed. */
  take(): Ticket<Item> | undefined {
    let next: { person: string; lane: Lane<Item>; first: Entry<Item> } | undefined;
    for (const [person, lane] of this.#lanes) {
      const [first] = lane.entries;
      if (first && (!next || isBefore(turnOf(lane), first, turnOf(next.lane), next.first))) {
        next = { person, lane, first };
      }
    }
    if (!next) return undefined;
    const { person, lane, first } = next;
    const { start, headStart } = lane;
    this.#advanceTo(start - headStart);
    lane.entries.shift();
    lane.start = Math.max(this.#virtualTime, start + 1);
    this.#closeIfEmpty(person, lane);
    return { ...first, person, start, headStart };
  }

  /** Puts an item back that was taken: among those of its person it is where it was. */
  putBack({ item, person, start, headStart, arrival }: Ticket<Item>): void {
    const lane = this.#lanes.get(person) ?? { entries: [], start, headStart };
    this.#lanes.set(person, lane);
    this.#ends.delete(person);
    lane.start = Math.min(lane.start, start);
    const later = lane.entries.findIndex((entry) => entry.arrival > arrival);
    lane.entries.splice(later < 0 ? lane.entries.length : later, 0, { item, arrival });
  }

  /** Takes an item out of turn; its person's later ones move up. */
  remove(person: string, item: Item): void {
    const lane = this.#lanes.get(person);
    const index = lane?.entries.findIndex((entry) => entry.item === item) ?? -1;
    if (!lane || index < 0) return;
    lane.entries.splice(index, 1);
    this.#closeIfEmpty(person, lane);
  }

  /** All items, in the order in which they would be taken if none came. */
  inOrder(): Item[] {
    const all = [...this.#lanes.values()].flatMap(({ entries, start, headStart }) => {
      let next = start;
      return entries.map((entry) => {
        const own = next;
        next = Math.max(this.#virtualTime, own + 1);
        return { entry, start: own - headStart };
      });
    });
    return all
      .toSorted((one, other) => (isBefore(one.start, one.entry, other.start, other.entry) ? -1 : 1))
      .map(({ entry }) => entry.item);
  }

  #closeIfEmpty(person: string, lane: Lane<Item>): void {
    if (lane.entries.length > 0) return;
    this.#lanes.delete(person);
    if (lane.start > this.#virtualTime) this.#ends.set(person, lane.start);
  }

  #advanceTo(time: number): void {
    if (time <= this.#virtualTime) return;
    this.#virtualTime = time;
    for (const [person, end] of this.#ends) {
      if (end <= time) this.#ends.delete(person);
    }
  }
}

const turnOf = ({ start, headStart }: Lane<unknown>): number => start - headStart;

function isBefore(
  start: number,
  { arrival }: Entry<unknown>,
  otherStart: number,
  { arrival: otherArrival }: Entry<unknown>,
): boolean {
  return start < otherStart || (start === otherStart && arrival < otherArrival);
}
