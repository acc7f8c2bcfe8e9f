import { EventEmitter } from 'node:events';

import { ChannelType, GatewayIntentBits, type APIApplicationCommand } from 'discord.js';

import { failure } from './api-error.ts';
import type { FakeClock } from './clock.ts';
import type { Interaction } from './interaction.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import type { FakeChannel, FakeFile, FakeGuild, FakeMessage, FakeUser } from './records.ts';
import { Snowflakes, timeOf } from './snowflakes.ts';

/** What a session may see of an event. */
export interface Viewer {
  /** It may read what people write. */
  readonly readsContent: boolean;
}

export interface WorldEvent {
  readonly name: string;
  /** Where absent it is told to the first shard. */
  readonly guildId?: string | undefined;
  /** Told only where the bot sees this one. */
  readonly channelId?: string;
  /** Told only to those who asked for one of these; 0 for everyone. */
  readonly intents: number;
  readonly data: (viewer: Viewer) => object;
}

/** All that the platform knows, and who hears of changes. */
export class World {
  readonly clock: FakeClock;
  readonly snowflakes: Snowflakes;
  readonly limits: Limits;
  readonly bot: FakeUser;
  readonly users = new Map<string, FakeUser>();
  readonly guilds = new Map<string, FakeGuild>();
  readonly channels = new Map<string, FakeChannel>();
  readonly messages = new Map<string, FakeMessage>();
  readonly files = new Map<string, FakeFile>();
  readonly interactions = new Map<string, Interaction>();
  commands: readonly APIApplicationCommand[] = [];
  /** When messages that were old were edited, by channel. */
  readonly oldEdits = new Map<string, readonly number[]>();
  /** What the platform was misused for; a test's end wants none. */
  readonly faults: string[] = [];
  /** Privileged intents that the app may ask for. */
  grantedIntents: number;
  /** Where files are served. */
  cdnUrl = '';
  readonly #byChannel = new Map<string, FakeMessage[]>();
  readonly #bell = new EventEmitter().setMaxListeners(0);
  /** Told of every event, in order. */
  tell: (event: WorldEvent) => void = () => {};

  constructor(clock: FakeClock, grantedIntents: number, limits: Partial<Limits>) {
    this.clock = clock;
    this.snowflakes = new Snowflakes(clock);
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.grantedIntents = grantedIntents;
    this.bot = this.addUser('reasonedit', true);
  }

  addUser(username: string, isBot = false): FakeUser {
    const user = {
      id: this.snowflakes.next(),
      username,
      isBot,
      locale: 'en-US',
      hasInstalledBot: false,
      isClosed: false,
    };
    this.users.set(user.id, user);
    return user;
  }

  emit(event: WorldEvent): void {
    this.tell(event);
    this.changed();
  }

  /** Wakes those who wait for something. */
  changed(): void {
    this.#bell.emit('change');
  }

  /** Resolves with what `look` finds, as soon as it finds something. */
  until<Found>(look: () => Found | undefined | false, timeoutMs: number): Promise<Found> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined || found === false) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`It did not come about in ${timeoutMs} ms: ${String(look)}`));
      }, timeoutMs);
      const stop = () => {
        clearTimeout(timer);
        this.#bell.off('change', check);
      };
      this.#bell.on('change', check);
      check();
    });
  }

  channel(id: string): FakeChannel {
    const channel = this.channels.get(id);
    if (!channel || channel.isDeleted) throw failure(10_003);
    return channel;
  }

  /** A message of a channel that more than one person sees. */
  message(channelId: string, id: string): FakeMessage {
    const message = this.messages.get(id);
    if (!message || message.isDeleted || message.channelId !== channelId) throw failure(10_008);
    if (message.ephemeralFor !== undefined) throw failure(10_008);
    return message;
  }

  /** Keeps a new message. */
  keep(message: FakeMessage): void {
    this.messages.set(message.id, message);
    const others = this.#byChannel.get(message.channelId);
    if (others) others.push(message);
    else this.#byChannel.set(message.channelId, [message]);
  }

  /** All that is there to be seen in a channel, the oldest first. */
  messagesIn(channelId: string): FakeMessage[] {
    return (this.#byChannel.get(channelId) ?? []).filter(({ isDeleted }) => !isDeleted);
  }

  /** Those of a channel that are no older than a time, the newest first. */
  messagesSince(channelId: string, since: number): FakeMessage[] {
    return this.messagesIn(channelId)
      .toReversed()
      .filter(({ id }) => timeOf(id) >= since);
  }

  /** Whether the app may read what people write. */
  get readsContent(): boolean {
    return (this.grantedIntents & GatewayIntentBits.MessageContent) !== 0;
  }

  guildOf(channel: FakeChannel): FakeGuild | undefined {
    return channel.guildId === undefined ? undefined : this.guilds.get(channel.guildId);
  }

  /** The conversation of the bot and one person. */
  directChannel(user: FakeUser): FakeChannel {
    const existing = [...this.channels.values()].find(
      ({ type, recipients }) => type === ChannelType.DM && recipients.includes(user),
    );
    return (
      existing ?? this.addChannel({ type: ChannelType.DM, name: '', recipients: [this.bot, user] })
    );
  }

  addChannel(
    channel: Omit<FakeChannel, 'id' | 'overwrites' | 'nsfw' | 'isDeleted' | 'recipients'> &
      Partial<Pick<FakeChannel, 'id' | 'recipients'>>,
  ): FakeChannel {
    const added: FakeChannel = {
      overwrites: new Map(),
      recipients: [],
      nsfw: false,
      isDeleted: false,
      ...channel,
      id: channel.id ?? this.snowflakes.next(),
    };
    this.channels.set(added.id, added);
    return added;
  }
}
