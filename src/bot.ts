import { openConversations, type EngineFacts } from './bots/conversation.ts';
import { openDelivery } from './bots/delivery.ts';
import { keepRetention } from './bots/retention.ts';
import type { ChatAdapter } from './bots/types.ts';
import { engineOptions, type Settings } from './config.ts';
import { toAppError } from './errors.ts';
import { openIntake } from './image/intake.ts';
import { IMAGE_LIMITS } from './image/limits.ts';
import { instanceIn } from './instance.ts';
import type { Logger } from './logger.ts';
import { openEnginePool, type EnginePool } from './pipeline/engine-pool.ts';
import type { EngineSpec } from './pipeline/engine-host.ts';
import type { EngineOptions } from './pipeline/engines.ts';
import type { Call } from './pipeline/types.ts';
import { SYSTEM_CLOCK } from './queue/clock.ts';
import { openLocalQueue } from './queue/local.ts';
import { createWorker } from './queue/worker.ts';
import { openContentCheck } from './safety/index.ts';
import { openImageStore } from './store/images/index.ts';
import { openConversationStore } from './store/sql/index.ts';
import type { ConversationStore, ImageStore } from './store/types.ts';

/** What adapters may stand on. */
export interface Ground {
  readonly settings: Settings;
  readonly store: ConversationStore;
  readonly images: ImageStore;
}

export interface BotParts {
  readonly settings: Settings;
  readonly adapters: (ground: Ground) => readonly ChatAdapter[];
  readonly findEngine: (name: string, options: EngineOptions) => EngineSpec;
  readonly log: Logger;
}

export interface Bot extends AsyncDisposable {
  /** Resolves when all that came in so far has been done and told. */
  idle(): Promise<void>;
}

/** Characters that a request may have. */
const MAX_PROMPT_CHARACTERS = 4_000;

const MEGA = 1_000_000;

/**
 * The whole bot in this process: adapters, conversations, queue, worker, engines. It answers once it is at work.
 * Disposing of it takes nothing more, hands back what runs, and closes all in reverse order.
 *
 * @throws {AppError} What the stores and the default engine throw where they can't be opened.
 */
export async function openBot(
  { settings, adapters: open, findEngine, log }: BotParts,
  call: Call,
): Promise<Bot> {
  const opened: AsyncDisposable[] = [];
  const own = <Part extends AsyncDisposable>(part: Part): Part => {
    opened.push(part);
    return part;
  };
  const close = async () => {
    for (const part of opened.splice(0).toReversed()) await part[Symbol.asyncDispose]();
  };
  try {
    const images = own(await openImageStore(settings));
    const store = own(await openConversationStore(settings));
    const owner = own(await instanceIn(settings.DATA_DIR)).name;
    const options = engineOptions(settings);
    const pool = own(
      openEnginePool((name) => findEngine(name, options), {
        maxMemoryBytes: settings.ENGINE_MEMORY_MEGABYTES * 2 ** 20,
      }),
    );
    const engines = await startEngines(pool, settings, log);
    call.signal.throwIfAborted();
    const contentCheck = openContentCheck(settings);
    const worker = createWorker({
      engine: (name) => pool.engine(name),
      images,
      ...(contentCheck && { contentCheck }),
      onFault: ({ error, ...facts }) => log.fault('a run failed', error, facts),
    });
    const queue = own(openLocalQueue({ worker }));
    const adapters = open({ settings, store, images });
    const delivery = own(
      openDelivery({
        store,
        images,
        queue,
        adapters,
        engines: (name) => engines.get(name) ?? NO_ENGINE,
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
        engines: { defaultName: settings.ENGINE, find: (name) => engines.get(name) },
        limits: {
          maxRounds: settings.MAX_ROUNDS,
          maxBytes: settings.MAX_IMAGE_MEGABYTES * MEGA,
          maxPromptCharacters: MAX_PROMPT_CHARACTERS,
          turns: turnLimits(settings),
        },
        admins: new Set(settings.ADMINS),
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
    return {
      idle: async () => {
        await conversations.idle();
        await delivery.idle();
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const NO_ENGINE: EngineFacts = { seeded: false, maxImages: 1 };

/** Starts all engines that people may choose. Without the default one there is no bot, without others there is. */
async function startEngines(
  pool: EnginePool,
  { ENGINE, ENGINES = [] }: Settings,
  log: Logger,
): Promise<ReadonlyMap<string, EngineFacts>> {
  const facts = new Map<string, EngineFacts>();
  const start = async (name: string) => {
    const { capabilities } = await pool.engine(name);
    facts.set(name, capabilities);
  };
  const others = ENGINES.filter((name) => name !== ENGINE);
  const [first] = await Promise.allSettled([
    start(ENGINE),
    ...others.map((name) =>
      start(name).catch((error: unknown) =>
        log.fault('an engine is left out', toAppError(error), { engine: name }),
      ),
    ),
  ]);
  if (first.status === 'rejected') throw first.reason;
  return facts;
}

function turnLimits(settings: Settings) {
  const { MAX_OPEN_REQUESTS_PER_USER, DAILY_REQUESTS_PER_USER, DAILY_REQUESTS } = settings;
  return {
    openPerPerson: MAX_OPEN_REQUESTS_PER_USER,
    ...(DAILY_REQUESTS_PER_USER > 0 && { dailyPerPerson: DAILY_REQUESTS_PER_USER }),
    ...(DAILY_REQUESTS > 0 && { dailyTotal: DAILY_REQUESTS }),
  };
}
