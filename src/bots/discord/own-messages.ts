import { RESTJSONErrorCodes, Routes, type APIMessage, type REST } from 'discord.js';

import { isAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Place } from '../../store/records.ts';
import { picturesOf } from '../messages.ts';
import type { Destination, Painting, PostedMessage } from '../types.ts';
import { request } from './calls.ts';
import { hasApiCode } from './errors.ts';
import { KnownMessages, type KnownMessage } from './known-messages.ts';
import { hasMarker, markerOf } from './marker.ts';
import { filesOf, requestFor, type BodyOptions } from './message-body.ts';
import { lacking, type Granted, type Permission } from './permissions.ts';
import { channelIn, idAt } from './places.ts';

/** Messages looked at in one request. */
const PAGE = 100;

type Look = Pick<BodyOptions, 'isSpoiler' | 'hint'>;

/** Messages that the bot writes with a token of its own, in channels, threads and direct messages. */
export class OwnMessages {
  readonly #rest: REST;
  readonly #granted: Granted;
  readonly #known = new KnownMessages();

  constructor(rest: REST, granted: Granted) {
    this.#rest = rest;
    this.#granted = granted;
  }

  async post(
    { place }: Destination,
    painting: Painting,
    marker: string,
    look: Look,
    call: Call,
  ): Promise<PostedMessage> {
    const { body, files } = requestFor(painting, { ...look, marker });
    const message = await request<APIMessage>(
      this.#rest,
      {
        method: 'post',
        route: Routes.channelMessages(channelIn(place)),
        body: { ...body, nonce: marker, enforce_nonce: true },
        files,
        lacks: this.#lacks(channelIn(place), ...needsOf(place, files.length > 0)),
      },
      call,
    );
    this.#remember(message, marker);
    return { messageId: message.id };
  }

  async update(
    { place }: Destination,
    messageId: string,
    painting: Painting,
    look: Look,
    call: Call,
  ): Promise<void> {
    const channelId = channelIn(place);
    const keepsFiles = painting.files === undefined && picturesOf(painting.message).length > 0;
    const known =
      this.#known.get(messageId) ??
      (keepsFiles ? await this.#lookUp(channelId, messageId, call) : undefined);
    const { body, files } = requestFor(painting, {
      ...look,
      marker: known?.marker,
      has: known?.files,
    });
    const patch = () =>
      request<APIMessage>(
        this.#rest,
        {
          method: 'patch',
          route: Routes.channelMessage(channelId, messageId),
          body,
          files,
          lacks: this.#lacks(channelId, ...(files.length > 0 ? (['AttachFiles'] as const) : [])),
        },
        call,
      );
    try {
      this.#remember(await this.#inOpenThread(channelId, patch, call), known?.marker);
    } catch (error) {
      if (isAppError(error) && error.code === 'MESSAGE_GONE') this.#known.delete(messageId);
      throw error;
    }
  }

  async find(
    { place }: Destination,
    marker: string,
    since: number,
    call: Call,
  ): Promise<PostedMessage | undefined> {
    let after = idAt(since);
    for (;;) {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const messages = await request<APIMessage[]>(
        this.#rest,
        {
          method: 'get',
          route: Routes.channelMessages(channelIn(place)),
          query,
          lacks: this.#lacks(channelIn(place), 'ReadMessageHistory'),
        },
        call,
      );
      const found = messages.find((message) => hasMarker(message, marker));
      if (found) {
        this.#remember(found, marker);
        return { messageId: found.id };
      }
      if (messages.length < PAGE) return undefined;
      // They come with the newest first.
      after = messages.reduce(
        (latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest),
        after,
      );
    }
  }

  async delete({ place }: Destination, messageId: string, call: Call): Promise<void> {
    const channelId = channelIn(place);
    this.#known.delete(messageId);
    const route = Routes.channelMessage(channelId, messageId);
    try {
      await this.#inOpenThread(
        channelId,
        () => request(this.#rest, { method: 'delete', route }, call),
        call,
      );
    } catch (error) {
      if (isAppError(error) && ['MESSAGE_GONE', 'CHANNEL_GONE'].includes(error.code)) return;
      throw error;
    }
  }

  /** Does something to a message; where its thread was archived that is undone first. */
  async #inOpenThread<T>(channelId: string, work: () => Promise<T>, call: Call): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const isArchived =
        isAppError(error) &&
        hasApiCode(error.cause, RESTJSONErrorCodes.InvalidActionOnArchivedThread);
      if (!isArchived) throw error;
      const route = Routes.channel(channelId);
      const lacks = this.#lacks(channelId, 'SendMessagesInThreads');
      await request(this.#rest, { method: 'patch', route, body: { archived: false }, lacks }, call);
      return work();
    }
  }

  async #lookUp(channelId: string, messageId: string, call: Call): Promise<KnownMessage> {
    const route = Routes.channelMessage(channelId, messageId);
    const lacks = this.#lacks(channelId, 'ReadMessageHistory');
    const message = await request<APIMessage>(this.#rest, { method: 'get', route, lacks }, call);
    return { marker: markerOf(message), files: filesOf(message.attachments) };
  }

  #lacks(channelId: string, ...needs: readonly Permission[]) {
    return () => lacking(needs, channelId, this.#granted);
  }

  #remember({ id, attachments }: APIMessage, marker: string | undefined): void {
    this.#known.set(id, { marker, files: filesOf(attachments) });
  }
}

function needsOf({ thread }: Place, hasFiles: boolean): readonly Permission[] {
  return [
    thread === undefined ? 'SendMessages' : 'SendMessagesInThreads',
    ...(hasFiles ? (['AttachFiles'] as const) : []),
  ];
}
