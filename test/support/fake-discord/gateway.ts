import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import {
  ApplicationFlags,
  GatewayCloseCodes,
  GatewayIntentBits,
  GatewayOpcodes,
  PermissionFlagsBits,
} from 'discord.js';
import { WebSocketServer } from 'ws';
import { z } from 'zod';

import { Connection } from './connection.ts';
import { guildCreatePayload } from './payloads/places.ts';
import { memberPayload, userPayload } from './payloads/people.ts';
import { permissionsIn } from './permissions.ts';
import { shardOf } from './snowflakes.ts';
import type { World, WorldEvent } from './world.ts';

const PRIVILEGED =
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildPresences |
  GatewayIntentBits.MessageContent;
/** All that there are, up to polls in direct messages. */
const KNOWN_INTENTS = 2 ** 26 - 1;
const RESUMABLE_MS = 120_000;

const Identify = z.looseObject({
  token: z.string(),
  intents: z.int().nonnegative(),
  properties: z.looseObject({ os: z.string(), browser: z.string(), device: z.string() }),
  shard: z.tuple([z.int().nonnegative(), z.int().positive()]).optional(),
});
const Resume = z.strictObject({ token: z.string(), session_id: z.string(), seq: z.int() });
const Packet = z.looseObject({ op: z.enum(GatewayOpcodes), d: z.unknown() });

/** What one shard of the bot hears, also while it is away for a moment. */
interface Session {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  /** Events in their order; the first has sequence 1. */
  readonly events: { readonly t: string; readonly d: object }[];
  connection: Connection | undefined;
  isOver: boolean;
  goneAt: number;
}

/** The platform's gateway: WebSocket, JSON, `zlib-stream` where the client asks for it. */
export class Gateway {
  readonly #world: World;
  readonly #token: string;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  #url = '';
  /** Codes with which connections were closed from here, in order. */
  readonly closes: number[] = [];
  /** How many sessions began, and how many went on. */
  identified = 0;
  resumed = 0;
  /** Whether heartbeats are answered. */
  answersHeartbeats = true;

  constructor(world: World, token: string) {
    this.#world = world;
    this.#token = token;
    world.tell = (event) => this.#tell(event);
  }

  /** Takes connections on a server. */
  listen(server: Server, url: string): void {
    this.#url = url;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        const query = new URL(request.url ?? '', url).searchParams;
        const connection = new Connection(webSocket, query.get('compress') === 'zlib-stream');
        this.#connect(connection, query);
      });
    });
  }

  get url(): string {
    return this.#url;
  }

  /** Shards that are connected now. */
  get shards(): readonly (readonly [id: number, count: number])[] {
    return this.#open().map(({ shard }) => shard);
  }

  /** Cuts all lines; the bot may go on with its sessions. */
  drop(): void {
    for (const connection of this.#connections) connection.cut();
  }

  /** Asks the bot to come again, and go on. */
  askToReconnect(): void {
    for (const { connection } of this.#open()) connection?.send({ op: GatewayOpcodes.Reconnect });
  }

  /** Forgets all sessions and cuts the lines: the bot has to begin anew. */
  invalidate(): void {
    for (const session of this.#sessions.values()) session.isOver = true;
    this.drop();
  }

  close(): void {
    this.drop();
    this.#server.close();
  }

  #open(): Session[] {
    return [...this.#sessions.values()].filter(({ connection }) => connection !== undefined);
  }

  #connect(connection: Connection, query: URLSearchParams): void {
    this.#connections.add(connection);
    let session: Session | undefined;
    const close = (code: number) => {
      this.closes.push(code);
      connection.close(code);
    };
    connection.onClose(() => {
      this.#connections.delete(connection);
      if (session?.connection !== connection) return;
      session.connection = undefined;
      session.goneAt = this.#world.clock.now();
      this.#world.changed();
    });
    if (query.get('v') !== '10') return close(GatewayCloseCodes.InvalidAPIVersion);
    if (query.get('encoding') !== 'json') return close(GatewayCloseCodes.DecodeError);
    const { heartbeatMs } = this.#world.limits;
    connection.send({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: heartbeatMs } });
    connection.onMessage((text) => {
      const { op, d } = Packet.parse(JSON.parse(text));
      if (op === GatewayOpcodes.Heartbeat) {
        if (this.answersHeartbeats) connection.send({ op: GatewayOpcodes.HeartbeatAck });
      } else if (op === GatewayOpcodes.Identify) {
        if (session) return close(GatewayCloseCodes.AlreadyAuthenticated);
        const begun = this.#begin(connection, Identify.parse(d));
        if (typeof begun === 'number') return close(begun);
        session = begun;
      } else if (op === GatewayOpcodes.Resume) {
        session = this.#resume(connection, Resume.parse(d));
      } else if (op === GatewayOpcodes.RequestGuildMembers) {
        if (session) this.#tellMembers(session, d as { guild_id: string; nonce?: string });
      } else if (op !== GatewayOpcodes.PresenceUpdate) {
        this.#world.faults.push(`The gateway does not know the operation ${op}.`);
        close(GatewayCloseCodes.UnknownOpcode);
      }
    });
  }

  #begin(connection: Connection, identify: z.infer<typeof Identify>): Session | GatewayCloseCodes {
    const { token, intents, shard = [0, 1] } = identify;
    if (token !== this.#token) return GatewayCloseCodes.AuthenticationFailed;
    if (shard[0] >= shard[1]) return GatewayCloseCodes.InvalidShard;
    if ((intents & ~KNOWN_INTENTS) !== 0) return GatewayCloseCodes.InvalidIntents;
    if (intents & PRIVILEGED & ~this.#world.grantedIntents) {
      return GatewayCloseCodes.DisallowedIntents;
    }
    const session: Session = {
      id: randomUUID().replaceAll('-', ''),
      shard,
      intents,
      events: [],
      connection,
      isOver: false,
      goneAt: 0,
    };
    this.#sessions.set(session.id, session);
    this.identified += 1;
    const guilds = [...this.#world.guilds.values()].filter(
      ({ id, hasBot }) => hasBot && shardOf(id, shard[1]) === shard[0],
    );
    this.#push(session, 'READY', {
      v: 10,
      user: { ...userPayload(this.#world.bot), email: null, verified: true, mfa_enabled: true },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: this.#url,
      shard,
      private_channels: [],
      relationships: [],
      application: {
        id: this.#world.bot.id,
        flags: applicationFlags(this.#world.grantedIntents),
        flags_new: String(applicationFlags(this.#world.grantedIntents)),
      },
    });
    for (const guild of guilds) {
      this.#push(
        session,
        'GUILD_CREATE',
        guildCreatePayload(this.#world, guild, ({ id }) => this.#isSeen(id)),
      );
    }
    this.#world.changed();
    return session;
  }

  #resume(connection: Connection, { token, session_id: id, seq }: z.infer<typeof Resume>) {
    const session = this.#sessions.get(id);
    const isGood =
      session !== undefined &&
      !session.isOver &&
      token === this.#token &&
      seq <= session.events.length &&
      (session.connection !== undefined || this.#world.clock.now() - session.goneAt < RESUMABLE_MS);
    if (!isGood) {
      connection.send({ op: GatewayOpcodes.InvalidSession, d: false });
      return undefined;
    }
    session.connection?.cut();
    session.connection = connection;
    this.resumed += 1;
    for (const [index, { t, d }] of session.events.entries()) {
      if (index >= seq) connection.send({ op: GatewayOpcodes.Dispatch, t, s: index + 1, d });
    }
    this.#push(session, 'RESUMED', {});
    this.#world.changed();
    return session;
  }

  #tellMembers(session: Session, request: { guild_id: string; nonce?: string }): void {
    const guild = this.#world.guilds.get(request.guild_id);
    if (!guild) return;
    this.#push(session, 'GUILD_MEMBERS_CHUNK', {
      guild_id: guild.id,
      members: [...guild.members.values()].map(memberPayload),
      chunk_index: 0,
      chunk_count: 1,
      not_found: [],
      nonce: request.nonce,
    });
  }

  #tell(event: WorldEvent): void {
    if (event.channelId !== undefined && !this.#isSeen(event.channelId)) return;
    for (const session of this.#sessions.values()) {
      const [id, count] = session.shard;
      const isItsShard = (event.guildId ? shardOf(event.guildId, count) : 0) === id;
      const isWanted = event.intents === 0 || (session.intents & event.intents) !== 0;
      if (session.isOver || !isItsShard || !isWanted) continue;
      const readsContent = (session.intents & GatewayIntentBits.MessageContent) !== 0;
      this.#push(session, event.name, event.data({ readsContent }));
    }
  }

  /** Whether the bot is there, and may look. */
  #isSeen(channelId: string): boolean {
    const channel = this.#world.channels.get(channelId);
    if (!channel) return false;
    const granted = permissionsIn(this.#world, channel, this.#world.bot);
    return (granted & PermissionFlagsBits.ViewChannel) !== 0n;
  }

  #push(session: Session, t: string, d: object): void {
    session.events.push({ t, d });
    session.connection?.send({ op: GatewayOpcodes.Dispatch, t, s: session.events.length, d });
  }
}

/** What the app says of the privileged intents that it was granted. */
export function applicationFlags(granted: number): number {
  let flags: number = ApplicationFlags.ApplicationCommandBadge;
  if (granted & GatewayIntentBits.MessageContent)
    flags |= ApplicationFlags.GatewayMessageContentLimited;
  if (granted & GatewayIntentBits.GuildMembers)
    flags |= ApplicationFlags.GatewayGuildMembersLimited;
  if (granted & GatewayIntentBits.GuildPresences) flags |= ApplicationFlags.GatewayPresenceLimited;
  return flags;
}
