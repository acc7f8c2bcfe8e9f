/** The names of what the queue keeps in Redis. The scripts write the same ones in `library.ts`. */
export interface Keys {
  /** What all names begin with. */
  readonly prefix: string;
  /** The prefix of BullMQ's own keys. */
  readonly tickets: string;
  /** Set of the engines that turns were enqueued for, encoded. */
  readonly engines: string;
  /** Set of the ids of workers that announced themselves. */
  readonly workers: string;
  /** Channel of the ids of turns that were cancelled while they ran. */
  readonly cancels: string;
  worker(id: string): string;
  turn(turnId: string): string;
  /** Channel that tells that there is something new of a turn. */
  news(turnId: string): string;
}

export const DEFAULT_PREFIX = 'reasonedit';

export function keysUnder(prefix: string): Keys {
  return {
    prefix,
    tickets: `${prefix}:tickets`,
    engines: `${prefix}:engines`,
    workers: `${prefix}:workers`,
    cancels: `${prefix}:cancels`,
    worker: (id) => `${prefix}:worker:${id}`,
    turn: (turnId) => `${prefix}:turn:${turnId}`,
    news: (turnId) => `${prefix}:news:${turnId}`,
  };
}

/** An engine's name as part of a key, and as the name of its BullMQ queue, which holds no colon. */
export const encodeEngine = (engine: string): string => encodeURIComponent(engine);
