import {
  GatewayDispatchEvents as Dispatch,
  Routes,
  type APIChannel,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
  type REST,
} from 'discord.js';

import { isAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Receive } from '../types.ts';
import { request } from './calls.ts';
import type { Interactions } from './interactions.ts';
import type { Landscape } from './landscape.ts';
import { parseDeletion, parseMessage } from './parse-message.ts';
import { parseReaction } from './parse-reaction.ts';
import { factsOf, type ChannelFacts } from './places.ts';

export interface EventParts {
  readonly rest: REST;
  readonly landscape: Landscape;
  readonly interactions: Pick<Interactions, 'take'>;
  readonly receive: Receive;
  readonly now: () => number;
}

/** Messages in channels that were handed over last, so that their deletion is as well. */
const MOST_HEARD = 5_000;

/** What the gateway tells, as far as it is for the bot. */
export class Events {
  readonly #parts: EventParts;
  readonly #heard = new Set<string>();

  constructor(parts: EventParts) {
    this.#parts = parts;
  }

  async take(event: GatewayDispatchPayload, call: Call): Promise<void> {
    const { interactions, receive, landscape, now } = this.#parts;
    if (event.t === Dispatch.InteractionCreate) return interactions.take(event.d, call);
    if (event.t === Dispatch.MessageCreate) return this.#takeMessage(event.d, 'new', call);
    if (event.t === Dispatch.MessageUpdate) return this.#takeMessage(event.d, 'edited', call);
    if (event.t === Dispatch.MessageDelete) {
      const { id, channel_id: channelId, guild_id: guildId } = event.d;
      const channel = await this.#channel(channelId, guildId, call);
      // In a channel only what a thread was made of may be a request.
      const isHeard = this.#heard.has(id) || landscape.channel(id) !== undefined;
      if (!channel || (channel.kind === 'channel' && !isHeard)) return undefined;
      return receive(parseDeletion({ id }, channel, now()));
    }
    const isAdded = event.t === Dispatch.MessageReactionAdd;
    if (isAdded || event.t === Dispatch.MessageReactionRemove) {
      const { channel_id: channelId, guild_id: guildId } = event.d;
      const channel = await this.#channel(channelId, guildId, call);
      if (!channel) return undefined;
      const when = { now: now(), sequence: event.s };
      const reaction = parseReaction(event.d, isAdded, landscape.around(channel), when);
      return reaction && receive(reaction);
    }
    return undefined;
  }

  async #takeMessage(
    message: GatewayMessageCreateDispatchData,
    kind: 'new' | 'edited',
    call: Call,
  ): Promise<void> {
    const { landscape, receive } = this.#parts;
    if (message.author.bot) return;
    const channel = await this.#channel(message.channel_id, message.guild_id, call);
    const incoming = channel && parseMessage(message, kind, landscape.around(channel));
    if (!incoming) return;
    this.#heard.add(message.id);
    const [oldest] = this.#heard;
    if (this.#heard.size > MOST_HEARD && oldest !== undefined) this.#heard.delete(oldest);
    return receive(incoming);
  }

  /** What is to be known of a channel; Discord is asked where it has not told. */
  async #channel(
    id: string,
    guildId: string | undefined,
    call: Call,
  ): Promise<ChannelFacts | undefined> {
    const known = this.#parts.landscape.channel(id);
    if (known) return known;
    if (guildId === undefined) return { id, kind: 'direct' };
    try {
      const route = Routes.channel(id);
      const channel = await request<APIChannel>(this.#parts.rest, { method: 'get', route }, call);
      return factsOf({ ...(channel as Parameters<typeof factsOf>[0]), guild_id: guildId });
    } catch (error) {
      if (!isAppError(error) || error.retryable) throw error;
      return undefined;
    }
  }
}
