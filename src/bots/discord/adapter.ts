import { setMaxListeners } from 'node:events';

import { RESTJSONErrorCodes, Routes, type APIChannel, type REST } from 'discord.js';

import { AppError, isAppError, toAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { SYSTEM_CLOCK } from '../../queue/clock.ts';
import type { Place } from '../../store/records.ts';
import { clip, plain, plainLine, type PlainText } from '../plain-text.ts';
import type {
  AdapterCapabilities,
  AttachmentReference,
  Author,
  ChatAdapter,
  Destination,
  Painting,
  PostedMessage,
  Receive,
} from '../types.ts';
import { insist, openRest, request } from './calls.ts';
import { catchUp } from './catch-up.ts';
import { hasApiCode } from './errors.ts';
import { Events } from './events.ts';
import { fetchAttachment } from './fetch-attachment.ts';
import { Gateway } from './gateway.ts';
import { Interactions } from './interactions.ts';
import { Landscape } from './landscape.ts';
import { SHOWN_FORMATS } from './message-body.ts';
import { OwnMessages } from './own-messages.ts';
import type { DiscordParts } from './parts.ts';
import { lacking } from './permissions.ts';
import { PLATFORM, rootOf } from './places.ts';
import { PrivateMessages } from './private-messages.ts';
import { inviteLink, registerCommands } from './register.ts';
import { Replies } from './replies.ts';
import { InteractionTokens } from './tokens.ts';
import { wordsFor } from './words/index.ts';

const MIB = 2 ** 20;

const CAPABILITIES: AdapterCapabilities = {
  // Discord takes 4,000 with markup, which doubles a text at most.
  maxMessageCharacters: 1_800,
  maxTextCharacters: 1_800,
  maxAltCharacters: 1_024,
  maxLabelCharacters: 80,
  maxButtons: 15,
  // Discord takes 5 in 5 seconds in each channel.
  editIntervalMs: 1_500,
  // Of a channel with all its threads, each of which has a limit of its own; 50 a second are all there is.
  postIntervalMs: 20,
  files: { maxBytes: 10 * MIB, shownFormats: SHOWN_FORMATS, previews: true },
};

/** So large a file that one message has room for it and for what it began from. */
const MAX_FILE_BYTES = 24 * MIB;
const MAX_TITLE_CHARACTERS = 100;

export interface DiscordAdapter extends ChatAdapter {
  /** Where admins add the bot to their servers; undefined until it has connected. */
  readonly inviteUrl: string | undefined;
}

/** Discord, over its gateway and its REST interface. */
export function openDiscordAdapter(parts: DiscordParts): DiscordAdapter {
  return new Discord(parts);
}

class Discord implements DiscordAdapter {
  readonly platform = PLATFORM;
  readonly accounts = 'of-platform';
  readonly capabilities = CAPABILITIES;
  readonly #parts: Required<DiscordParts>;
  readonly #rest: REST;
  readonly #tokens: InteractionTokens;
  readonly #own: OwnMessages;
  readonly #private: PrivateMessages;
  readonly #replies: Replies;
  readonly #landscape: Landscape;
  readonly #closing = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #gateway: Gateway | undefined;

  constructor(parts: DiscordParts) {
    this.#parts = { clock: SYSTEM_CLOCK, onFault: () => {}, ...parts };
    // All that is in hand listens to it.
    setMaxListeners(0, this.#closing.signal);
    this.#rest = openRest(parts.settings);
    this.#landscape = new Landscape(() => this.#gateway?.client);
    this.#tokens = new InteractionTokens(() => this.#parts.clock.now());
    this.#own = new OwnMessages(this.#rest, this.#landscape.granted);
    this.#private = new PrivateMessages(this.#rest, this.#tokens, CAPABILITIES);
    this.#replies = new Replies(this.#rest, this.#tokens);
  }

  get inviteUrl(): string | undefined {
    const id = this.#gateway?.client?.application?.id;
    return id === undefined ? undefined : inviteLink(id);
  }

  /**
   * Connects; where Discord is not there it goes on trying.
   * @throws {AppError} `BAD_SETTINGS`
   */
  async start(receive: Receive, call: Call): Promise<void> {
    const { settings, store, clock, onFault } = this.#parts;
    const rest = this.#rest;
    const landscape = this.#landscape;
    const interactions = new Interactions({
      rest,
      tokens: this.#tokens,
      engines: settings.ENGINES ?? [settings.ENGINE],
      known: (guildId) => landscape.known(guildId),
      channel: (id) => landscape.channel(id),
      receive,
    });
    const events = new Events({ rest, landscape, interactions, receive, now: () => clock.now() });
    this.#gateway = new Gateway({
      settings,
      onEvent: (event) => this.#spawn((inner) => events.take(event, inner)),
      onNewSession: (_client, shardId) => {
        const parts = { rest, store, landscape, receive, now: () => clock.now() };
        this.#spawn((inner) => catchUp(parts, shardId, inner));
      },
      onFault,
    });
    await this.#gateway.connect(call);
    this.#spawn(async (inner) => void (await registerCommands(rest, inner)));
  }

  async postMessage(
    destination: Destination,
    painting: Painting,
    marker: string,
    call: Call,
  ): Promise<PostedMessage> {
    const root = rootOf(destination.place);
    if (root === undefined) {
      return this.#own.post(destination, painting, marker, this.#look(destination), call);
    }
    call.signal.throwIfAborted();
    return this.#private.post(painting, marker, privateLook(root, destination), call);
  }

  async updateMessage(
    destination: Destination,
    messageId: string,
    painting: Painting,
    call: Call,
  ): Promise<void> {
    const root = rootOf(destination.place);
    if (root === undefined) {
      return this.#own.update(destination, messageId, painting, this.#look(destination), call);
    }
    call.signal.throwIfAborted();
    return this.#private.update(messageId, painting, privateLook(root, destination), call);
  }

  async findMessage(
    destination: Destination,
    marker: string,
    since: number,
    call: Call,
  ): Promise<PostedMessage | undefined> {
    if (rootOf(destination.place) !== undefined) return this.#private.find(marker);
    return this.#own.find(destination, marker, since, call);
  }

  deleteMessage(destination: Destination, messageId: string, call: Call): Promise<void> {
    if (rootOf(destination.place) !== undefined) return this.#private.delete(messageId, call);
    return this.#own.delete(destination, messageId, call);
  }

  fetchAttachment(
    attachment: AttachmentReference,
    { maxBytes }: { readonly maxBytes: number },
    call: Call,
  ): Promise<Uint8Array> {
    const { DISCORD_CDN_URL: cdnUrl } = this.#parts.settings;
    return fetchAttachment(this.#rest, attachment, { maxBytes, cdnUrl }, call);
  }

  async openThread(
    { place }: Destination,
    messageId: string,
    title: PlainText,
    call: Call,
  ): Promise<Place> {
    const { channel } = place;
    const name = clip(plainLine(title), MAX_TITLE_CHARACTERS) || '…';
    const needs = ['CreatePublicThreads', 'SendMessagesInThreads'] as const;
    try {
      const open = () =>
        request<APIChannel>(
          this.#rest,
          {
            method: 'post',
            route: Routes.threads(channel, messageId),
            body: { name },
            lacks: () => lacking(needs, channel, this.#landscape.granted),
          },
          call,
        );
      const thread = await insist(open, call);
      return { ...place, thread: thread.id };
    } catch (error) {
      const isThere =
        isAppError(error) &&
        hasApiCode(error.cause, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage);
      // It has the id of its message.
      if (isThere) return { ...place, thread: messageId };
      throw error;
    }
  }

  async notify(
    destination: Destination,
    _author: Pick<Author, 'id'>,
    text: PlainText,
    call: Call,
  ): Promise<void> {
    const { command, locale } = destination.context;
    const isHelp = command === 'help' && this.#gateway?.readsMessages === false;
    const whole = isHelp ? plain(`${text}\n${wordsFor(locale).mentionMe}`) : text;
    return this.#replies.give(destination, whole, call);
  }

  linkTo({ workspace = '@me', channel, thread }: Place, messageId: string): string | undefined {
    if (rootOf({ thread: thread ?? '' }) !== undefined) return undefined;
    return `https://discord.com/channels/${workspace}/${thread ?? channel}/${messageId}`;
  }

  async namesOf(
    { workspace }: Pick<Place, 'workspace'>,
    kind: 'channels' | 'roles',
    ids: readonly string[],
  ): Promise<readonly PlainText[]> {
    const { names } = this.#landscape.known(workspace);
    const nameOf = kind === 'channels' ? names.channel : names.role;
    const sign = kind === 'channels' ? '#' : '@';
    return ids.map((id) => plainLine(`${sign}${nameOf(id) ?? id}`));
  }

  /** Bytes that a file may have there. */
  maxFileBytes({ context }: Destination): number {
    const said = Number(context['maxFileBytes'] ?? Number.NaN);
    const { files } = CAPABILITIES;
    const most = Number.isFinite(said) && said > 0 ? said : (files?.maxBytes ?? MAX_FILE_BYTES);
    return Math.min(most, MAX_FILE_BYTES);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(
      new AppError('SHUTDOWN', 'The bot is shutting down; it is back soon.', { retryable: true }),
    );
    await this.#gateway?.close();
    await Promise.all(this.#work);
    this.#rest.clearHashSweeper();
    this.#rest.clearHandlerSweeper();
  }

  #look({ context }: Destination) {
    const isUnread = this.#gateway?.readsMessages === false;
    const hint = plainLine(wordsFor(context['locale']).mentionMe);
    return { isSpoiler: context['spoiler'] === 'true', ...(isUnread && { hint }) };
  }

  /** Something that nobody waits for. */
  #spawn(work: (call: Call) => Promise<void>): void {
    const { signal } = this.#closing;
    if (signal.aborted) return;
    const done = work({ signal }).catch((error: unknown) => {
      if (!signal.aborted) this.#parts.onFault(toAppError(error));
    });
    this.#work.add(done);
    void done.finally(() => this.#work.delete(done));
  }
}

function privateLook(root: string, { context }: Destination) {
  return {
    root,
    isEphemeral: context['hidden'] === 'true',
    isSpoiler: context['spoiler'] === 'true',
    locale: context['locale'],
  };
}
