import { Routes, type APIGuildMember, type APIMessage, type REST } from 'discord.js';

import { isAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { ConversationStore } from '../../store/types.ts';
import type { Receive } from '../types.ts';
import { request } from './calls.ts';
import type { Landscape } from './landscape.ts';
import { parseMessage } from './parse-message.ts';
import { channelIn, idAt, PLATFORM, rootOf, timeOf, type ChannelFacts } from './places.ts';

export interface CatchUpParts {
  readonly rest: REST;
  readonly store: Pick<ConversationStore, 'recentPlaces'>;
  readonly landscape: Landscape;
  readonly receive: Receive;
  readonly now: () => number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far back is looked, and how much is asked for at most. */
const LOOK = { placesMs: 7 * DAY, messagesMs: DAY, overlapMs: 5 * MINUTE, places: 500, page: 100 };

/**
 * Hands over what people wrote in conversations of the bot while a shard was not there. What was heard before is
 * known by its key, so that some of it may come again. Mentions in other places are lost.
 */
export async function catchUp(parts: CatchUpParts, shardId: number, call: Call): Promise<void> {
  const { store, landscape, now } = parts;
  const places = await store.recentPlaces(PLATFORM, now() - LOOK.placesMs, LOOK.places);
  const members = new Members(parts.rest);
  for (const { place, updatedAt } of places) {
    const { workspace } = place;
    const shard =
      workspace === undefined
        ? 0
        : Number((BigInt(workspace) >> 22n) % BigInt(landscape.shardCount));
    if (shard !== shardId || rootOf(place) !== undefined) continue;
    const since = Math.max(updatedAt - LOOK.overlapMs, now() - LOOK.messagesMs);
    const channelId = channelIn(place);
    const last = landscape.lastMessageIn(channelId);
    if (last !== undefined && timeOf(last) < since) continue;
    try {
      await readPlace(
        parts,
        { channelId, guildId: workspace, parent: place.channel },
        since,
        members,
        call,
      );
    } catch (error) {
      call.signal.throwIfAborted();
      // One that is closed to us must not keep the others.
      if (!isAppError(error) || error.retryable) throw error;
    }
  }
}

async function readPlace(
  { rest, landscape, receive }: CatchUpParts,
  {
    channelId,
    guildId,
    parent,
  }: { readonly channelId: string; readonly guildId: string | undefined; readonly parent: string },
  since: number,
  members: Members,
  call: Call,
): Promise<void> {
  const channel: ChannelFacts =
    landscape.channel(channelId) ??
    (guildId === undefined
      ? { id: channelId, kind: 'direct' }
      : { id: channelId, guildId, parentId: parent, kind: 'thread' });
  for (let after = idAt(since); ;) {
    const query = new URLSearchParams({ limit: String(LOOK.page), after });
    const route = Routes.channelMessages(channelId);
    const page = await request<APIMessage[]>(rest, { method: 'get', route, query }, call);
    const ordered = page.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
    for (const message of ordered) {
      const around = landscape.around(channel);
      const incoming = parseMessage(message, 'new', around);
      if (!incoming) continue;
      const roles =
        guildId === undefined ? [] : await members.rolesOf(guildId, incoming.author.id, call);
      const isAdmin = around.isAdmin(incoming.author.id, roles);
      await receive({ ...incoming, author: { ...incoming.author, roles, isAdmin } });
    }
    const last = ordered.at(-1);
    if (page.length < LOOK.page || !last) return;
    after = last.id;
  }
}

/** Who has which roles, each looked up once: messages that were missed do not tell. */
class Members {
  readonly #rest: REST;
  readonly #roles = new Map<string, readonly string[]>();

  constructor(rest: REST) {
    this.#rest = rest;
  }

  async rolesOf(guildId: string, userId: string, call: Call): Promise<readonly string[]> {
    const key = `${guildId}:${userId}`;
    const known = this.#roles.get(key);
    if (known) return known;
    const route = Routes.guildMember(guildId, userId);
    const member = await request<APIGuildMember>(this.#rest, { method: 'get', route }, call).catch(
      (error: unknown) => {
        call.signal.throwIfAborted();
        if (isAppError(error) && !error.retryable) return undefined;
        throw error;
      },
    );
    const roles = member?.roles ?? [];
    this.#roles.set(key, roles);
    return roles;
  }
}
