import { z } from 'zod';

import type { Capabilities } from '../../pipeline/types.ts';
import { reach } from './connection.ts';
import type { TurnHome } from './script.ts';

const VERSION = 1;

/** What is announced holds for so long. */
const EXPIRY_MS = 30_000;
/** How often it is to be announced. */
export const ANNOUNCEMENT_INTERVAL_MS = 10_000;

const Served = z.object({
  /** Turns that the worker runs at a time. */
  slots: z.int().positive(),
  capabilities: z.object({
    seeded: z.boolean(),
    previews: z.boolean(),
    maxImages: z.int().nonnegative(),
    masks: z.boolean(),
  }),
});

/** What a worker tells of itself: its engines, by their names. */
const Announcement = z.object({
  version: z.literal(VERSION),
  engines: z.record(z.string(), Served),
});

export type ServedEngine = Readonly<z.infer<typeof Served>>;

/** An engine over all workers that serve it. */
export interface AnnouncedEngine {
  readonly slots: number;
  /** What each of them can do. */
  readonly capabilities: Capabilities;
}

/** Tells which engines a worker serves; to be told again before it expires. */
export async function announce(
  { redis, keys }: TurnHome,
  workerId: string,
  engines: Readonly<Record<string, ServedEngine>>,
): Promise<void> {
  const text = JSON.stringify({ version: VERSION, engines });
  const entry = redis.multi().set(keys.worker(workerId), text, 'PX', EXPIRY_MS);
  await reach(entry.sadd(keys.workers, workerId).exec());
}

export async function withdraw({ redis, keys }: TurnHome, workerId: string): Promise<void> {
  await reach(redis.multi().del(keys.worker(workerId)).srem(keys.workers, workerId).exec());
}

/** The engines that are announced, by their names. */
export async function announcedEngines({
  redis,
  keys,
}: TurnHome): Promise<Map<string, AnnouncedEngine>> {
  const workers = await reach(redis.smembers(keys.workers));
  if (workers.length === 0) return new Map();
  const texts = await reach(redis.mget(...workers.map((id) => keys.worker(id))));
  const gone = workers.filter((_id, index) => texts[index] === null);
  if (gone.length > 0) await reach(redis.srem(keys.workers, ...gone));
  const engines = new Map<string, AnnouncedEngine>();
  for (const { engines: served } of texts.flatMap(readAnnouncement)) {
    for (const [name, engine] of Object.entries(served)) {
      engines.set(name, together(engines.get(name), engine));
    }
  }
  return engines;
}

function readAnnouncement(text: string | null) {
  const { data } = Announcement.safeParse(JSON.parse(text ?? 'null'));
  return data ? [data] : [];
}

/** Nobody can choose the worker, so that only what all can do can be relied on. */
function together(known: AnnouncedEngine | undefined, engine: ServedEngine): AnnouncedEngine {
  if (!known) return engine;
  const [one, other] = [known.capabilities, engine.capabilities];
  return {
    slots: known.slots + engine.slots,
    capabilities: {
      seeded: one.seeded && other.seeded,
      previews: one.previews && other.previews,
      maxImages: Math.min(one.maxImages, other.maxImages),
      masks: one.masks && other.masks,
    },
  };
}
