import type { Call } from '../../pipeline/types.ts';
import { plain, type PlainText } from '../plain-text.ts';
import type { Destination, OtherMessage } from '../types.ts';
import type { Place } from '../../store/records.ts';
import { AppError } from '../../errors.ts';
import type { SlackApi } from './api.ts';
import { findMarked, metadataOf } from './marker.ts';
import { escaped } from './mrkdwn.ts';
import { attachmentsOf } from './parse/attachments.ts';
import type { HeardMessage } from './parse/heard.ts';
import { FileFields } from './parse/payloads.ts';
import { z } from 'zod';

/** So many messages from a thread's beginning on are looked through for a picture. */
const MESSAGES = 50;
const MAX_KNOWN = 10_000;
/** Slack's clock may be behind ours by as much. */
const CLOCKS_DIFFER_MS = 300_000;

const Replies = z.array(
  z.looseObject({
    ts: z.string(),
    user: z.string().nullish(),
    reply_users: z.array(z.string()).nullish(),
    files: z.array(FileFields).catch([]).default([]),
  }),
);

/** What threads are at Slack: the replies to a message, which may show the picture that is meant. */
export class Threads {
  readonly #api: SlackApi;
  /** Where the bot has written, so that the thread is a conversation with it already. */
  readonly #ours = new Set<string>();

  constructor(api: SlackApi) {
    this.#api = api;
  }

  wroteIn(place: Place): void {
    this.#ours.add(keyOf(place));
    const [oldest] = this.#ours;
    if (this.#ours.size > MAX_KNOWN && oldest !== undefined) this.#ours.delete(oldest);
  }

  /**
   * The message that a mention in a thread is about: the last one there with a picture, where the bot has not
   * been in that thread before.
   */
  async meantBy(
    heard: HeardMessage,
    botUserId: string,
    call: Call,
  ): Promise<OtherMessage | undefined> {
    const { place, attachments, mentionsBot, messageId, repliedTo } = heard;
    const { workspace = '', channel, thread } = place;
    const isFirst = thread !== undefined && mentionsBot && !repliedTo && attachments.length === 0;
    if (!isFirst || this.#ours.has(keyOf(place))) return undefined;
    const { messages: given } = await this.#api.ask(
      workspace,
      ({ conversations }) =>
        conversations.replies({ channel, ts: thread, latest: messageId, limit: MESSAGES }),
      call,
    );
    const messages = Replies.safeParse(given).data ?? [];
    const isOurs = messages.some(
      ({ user, reply_users: users }) => user === botUserId || users?.includes(botUserId),
    );
    if (isOurs) {
      this.wroteIn(place);
      return undefined;
    }
    const meant = messages.findLast(({ ts, files }) => ts !== messageId && files.length > 0);
    return (
      meant && {
        messageId: meant.ts,
        isOurs: false,
        text: plain(''),
        attachments: attachmentsOf(workspace, meant.files),
      }
    );
  }

  /** The thread of a message; what was asked for by a form gets a message to begin with. */
  async open(
    destination: Destination,
    messageId: string,
    title: PlainText,
    call: Call,
  ): Promise<Place> {
    const { place, context } = destination;
    const { asker, answersIn } = context;
    if (answersIn !== undefined) return { ...place, thread: answersIn };
    if (asker === undefined) return { ...place, thread: messageId };
    const thread = await this.#begin(destination, messageId, asker, title, call);
    return { ...place, thread };
  }

  /** Once, however often it is tried. */
  async #begin(
    destination: Destination,
    marker: string,
    asker: string,
    title: PlainText,
    call: Call,
  ): Promise<string> {
    const { workspace = '', channel } = destination.place;
    const since = Number(destination.context['askedAt'] ?? 0) - CLOCKS_DIFFER_MS;
    try {
      const known = await findMarked(this.#api, destination, marker, since, call);
      if (known !== undefined) return known;
      const text = `<@${asker}>: ${escaped(title)}`;
      const message = { channel, text, metadata: metadataOf(marker) };
      return await this.#api.post(workspace, message, call);
    } catch (error) {
      // A channel that is private to others looks to the bot as if it were not there.
      if (!(error instanceof AppError) || error.code !== 'CHANNEL_GONE') throw error;
      throw new AppError(
        'NOT_PERMITTED',
        'I can’t write in that conversation; invite me with /invite, or ask me in a direct message.',
        { cause: error },
      );
    }
  }
}

const keyOf = ({ workspace, channel, thread }: Place): string =>
  [workspace, channel, thread].join(' ');
