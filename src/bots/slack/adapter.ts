import { setMaxListeners } from 'node:events';

import type { App } from '@slack/bolt';

import type { SlackSettings } from '../../config/slack.ts';
import { AppError, isAppError, type AppError as Fault } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { SYSTEM_CLOCK, type Clock } from '../../queue/clock.ts';
import type { Place } from '../../store/records.ts';
import type { HomeSettings } from '../../store/sql/index.ts';
import { hasCode, pause } from '../delivery/patience.ts';
import type { Home } from '../home.ts';
import { plainLine, type PlainText } from '../plain-text.ts';
import type {
  AttachmentReference,
  Author,
  ChatAdapter,
  Destination,
  Painting,
  PostedMessage,
  Receive,
} from '../types.ts';
import { SlackApi } from './api.ts';
import { makeApp } from './app.ts';
import { CAPABILITIES } from './capabilities.ts';
import { download } from './download.ts';
import { hear } from './ear.ts';
import { Uploads } from './files.ts';
import { paintHome } from './home.ts';
import { openInstallations, type OpenedInstallations } from './open-installations.ts';
import { toSlackError } from './errors.ts';
import { findMarked } from './marker.ts';
import { quiet } from './mrkdwn.ts';
import { Pace } from './pace.ts';
import { filesOf } from './paint/message.ts';
import { addressIn } from './parse/attachments.ts';
import { PLATFORM } from './parse/heard.ts';
import { People } from './people.ts';
import { durable } from './receivers/durable.ts';
import { httpReceiver, type HttpReceiver } from './receivers/http.ts';
import { socketReceiver } from './receivers/socket.ts';
import { slackSetup } from './setup.ts';
import { ShownPictures } from './shown-pictures.ts';
import { Threads } from './threads.ts';
import { wordsFor } from './words.ts';
import { post, update } from './writer.ts';

/** What the bot at Slack is made of. */
export interface SlackParts {
  readonly settings: SlackSettings & HomeSettings;
  /** Told what went wrong where nobody waits for an answer. */
  readonly onFault?: (error: Fault) => void;
  /** Default: this machine's clock. */
  readonly clock?: Clock;
}

export interface SlackAdapter extends ChatAdapter {
  /** Where Slack is to send its requests; undefined in Socket Mode, and until it has started. */
  readonly url: string | undefined;
}

/** The bot in Slack; undefined where the settings name no Slack. It connects once it is started. */
export function openSlackAdapter(parts: SlackParts): SlackAdapter | undefined {
  return slackSetup(parts.settings) && new SlackChat(parts);
}

const RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

class SlackChat implements SlackAdapter {
  readonly platform = PLATFORM;
  readonly accounts = 'of-workspace';
  readonly capabilities = CAPABILITIES;
  readonly #clock: Clock;
  readonly #onFault: (error: Fault) => void;
  readonly #setup: NonNullable<ReturnType<typeof slackSetup>>;
  readonly #opened: OpenedInstallations;
  readonly #api: SlackApi;
  readonly #people: People;
  readonly #threads: Threads;
  readonly #uploads: Uploads;
  readonly #shown: ShownPictures;
  readonly #closing = new AbortController();
  #receiver: HttpReceiver | undefined;
  #app: App | undefined;
  #insisting: Promise<void> = Promise.resolve();

  constructor({ settings, onFault = () => {}, clock = SYSTEM_CLOCK }: SlackParts) {
    const setup = slackSetup(settings);
    if (!setup) throw new AppError('BAD_SETTINGS', 'Slack is not set up.');
    setMaxListeners(0, this.#closing.signal);
    this.#clock = clock;
    this.#onFault = onFault;
    this.#setup = setup;
    const { apiUrl } = setup;
    this.#opened = openInstallations(setup, settings);
    const { installations } = this.#opened;
    this.#api = new SlackApi({ installations, apiUrl, pace: new Pace(clock) });
    this.#people = new People(this.#api, clock);
    this.#threads = new Threads(this.#api);
    this.#uploads = new Uploads({ api: this.#api, clock });
    this.#shown = new ShownPictures(this.#api);
  }

  get url(): string | undefined {
    return this.#receiver?.url;
  }

  /**
   * Connects, or listens where Slack is to come to us. Where Slack is away it goes on trying, so that others are
   * not kept from the bot.
   * @throws {AppError} `BAD_SETTINGS` where a token is refused or the port is taken.
   */
  async start(receive: Receive, { signal }: Call): Promise<void> {
    signal.throwIfAborted();
    try {
      await this.#connect(receive);
    } catch (error) {
      const known = toSlackError(error);
      if (!known.retryable) throw known;
      this.#onFault(known);
      this.#insisting = this.#insist(receive);
    }
  }

  async #connect(receive: Receive): Promise<void> {
    const { installations } = this.#opened;
    const { signal } = this.#closing;
    await installations.open();
    const parts = {
      installations,
      people: this.#people,
      threads: this.#threads,
      clock: this.#clock,
      signal,
    };
    const app = makeApp({
      ...parts,
      api: this.#api,
      onFault: this.#onFault,
      receiver: durable(this.#transport(), (body, retries) =>
        hear({ ...parts, receive }, body, retries),
      ),
    });
    await app.start();
    this.#app = app;
  }

  async #insist(receive: Receive): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const delayMs = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** failures);
      await pause(this.#clock, delayMs, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        await this.#connect(receive);
        return;
      } catch (error) {
        const known = toSlackError(error);
        this.#onFault(known);
        if (!known.retryable) return;
      }
    }
  }

  #transport() {
    const { transport, apiUrl } = this.#setup;
    if (transport.kind === 'socket') {
      return socketReceiver({ appToken: transport.appToken, apiUrl, onFault: this.#onFault });
    }
    const { install } = this.#opened;
    this.#receiver = httpReceiver({ ...transport, ...(install && { install }) });
    return this.#receiver;
  }

  async postMessage(
    destination: Destination,
    painting: Painting,
    marker: string,
    call: Call,
  ): Promise<PostedMessage> {
    const posted = await post(this.#writer, destination, painting, marker, call);
    this.#threads.wroteIn(destination.place);
    return posted;
  }

  updateMessage(
    destination: Destination,
    messageId: string,
    painting: Painting,
    call: Call,
  ): Promise<void> {
    return update(this.#writer, destination, messageId, painting, call);
  }

  get #writer() {
    const clock = this.#clock;
    return { api: this.#api, uploads: this.#uploads, shown: this.#shown, clock };
  }

  async findMessage(
    destination: Destination,
    marker: string,
    since: number,
    call: Call,
  ): Promise<PostedMessage | undefined> {
    const messageId = await findMarked(this.#api, destination, marker, since, call);
    return messageId === undefined ? undefined : { messageId };
  }

  /** With the files that it shows, which would stay at Slack else. */
  async deleteMessage({ place }: Destination, messageId: string, call: Call): Promise<void> {
    const { workspace = '', channel } = place;
    try {
      const files = (await this.#shown.of(place, messageId, call)).flatMap(filesOf);
      await this.#api.ask(workspace, ({ chat }) => chat.delete({ channel, ts: messageId }), call);
      this.#shown.forget(place, messageId);
      this.#uploads.forget(files);
      for (const file of files) await this.#deleteFile(workspace, file, call);
    } catch (error) {
      if (!hasCode(error, 'MESSAGE_GONE')) throw error;
    }
  }

  /** It may have gone with another message of its turn. */
  async #deleteFile(team: string, file: string, call: Call): Promise<void> {
    try {
      await this.#api.ask(team, ({ files }) => files.delete({ file }), call);
    } catch (error) {
      if (!hasCode(error, 'IMAGE_NOT_FOUND')) throw error;
    }
  }

  fetchAttachment(
    { reference }: AttachmentReference,
    limits: { readonly maxBytes: number },
    call: Call,
  ): Promise<Uint8Array> {
    const { apiUrl } = this.#setup;
    return download({ api: this.#api, apiUrl }, addressIn(reference), limits, call);
  }

  openThread(
    destination: Destination,
    messageId: string,
    title: PlainText,
    call: Call,
  ): Promise<Place> {
    return this.#threads.open(destination, messageId, title, call);
  }

  /** Where nobody else is it is written for good; where the bot may not write, the person is told apart. */
  async notify(
    { place }: Destination,
    { id: user }: Pick<Author, 'id'>,
    text: PlainText,
    call: Call,
  ): Promise<void> {
    const { workspace = '', channel, thread } = place;
    const inThread = thread === undefined ? {} : { thread_ts: thread };
    const words = { text: quiet(text) };
    const tell = (to: string, extra = {}) =>
      this.#api.post(workspace, { channel: to, ...words, ...extra }, call);
    if (channel.startsWith('D')) {
      await tell(channel, inThread);
      return;
    }
    try {
      await this.#api.ask(
        workspace,
        ({ chat }) => chat.postEphemeral({ channel, user, ...words, ...inThread }),
        call,
      );
    } catch (error) {
      const isElsewhere =
        isAppError(error) && (error.code === 'NOT_PERMITTED' || error.code === 'CHANNEL_GONE');
      if (!isElsewhere) throw error;
      await tell(user);
    }
  }

  /** For two minutes, or until something is posted there. */
  async showTyping({ place, context }: Destination, call: Call): Promise<void> {
    const { workspace = '', channel: channel_id, thread: thread_ts } = place;
    if (thread_ts === undefined) return;
    const { working: status } = wordsFor(context['locale']);
    await this.#api.ask(
      workspace,
      ({ assistant }) => assistant.threads.setStatus({ channel_id, thread_ts, status }),
      call,
    );
  }

  async showHome(
    { place }: Destination,
    { id }: Pick<Author, 'id'>,
    home: Home,
    call: Call,
  ): Promise<void> {
    const view = paintHome(home, place.channel);
    await this.#api.ask(
      place.workspace ?? '',
      ({ views }) => views.publish({ user_id: id, view }),
      call,
    );
  }

  /** Opens the thread in Slack, in the browser or in the app. */
  linkTo({ workspace = '', channel, thread }: Place, messageId: string): string {
    const root = thread ?? messageId;
    return `https://app.slack.com/client/${workspace}/${channel}/thread/${channel}-${root}`;
  }

  /** Slack has no roles that the bot knows of. */
  namesOf(
    { workspace = '' }: Pick<Place, 'platform' | 'workspace'>,
    kind: 'channels' | 'roles',
    ids: readonly string[],
    call: Call,
  ): Promise<readonly PlainText[]> {
    if (kind === 'roles') return Promise.resolve(ids.map(plainLine));
    return Promise.all(ids.map((id) => this.#channelName(workspace, id, call)));
  }

  async #channelName(team: string, channel: string, call: Call): Promise<PlainText> {
    try {
      const { channel: found } = await this.#api.ask(
        team,
        ({ conversations }) => conversations.info({ channel }),
        call,
      );
      return plainLine(`#${found?.name ?? channel}`);
    } catch {
      call.signal.throwIfAborted();
      return plainLine(channel);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(
      new AppError('SHUTDOWN', 'The bot is closing; it is back soon.', { retryable: true }),
    );
    await this.#insisting;
    const app = this.#app;
    this.#app = undefined;
    await app?.stop();
    await this.#opened.installations[Symbol.asyncDispose]();
  }
}
