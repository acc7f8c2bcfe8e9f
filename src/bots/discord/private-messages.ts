import { MessageFlags, Routes, type APIMessage, type REST } from 'discord.js';

import { AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { fitted } from '../fit.ts';
import { plainLine } from '../plain-text.ts';
import type { AdapterCapabilities, Painting, PostedMessage } from '../types.ts';
import { request } from './calls.ts';
import { rootLabel } from './custom-id.ts';
import { filesOf, requestFor, type FilesOfMessage, type MessageRequest } from './message-body.ts';
import type { InteractionToken, InteractionTokens } from './tokens.ts';
import { wordsFor } from './words/index.ts';

/** What tells how a private message looks. */
export interface PrivateLook {
  readonly root: string;
  readonly isEphemeral: boolean;
  readonly isSpoiler: boolean;
  readonly locale: string | undefined;
}

/**
 * One message that shows a whole turn: its status, and the picture that came last. Where a person alone has brought
 * the bot, Discord takes no more than a few.
 */
interface Sheet {
  readonly token: InteractionToken;
  /** `@original` is the first answer to the interaction. */
  messageId: string | undefined;
  status?: Painting;
  picture?: Painting;
  /** The files that the message has, and of which picture. */
  has?: { readonly of: Painting; readonly files: FilesOfMessage };
}

/** Room that the two halves of a sheet have each: markup doubles it at most. */
const HALF = 850;
const MOST = 1_000;

/**
 * Messages where the bot has none of its own: only answers to interactions, as long as those can be answered.
 * All of it is in memory; afterwards a button brings the result.
 */
export class PrivateMessages {
  readonly #rest: REST;
  readonly #tokens: InteractionTokens;
  readonly #capabilities: AdapterCapabilities;
  readonly #sheets = new Map<string, Sheet>();
  /** Interactions whose first answer became a sheet. */
  readonly #used = new Set<string>();

  constructor(rest: REST, tokens: InteractionTokens, capabilities: AdapterCapabilities) {
    this.#rest = rest;
    this.#tokens = tokens;
    this.#capabilities = capabilities;
  }

  async post(
    painting: Painting,
    marker: string,
    look: PrivateLook,
    call: Call,
  ): Promise<PostedMessage> {
    const { message } = painting;
    const name = message.kind === 'note' ? marker : message.turnId;
    const sheet = this.#sheets.get(name) ?? this.#newSheet(name, look);
    const part = message.kind === 'status' ? 'status' : 'picture';
    await this.#show(sheet, { ...sheet, [part]: painting }, look, call);
    return { messageId: `${name}/${partOf(painting)}` };
  }

  async update(messageId: string, painting: Painting, look: PrivateLook, call: Call) {
    const sheet = this.#sheets.get(messageId.split('/')[0] ?? '');
    if (!sheet) throw over();
    if (painting.message.kind === 'status') {
      return this.#show(sheet, { ...sheet, status: painting }, look, call);
    }
    // What another one has taken the place of is not shown any more.
    if (!sheet.picture || partOf(sheet.picture) !== partOf(painting)) return undefined;
    const files = painting.files ?? sheet.picture.files;
    const picture = { message: painting.message, ...(files && { files }) };
    if (sheet.has?.of === sheet.picture && !painting.files) {
      sheet.has = { ...sheet.has, of: picture };
    }
    return this.#show(sheet, { ...sheet, picture }, look, call);
  }

  find(marker: string): PostedMessage | undefined {
    return this.#sheets.has(marker) ? { messageId: `${marker}/note` } : undefined;
  }

  async delete(messageId: string, call: Call): Promise<void> {
    const name = messageId.split('/')[0] ?? '';
    const sheet = this.#sheets.get(name);
    this.#sheets.delete(name);
    if (!sheet?.messageId || !this.#tokens.of(sheet.token.interactionId)) return;
    const { applicationId, token } = sheet.token;
    const route = Routes.webhookMessage(applicationId, token, sheet.messageId);
    await request(this.#rest, { method: 'delete', route, auth: false }, call).catch(() => {
      call.signal.throwIfAborted();
    });
  }

  #newSheet(name: string, { root }: PrivateLook): Sheet {
    const token = this.#tokens.latestIn(root);
    if (!token) throw over();
    const isFirst = token.interactionId === root && !this.#used.has(root);
    if (isFirst) this.#used.add(root);
    const sheet = { token, messageId: isFirst ? '@original' : undefined };
    this.#sheets.set(name, sheet);
    const [oldest] = this.#sheets.keys();
    if (this.#sheets.size > MOST && oldest !== undefined) this.#sheets.delete(oldest);
    return sheet;
  }

  async #show(sheet: Sheet, wanted: Sheet, look: PrivateLook, call: Call): Promise<void> {
    const { interactionId, applicationId, token } = sheet.token;
    if (!this.#tokens.of(interactionId)) throw over();
    const { body, files } = this.#requestOf(wanted, look);
    const data = { body: body as unknown, files, auth: false };
    const posts = sheet.messageId === undefined;
    const message = await request<APIMessage>(
      this.#rest,
      posts
        ? {
            ...data,
            method: 'post',
            route: Routes.webhook(applicationId, token),
            query: new URLSearchParams({ wait: 'true' }),
            body: {
              ...body,
              flags: MessageFlags.IsComponentsV2 | (look.isEphemeral ? MessageFlags.Ephemeral : 0),
            },
          }
        : {
            ...data,
            method: 'patch',
            route: Routes.webhookMessage(applicationId, token, sheet.messageId),
          },
      call,
    );
    Object.assign(sheet, wanted);
    if (posts) sheet.messageId = message.id;
    if (sheet.picture) sheet.has = { of: sheet.picture, files: filesOf(message.attachments) };
  }

  #requestOf({ status, picture, has }: Sheet, look: PrivateLook): MessageRequest {
    const { isSpoiler, root, locale } = look;
    const options = { isSpoiler, label: rootLabel(root) };
    const keeps = picture !== undefined && has?.of === picture;
    const parts = [
      ...(status
        ? [requestFor({ message: this.#statusOf(status, picture, locale) }, options)]
        : []),
      ...(picture
        ? [
            requestFor(
              {
                message: this.#fitted(picture, status !== undefined),
                ...(!keeps && picture.files && { files: picture.files }),
              },
              { ...options, has: keeps ? has.files : undefined },
            ),
          ]
        : []),
    ];
    const [first, second = first] = parts;
    if (!first || !second) throw over();
    return {
      body: { ...second.body, components: parts.flatMap(({ body }) => body.components) },
      files: second.files,
    };
  }

  /** The status as it goes, with a way to the result for when this message can't be changed any more. */
  #statusOf({ message }: Painting, picture: Painting | undefined, locale: string | undefined) {
    if (message.kind !== 'status') return message;
    const { preview: _preview, ...status } = message;
    const label = plainLine(wordsFor(locale).showResult);
    const { turnId } = message;
    const result = { action: 'compare', turnId, label, style: 'plain' } as const;
    const isThere = message.state === 'ended' || picture?.message.kind === 'final';
    const buttons = isThere ? message.buttons : [...message.buttons, result];
    return fitted({ ...status, buttons }, this.#room(picture !== undefined));
  }

  #fitted({ message }: Painting, isWithStatus: boolean) {
    return fitted(message, this.#room(isWithStatus));
  }

  #room(isShared: boolean) {
    const { maxMessageCharacters } = this.#capabilities;
    return {
      ...this.#capabilities,
      maxMessageCharacters: isShared ? HALF : maxMessageCharacters,
    };
  }
}

function partOf({ message }: Painting): string {
  return message.kind === 'round' ? `round-${message.round}` : message.kind;
}

const over = (): AppError =>
  new AppError(
    'CHANNEL_GONE',
    'Discord lets me answer for 15 minutes; a button brings the result.',
  );
