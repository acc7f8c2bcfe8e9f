import { openOwnLine } from './bot/own-line.ts';
import type { Line } from './bot/line.ts';
import { openConversations } from './bots/conversation.ts';
import { openDelivery } from './bots/delivery.ts';
import { keepRetention } from './bots/retention.ts';
import type { ChatAdapter } from './bots/types.ts';
import type { Settings } from './config/index.ts';
import { unwatched, type Health } from './health/health.ts';
import { openIntake } from './image/intake.ts';
import { IMAGE_LIMITS } from './image/limits.ts';
import { instanceIn } from './instance.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics/types.ts';
import { watchedLog, watchedQueue } from './metrics/watched.ts';
import { Owned } from './owned.ts';
import type { Call } from './pipeline/types.ts';
import { SYSTEM_CLOCK } from './queue/clock.ts';
import type { EditQueue } from './queue/types.ts';
import { openImageStore } from './store/images/index.ts';
import { openConversationStore, openWebChat } from './store/sql/index.ts';
import type { ConversationStore, ImageStore } from './store/types.ts';
import type { WebChat } from './store/web-chat.ts';
import type { WorkshopParts } from './workshop.ts';

/** What adapters may stand on. */
export interface Ground {
  readonly settings: Settings;
  readonly store: ConversationStore;
  readonly images: ImageStore;
  /** Where the chat in the browser keeps its threads. */
  readonly webChat: WebChat;
}

export interface BotParts {
  readonly settings: Settings;
  readonly adapters: (ground: Ground) => readonly ChatAdapter[];
  readonly findEngine: WorkshopParts['findEngine'];
  readonly log: Logger;
  /** Stays the caller's. Default: nobody watches. */
  readonly health?: Health;
}

export interface Bot extends AsyncDisposable {
  /** Resolves when all that came in so far has been done and told. */
  idle(): Promise<void>;
}

/** Characters that a request may have. */
const MAX_PROMPT_CHARACTERS = 4_000;

const MEGA = 1_000_000;

/**
 * The bots of this process: adapters, conversations, delivery, and the way to workers. Without a Redis
 * that is a worker of its own. It answers once it is at work. Disposing of it takes nothing more, hands
 * back what runs, and closes all in reverse order.
 *
 * @throws {AppError} What the stores, and the default engine of a worker of its own, throw where they
 *   can't be opened.
 */
export async function openBot(
  { settings, adapters: open, findEngine, log: plainLog, health = unwatched() }: BotParts,
  call: Call,
): Promise<Bot> {
  const { metrics, readiness } = health;
  const log = watchedLog(plainLog, metrics.record);
  const parts = new Owned();
  const own = <Part extends AsyncDisposable>(part: Part) => parts.own(part);
  try {
    const images = own(await openImageStore(settings));
    const store = own(await openConversationStore(settings));
    readiness.need('database', () => store.undelivered(1));
    const webChat = own(await openWebChat(settings));
    const owner = own(await instanceIn(settings.DATA_DIR)).name;
    const line = own(await openLine({ settings, findEngine, images, log, metrics }, health));
    call.signal.throwIfAborted();
    const { engines } = line;
    const queue = watchedQueue(line.queue, metrics.record);
    watchBacklog(metrics, queue, store);
    const adapters = open({ settings, store, images, webChat });
    const delivery = own(
      openDelivery({
        store,
        images,
        queue,
        adapters,
        engines: (name) => engines.find(name) ?? GONE,
        limits: {
          timeLimitMs: settings.TURN_DEADLINE_SECONDS * 1_000,
          waitLimitMs: settings.QUEUE_DEADLINE_SECONDS * 1_000,
        },
        owner,
        onFault: ({ error, ...facts }) => log.fault('a delivery failed', error, facts),
      }),
    );
    const intake = own(
      openIntake({
        ...IMAGE_LIMITS,
        maxBytes: settings.MAX_IMAGE_MEGABYTES * MEGA,
        maxPixels: settings.MAX_IMAGE_MEGAPIXELS * MEGA,
      }),
    );
    const conversations = own(
      openConversations({
        store,
        images,
        intake,
        queue,
        delivery,
        adapters,
        engines,
        limits: {
          maxRounds: settings.MAX_ROUNDS,
          maxBytes: settings.MAX_IMAGE_MEGABYTES * MEGA,
          maxPromptCharacters: MAX_PROMPT_CHARACTERS,
          turns: turnLimits(settings),
        },
        admins: new Set(settings.ADMINS),
        priorityRoles: new Set(settings.PRIORITY_ROLES),
        onFault: ({ error, ...facts }) => log.fault('a message failed', error, facts),
      }),
    );
    own(
      keepRetention({
        conversations: store,
        images,
        days: settings.RETENTION_DAYS,
        owner,
        clock: SYSTEM_CLOCK,
        alsoSweep: (before) => webChat.removeThreadsBefore(before),
        onSwept: (swept) => log.info('swept', { ...swept }),
        onFault: (error) => log.fault('a sweep failed', error),
      }),
    );
    await delivery.start();
    await conversations.start();
    for (const adapter of adapters) {
      await own(adapter).start(conversations.receive, call);
      log.info('connected', { platform: adapter.platform });
    }
    readiness.start();
    return {
      idle: async () => {
        await conversations.idle();
        await delivery.idle();
      },
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    };
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}

async function openLine(parts: WorkshopParts, health: Health): Promise<Line> {
  const { settings, log } = parts;
  const { REDIS_URL: redisUrl } = settings;
  if (redisUrl === undefined) return openOwnLine(parts);
  // BullMQ takes a while to load, for those alone who use it.
  const { openSharedLine } = await import('./bot/shared-line.ts');
  return openSharedLine({ redisUrl, settings, log, health });
}

/** An engine that was taken out of the settings since. */
const GONE = { seeded: false };

/** Turns looked at for the number of those whose threads lag behind. */
const UNDELIVERED_LIMIT = 1_000;

function watchBacklog(metrics: Metrics, queue: EditQueue, store: ConversationStore): void {
  for (const part of ['waiting', 'running'] as const) {
    metrics.watch(part, async () => {
      const depths = await queue.depths();
      return new Map([...depths].map(([engine, depth]) => [engine, depth[part]]));
    });
  }
  metrics.watch('undelivered', async () => {
    const turns = await store.undelivered(UNDELIVERED_LIMIT);
    return new Map([['', turns.length]]);
  });
}

function turnLimits(settings: Settings) {
  const { MAX_OPEN_REQUESTS_PER_USER, DAILY_REQUESTS_PER_USER, DAILY_REQUESTS } = settings;
  return {
    openPerPerson: MAX_OPEN_REQUESTS_PER_USER,
    ...(DAILY_REQUESTS_PER_USER > 0 && { dailyPerPerson: DAILY_REQUESTS_PER_USER }),
    ...(DAILY_REQUESTS > 0 && { dailyTotal: DAILY_REQUESTS }),
  };
}
