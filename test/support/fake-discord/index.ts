import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';

import { Cdn } from './cdn.ts';
import { changeThread, removeChannel, tellOfChannel } from './channels.ts';
import { seenIn, transcriptOf, type Seen } from './chat-view.ts';
import { FakeClock } from './clock.ts';
import { Gateway } from './gateway.ts';
import type { Interaction } from './interaction.ts';
import type { Limits } from './limits.ts';
import { guildCreatePayload } from './payloads/places.ts';
import { EVERYONE, permissionsIn, type PermissionName } from './permissions.ts';
import { Person } from './people/person.ts';
import type { FakeChannel, FakeGuild, FakeUser } from './records.ts';
import { Rest } from './rest.ts';
import type { Troubles } from './troubles.ts';
import { World } from './world.ts';

const PATIENCE_MS = 30_000;

export interface FakeDiscordOptions {
  /** Privileged intents that the app was granted. Default: it may read what people write. */
  readonly grantedIntents?: number;
  readonly limits?: Partial<Limits>;
}

/**
 * Discord on loopback: REST version 10, gateway and CDN, spoken to by an unmodified client. It holds the bot to the
 * platform's limits; what it does not know is a fault.
 */
export class FakeDiscord implements AsyncDisposable {
  readonly clock = new FakeClock();
  readonly world: World;
  readonly gateway: Gateway;
  readonly rest: Rest;
  readonly cdn: Cdn;
  readonly token: string;
  readonly #servers: Server[] = [];
  readonly #people = new Map<string, Person>();
  /** For `DISCORD_API_URL`. */
  apiUrl = '';

  private constructor({ grantedIntents, limits = {} }: FakeDiscordOptions) {
    this.world = new World(this.clock, grantedIntents ?? GatewayIntentBits.MessageContent, limits);
    const id = Buffer.from(this.world.bot.id).toString('base64url');
    this.token = `${id}.AAAAAA.${'a'.repeat(38)}`;
    this.gateway = new Gateway(this.world, this.token);
    this.rest = new Rest(this.world, this.token, () => this.gateway.url);
    this.cdn = new Cdn(this.world);
  }

  static async start(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
    const fake = new FakeDiscord(options);
    const { server, port } = await fake.#listen((...pair) => void fake.rest.handle(...pair));
    fake.apiUrl = `http://127.0.0.1:${port}/api`;
    fake.gateway.listen(server, `ws://127.0.0.1:${port}`);
    const cdn = await fake.#listen((...pair) => fake.cdn.handle(...pair));
    fake.world.cdnUrl = `http://127.0.0.1:${cdn.port}`;
    return fake;
  }

  /** For `DISCORD_CDN_URL`. */
  get cdnUrl(): string {
    return this.world.cdnUrl;
  }

  get faults(): readonly string[] {
    return this.world.faults;
  }

  get requests(): Rest['requests'] {
    return this.rest.requests;
  }

  /** A guild with a channel `general`, where everyone who is named by then and later is a member. */
  addGuild(
    name: string,
    {
      hasBot = true,
      shard,
      locale = 'en-US',
    }: {
      readonly hasBot?: boolean;
      /** The shard that is to hear of it, of so many. */
      readonly shard?: readonly [id: number, count: number];
      readonly locale?: string;
    } = {},
  ): FakeGuild {
    const { snowflakes, guilds, bot } = this.world;
    const id = shard ? snowflakes.nextOf(...shard) : snowflakes.next();
    const owner = this.world.addUser(`${name}-owner`);
    const guild: FakeGuild = {
      id,
      name,
      ownerId: owner.id,
      hasBot,
      locale,
      roles: [{ id, name: '@everyone', permissions: EVERYONE }],
      members: new Map(),
    };
    guilds.set(id, guild);
    this.join(guild, owner);
    if (hasBot) this.join(guild, bot);
    for (const person of this.#people.values()) this.join(guild, person.user);
    if (hasBot) {
      const sees = (channel: FakeChannel) => permissionsIn(this.world, channel, bot) !== 0n;
      const data = () => guildCreatePayload(this.world, guild, sees);
      this.world.emit({ name: 'GUILD_CREATE', guildId: id, intents: 0, data });
    }
    return guild;
  }

  /** The guild with this name, which was added before. */
  guild(name: string): FakeGuild {
    const found = [...this.world.guilds.values()].find((guild) => guild.name === name);
    if (!found) throw new Error(`There is no guild ${name}.`);
    return found;
  }

  join(guild: FakeGuild, user: FakeUser): void {
    const joinedAt = this.clock.now();
    guild.members.set(user.id, { user, roleIds: [], joinedAt });
  }

  /** A role with these permissions, which somebody has. */
  addRole(guild: FakeGuild, user: FakeUser, ...names: readonly PermissionName[]): string {
    const id = this.world.snowflakes.next();
    const permissions = names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
    guild.roles.push({ id, name: `role-${id}`, permissions });
    guild.members.get(user.id)?.roleIds.push(id);
    return id;
  }

  addChannel(guild: FakeGuild, name: string, type: ChannelType = ChannelType.GuildText) {
    const channel = this.world.addChannel({ type, name, guildId: guild.id });
    tellOfChannel(this.world, 'CHANNEL_CREATE', channel);
    return channel;
  }

  /** Takes permissions from the bot in a channel and its threads; gives them back where `isDenied` is false. */
  deny(channel: FakeChannel, names: readonly PermissionName[], isDenied = true): void {
    const { bot } = this.world;
    const overwrite = { id: bot.id, type: 'member' as const, allow: 0n, deny: 0n };
    for (const name of isDenied ? names : []) overwrite.deny |= PermissionFlagsBits[name];
    channel.overwrites.set(bot.id, overwrite);
    tellOfChannel(this.world, 'CHANNEL_UPDATE', channel);
  }

  /** The person with this name, who is in every guild. */
  person(name: string): Person {
    const known = this.#people.get(name);
    if (known) return known;
    const person = new Person(this.world, this.world.addUser(name));
    this.#people.set(name, person);
    for (const guild of this.world.guilds.values()) this.join(guild, person.user);
    return person;
  }

  /** What people see in a channel or thread, the oldest first; with a person also what only that one sees. */
  thread({ id }: Pick<FakeChannel, 'id'>, person?: Person): Seen[] {
    return seenIn(this.world, id, person?.user.id);
  }

  /** The same as a text. */
  transcript(channel: Pick<FakeChannel, 'id'>, person?: Person): string {
    return transcriptOf(this.thread(channel, person));
  }

  /** Threads of a channel in the order in which they were opened. */
  threadsOf({ id }: FakeChannel): FakeChannel[] {
    const channels = [...this.world.channels.values()];
    return channels.filter(({ parentId, isDeleted }) => parentId === id && !isDeleted);
  }

  /** Somebody archives a thread, and locks it if asked to. */
  archive(thread: FakeChannel, { locked = false } = {}): void {
    changeThread(this.world, thread, { archived: true, locked });
  }

  remove(channel: FakeChannel): void {
    removeChannel(this.world, channel);
  }

  /** What happens to the next requests that match. */
  trouble(...planned: Parameters<Troubles['plan']>): void {
    this.rest.troubles.plan(...planned);
  }

  /** Interactions that the bot has left without an answer for too long: people were told that it did not respond. */
  get unanswered(): readonly Interaction[] {
    const { acknowledgeMs } = this.world.limits;
    return [...this.world.interactions.values()].filter(
      ({ acknowledgement, facts }) =>
        !acknowledgement && this.clock.now() - facts.createdAt > acknowledgeMs,
    );
  }

  /** Resolves with what `look` finds, as soon as it does. */
  until<Found>(look: () => Found | undefined | false, timeoutMs = PATIENCE_MS): Promise<Found> {
    return this.world.until(look, timeoutMs);
  }

  /** @throws {Error} Where the platform was asked for what it does not know. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.gateway.close();
    for (const server of this.#servers) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
    if (this.faults.length > 0) throw new Error(`Discord was misused. ${this.faults.join('\n')}`);
  }

  async #listen(listener: RequestListener): Promise<{ server: Server; port: number }> {
    const server = createServer(listener);
    this.#servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { server, port };
  }
}
