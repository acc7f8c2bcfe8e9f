import { randomUUID } from 'node:crypto';

import { Queue, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';

import { encodeEngine, type Keys } from './keys.ts';
import { reach } from './connection.ts';
import { evaluate, type TurnHome } from './script.ts';
import { TICKETS_NEEDED } from './scripts/reading.ts';

/**
 * A ticket is a BullMQ job that carries nothing: the right to run one turn, whichever is the next. Its
 * lock tells whether the worker lives. Until its turn has ended it is never done with, so that BullMQ's
 * own counting of attempts is of no use.
 */
const TICKET = {
  attempts: Number.MAX_SAFE_INTEGER,
  /** After a failure that is none of the turn's, as a lost connection. */
  backoff: { type: 'fixed', delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: true,
} as const satisfies JobsOptions;

/** Nobody reads BullMQ's own events. */
const MAX_EVENTS = 10;

const NeededReply = z.tuple([z.number(), z.number()]);

/** Issues tickets; as many as there are turns or more, since one too many does no harm. */
export class TicketOffice {
  readonly #home: TurnHome;
  readonly #queues = new Map<string, Queue>();

  constructor(home: TurnHome) {
    this.#home = home;
  }

  /** @param name The same name is the same ticket, as long as that is there. */
  async issue(engine: string, name: string): Promise<void> {
    await this.#add(encodeEngine(engine), name);
  }

  /** Issues what turns lack that lost theirs: one process can die between a turn and its ticket. */
  async makeUp(): Promise<void> {
    const { redis, keys } = this.#home;
    for (const encoded of await reach(redis.smembers(keys.engines))) {
      const reply = await evaluate(this.#home, TICKETS_NEEDED, [encoded]);
      const [waiting, bound] = NeededReply.parse(reply);
      if (waiting === 0) continue;
      const counting = this.#queueOf(encoded).getJobCountByTypes('wait', 'active', 'delayed');
      const tickets = await reach(counting);
      const lacking = waiting - (tickets - bound);
      for (let count = 0; count < lacking; count += 1) {
        await this.#add(encoded, randomUUID());
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  async #add(encoded: string, name: string): Promise<void> {
    await reach(this.#queueOf(encoded).add('turn', {}, { ...TICKET, jobId: name }));
  }

  #queueOf(encoded: string): Queue {
    const known = this.#queues.get(encoded);
    if (known) return known;
    const queue = new Queue(encoded, queueOptions(this.#home.redis, this.#home.keys));
    // What there is to hear is heard from the connection.
    queue.on('error', () => {});
    this.#queues.set(encoded, queue);
    return queue;
  }
}

function queueOptions(connection: Redis, { tickets }: Keys) {
  return { connection, prefix: tickets, streams: { events: { maxLen: MAX_EVENTS } } };
}
