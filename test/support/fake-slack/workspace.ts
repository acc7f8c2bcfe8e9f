import type { Clock } from '../../../src/queue/clock.ts';
import type { Channel, ChannelKind, Message, StoredFile, User, View } from './types.ts';

let count = 0;

/** An id of Slack's form, such as `C00000012`. */
export function makeId(letter: string): string {
  count += 1;
  return `${letter}${count.toString(36).toUpperCase().padStart(8, '0')}`;
}

/** How a block names a file. */
export interface SlackFile {
  readonly id?: string;
  readonly url?: string;
}

/** A workspace that has installed the app. */
export class Workspace {
  readonly id = makeId('T');
  readonly domain: string;
  readonly botToken: string;
  readonly botUser: User;
  readonly botId = makeId('B');
  /** What the app was granted here. */
  readonly scopes: Set<string>;
  isRevoked = false;
  /** Events tell of files of other organizations by their ids alone. */
  hidesFiles = false;
  /** How many times `files.info` says of a new file of the app that it is not ready. */
  pollsUntilReady = 1;
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, StoredFile>();
  readonly views = new Map<string, View>();
  readonly #clock: Clock;
  #lastStamp = 0;

  constructor(domain: string, scopes: Iterable<string>, clock: Clock) {
    this.domain = domain;
    this.scopes = new Set(scopes);
    this.#clock = clock;
    this.botToken = `xoxb-${this.id}-${domain}`;
    this.botUser = this.addUser('editor', { isBot: true });
  }

  /** A time as Slack writes it, later than all before: `1700000000.000100`. */
  stamp(): string {
    const micros = Math.max(this.#clock.now() * 1_000, this.#lastStamp + 1);
    this.#lastStamp = micros;
    return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
  }

  addUser(name: string, traits: Partial<Pick<User, 'locale' | 'isBot' | 'isAdmin'>> = {}): User {
    const user: User = {
      id: makeId('U'),
      name,
      locale: 'en-US',
      isBot: false,
      isAdmin: false,
      modals: [],
      ...traits,
    };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(kind: ChannelKind, name: string, members: readonly string[]): Channel {
    const channel: Channel = {
      id: makeId(kind === 'im' ? 'D' : kind === 'channel' ? 'C' : 'G'),
      name,
      kind,
      members: new Set(members),
      isArchived: false,
      isGone: false,
      messages: [],
      statuses: new Map(),
      prompts: new Map(),
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The conversation of a person with the bot, made where there is none. */
  directChannel(userId: string): Channel {
    const known = [...this.channels.values()].find(
      ({ kind, members }) => kind === 'im' && members.has(userId),
    );
    return known ?? this.addChannel('im', '', [userId, this.botUser.id]);
  }

  addMessage(message: Omit<Message, 'ts' | 'reactions' | 'isDeleted'>): Message {
    const added: Message = {
      ...message,
      ts: this.stamp(),
      reactions: new Map(),
      isDeleted: false,
    };
    this.channels.get(message.channel)?.messages.push(added);
    return added;
  }

  findMessage(channel: Channel, ts: string | undefined): Message | undefined {
    return channel.messages.find((message) => message.ts === ts && !message.isDeleted);
  }

  /** What a `slack_file` of a block means: an id, or an address that is private or the file's own page. */
  findFile({ id = '', url }: SlackFile): StoredFile | undefined {
    const named = /\/(?:T\w+-)?(F\w+)\//.exec(url ?? '')?.[1];
    return this.files.get(named ?? id);
  }

  addFile(file: Pick<StoredFile, 'name' | 'user'> & Partial<StoredFile>): StoredFile {
    const added: StoredFile = {
      id: makeId('F'),
      title: file.name,
      alt: '',
      createdAt: this.#clock.now(),
      bytes: new Uint8Array(),
      announcedBytes: 0,
      state: 'announced',
      pollsLeft: 0,
      kind: { mimeType: '', fileType: '' },
      ...file,
    };
    this.files.set(added.id, added);
    return added;
  }
}
