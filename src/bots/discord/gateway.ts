import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  type GatewayDispatchPayload,
} from 'discord.js';

import { AppError, isAppError, toAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { asPlatformError } from './errors.ts';
import type { DiscordSettings } from './parts.ts';

const INTENTS =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages |
  GatewayIntentBits.DirectMessageReactions;

export interface GatewayParts {
  readonly settings: DiscordSettings;
  /** All that is told, in its order, before the client has made anything of it. */
  readonly onEvent: (event: GatewayDispatchPayload, client: Client) => void;
  /** A shard is connected anew: what happened before is not told any more. */
  readonly onNewSession: (client: Client, shardId: number) => void;
  readonly onFault: (error: AppError) => void;
}

const RETRY = { firstMs: 1_000, mostMs: 60_000 } as const;

/** The line on which Discord tells what happens. The client keeps it up, and takes it up again after a break. */
export class Gateway {
  readonly #parts: GatewayParts;
  #client: Client | undefined;
  #readsMessages = true;
  readonly #closing = new AbortController();
  #retrying: Promise<void> = Promise.resolve();

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  get client(): Client | undefined {
    return this.#client;
  }

  /** False where Discord does not let the bot read messages that do not mention it. */
  get readsMessages(): boolean {
    return this.#readsMessages;
  }

  /**
   * Connects. Where Discord is not there it goes on trying.
   * @throws {AppError} `BAD_SETTINGS` where it would be in vain.
   */
  async connect(call: Call): Promise<void> {
    try {
      await this.#logIn(call);
    } catch (error) {
      call.signal.throwIfAborted();
      if (!isAppError(error) || !error.retryable) throw error;
      this.#parts.onFault(error);
      this.#retrying = this.#retry();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client?.destroy();
    await this.#retrying;
  }

  async #retry(): Promise<void> {
    const { signal } = this.#closing;
    for (let waitMs: number = RETRY.firstMs; ; waitMs = Math.min(2 * waitMs, RETRY.mostMs)) {
      await pause(waitMs, signal);
      if (signal.aborted) return;
      try {
        return await this.#logIn({ signal });
      } catch (thrown) {
        if (signal.aborted) return;
        const error = toAppError(thrown);
        this.#parts.onFault(error);
        if (!error.retryable) return;
      }
    }
  }

  async #logIn(call: Call): Promise<void> {
    const code = await this.#tryToLogIn(call);
    if (code === undefined) return;
    const isContentDenied = code === GatewayCloseCodes.DisallowedIntents && this.#readsMessages;
    if (!isContentDenied) throw unusable(code);
    this.#readsMessages = false;
    this.#parts.onFault(
      new AppError(
        'BAD_SETTINGS',
        'Discord does not let the bot read messages that do not mention it; switch on the Message Content Intent in the developer portal.',
      ),
    );
    const again = await this.#tryToLogIn(call);
    if (again !== undefined) throw unusable(again);
  }

  /** The code with which Discord closed the line for good, if it did. */
  async #tryToLogIn({ signal }: Call): Promise<GatewayCloseCodes | undefined> {
    signal.throwIfAborted();
    const client = this.#makeClient();
    this.#client = client;
    let code: GatewayCloseCodes | undefined;
    const fault = (error: Error) => {
      // What closed the line for good is told otherwise.
      if (code === undefined) this.#parts.onFault(asPlatformError(error, { lacks: () => [] }));
    };
    client.on(Events.ShardError, fault);
    client.on(Events.Error, fault);
    client.on(Events.ShardDisconnect, (event) => (code = event.code as GatewayCloseCodes));
    const abort = () => void client.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await client.login(this.#parts.settings.DISCORD_TOKEN);
      signal.throwIfAborted();
      client.on(Events.ShardDisconnect, (event) => this.#parts.onFault(unusable(event.code)));
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      await client.destroy();
      if (code !== undefined) return code;
      if (isTokenFault(error)) return GatewayCloseCodes.AuthenticationFailed;
      throw asPlatformError(error, { lacks: () => [] });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #makeClient(): Client {
    const { settings, onEvent, onNewSession } = this.#parts;
    const { DISCORD_API_URL: api, DISCORD_SHARDS: shards } = settings;
    const client = new Client({
      intents: INTENTS | (this.#readsMessages ? GatewayIntentBits.MessageContent : 0),
      rest: { version: '10', ...(api !== undefined && { api }) },
      ...(shards && { shards: [...shards.ids], shardCount: shards.count }),
      makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, ...CACHES }),
    });
    client.on(Events.Raw, (event: GatewayDispatchPayload) => onEvent(event, client));
    client.on(Events.ShardReady, (shardId) => onNewSession(client, shardId));
    return client;
  }
}

/** Of the bot itself alone; people and what they write come with each event. */
const ONLY_US = {
  maxSize: 0,
  keepOverLimit: (one: { readonly id: string; readonly client: Client }) =>
    one.id === one.client.user?.id,
};

const CACHES = {
  MessageManager: 0,
  GuildMemberManager: ONLY_US,
  UserManager: ONLY_US,
  ThreadMemberManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  PresenceManager: 0,
  VoiceStateManager: 0,
  StageInstanceManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildInviteManager: 0,
  GuildScheduledEventManager: 0,
  GuildBanManager: 0,
  AutoModerationRuleManager: 0,
};

function isTokenFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
}

function unusable(code: GatewayCloseCodes): AppError {
  const wrong = WRONG_SETTINGS.get(code);
  return new AppError(
    'BAD_SETTINGS',
    wrong ?? `Discord closed the line for good, with code ${code}.`,
  );
}

const SHARDS =
  'Discord does not take the setting DISCORD_SHARDS; docs/discord.md says how to choose it.';

const WRONG_SETTINGS: ReadonlyMap<GatewayCloseCodes, string> = new Map([
  [
    GatewayCloseCodes.AuthenticationFailed,
    'Discord does not take the setting DISCORD_TOKEN; copy it anew from the developer portal.',
  ],
  [GatewayCloseCodes.InvalidShard, SHARDS],
  [GatewayCloseCodes.ShardingRequired, SHARDS],
]);

function pause(forMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, forMs);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
