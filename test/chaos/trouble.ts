import { Redis } from 'ioredis';

import type { EditQueue } from '../../src/queue/types.ts';
import type { RedisServer } from '../support/redis.ts';
import type { Random } from './random.ts';
import type { Workforce } from './workforce.ts';

export interface TroubleTargets {
  readonly server: RedisServer;
  readonly queue: EditQueue;
  readonly turnIds: readonly string[];
  /** Longer than this a worker must not be away. */
  readonly lockMs: number;
}

/** How many places of an engine are left in peace between two troubles. */
const PEACE = { least: 3, most: 15 };

/** Makes something go wrong every now and then, one thing at a time, and counts it. */
export class Trouble {
  readonly counts = new Map<string, number>();
  /** Places of engines that workers have come to. */
  places = 0;
  readonly #random: Random;
  readonly #targets: TroubleTargets;
  #peace: number;
  #inHand: Promise<void> | undefined;

  constructor(random: Random, targets: TroubleTargets) {
    this.#random = random;
    this.#targets = targets;
    this.#peace = this.#drawPeace();
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** A worker has come to a place of its engine. */
  onPlace(workforce: Workforce): void {
    this.places += 1;
    this.#peace -= 1;
    if (this.#peace > 0 || this.#inHand) return;
    this.#peace = this.#drawPeace();
    this.#inHand = this.#make(workforce).finally(() => {
      this.#inHand = undefined;
    });
  }

  /** Resolves once nothing is being done. */
  async settle(): Promise<void> {
    await this.#inHand;
  }

  #drawPeace(): number {
    return this.#random.between(PEACE.least, PEACE.most);
  }

  async #make(workforce: Workforce): Promise<void> {
    const { server, queue, turnIds, lockMs } = this.#targets;
    const worker = workforce.oneOf(this.#random);
    switch (this.#random.between(1, 8)) {
      case 1:
      case 2:
        worker.kill('SIGKILL');
        return this.count('workers killed');
      case 3:
        worker.kill('SIGTERM');
        return this.count('workers asked to end');
      case 4:
        worker.block(this.#random.between(lockMs, 4 * lockMs));
        return this.count('workers stood still');
      case 5:
      case 6:
        await dropConnections(server.url);
        return this.count('times that all connections were dropped');
      case 7:
        await server.kill();
        await server.start();
        return this.count('times that Redis was killed');
      default: {
        const known = [...(await queue.position(turnIds)).keys()];
        if (known.length === 0) return;
        const answer = await queue.cancel(this.#random.oneOf(known), 'Stopped.');
        return this.count(`cancels: ${answer}`);
      }
    }
  }
}

async function dropConnections(redisUrl: string): Promise<void> {
  const admin = new Redis(redisUrl);
  try {
    for (const type of ['normal', 'pubsub'] as const) {
      await admin.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
    }
  } finally {
    admin.disconnect();
  }
}
