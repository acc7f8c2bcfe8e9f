import { Dispatcher, type Patience } from './dispatch.ts';
import { tell } from './events.ts';
import { listen } from './http.ts';
import { Person } from './person.ts';
import { Rates, SLACK_RATES, type Rate } from './rates.ts';
import { Responses } from './responses.ts';
import { seenAs, type Seen } from './seen.ts';
import { ShiftedClock } from './shifted-clock.ts';
import { SignedRequests } from './signed-requests.ts';
import { Sockets } from './sockets.ts';
import { Triggers } from './triggers.ts';
import { Troubles, type CallRecord } from './troubles.ts';
import type { Channel, ChannelKind, Message, User } from './types.ts';
import { WebApi } from './web-api.ts';
import { makeId, Workspace } from './workspace.ts';
import type { App, World } from './world.ts';

export interface FakeSlackOptions {
  /** What the app asks for; default: all that the fake knows. */
  readonly scopes?: readonly string[];
  /** What it subscribed to; default: all that the fake tells. */
  readonly events?: readonly string[];
  /** Ids of its message shortcuts, and its commands; default: whatever people try. */
  readonly shortcuts?: readonly string[];
  readonly commands?: readonly string[];
  /** How often methods may be called; default: as Slack says. */
  readonly rates?: Readonly<Record<string, readonly Rate[]>>;
  /** How many times `files.info` says of a new file that it is not ready. Default 1. */
  readonly pollsUntilReady?: number;
  /** How long an app has to acknowledge, and people wait for a form. Default 3 s, as at Slack. */
  readonly patience?: Patience;
}

const ALL_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
];

const ALL_EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'assistant_thread_started',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
];

/**
 * Slack on a loopback address, for one app: Web API, files, Socket Mode and signed requests. It refuses
 * what Slack refuses, misbehaves when it is told to, and lets a test act as the people and see what they see.
 */
export class FakeSlack implements AsyncDisposable {
  readonly app: App;
  readonly clock = new ShiftedClock();
  /** What a well-behaved app would not have done. A test ends with none. */
  readonly faults: string[] = [];
  readonly troubles = new Troubles();
  readonly sockets: Sockets;
  readonly dispatcher: Dispatcher;
  readonly rates: Rates;
  /** The one that is there from the beginning. */
  readonly workspace: Workspace;
  /** Whether `app_mention` comes before `message`. */
  isMentionFirst = false;
  readonly #workspaces: Workspace[] = [];
  readonly #responses = new Responses();
  readonly #world: World;
  #origin = '';
  #close = (): void => undefined;

  private constructor(options: FakeSlackOptions) {
    const { scopes = ALL_SCOPES, events = ALL_EVENTS, rates = SLACK_RATES } = options;
    const { shortcuts, commands } = options;
    this.app = {
      id: makeId('A'),
      appToken: 'xapp-1-token',
      clientId: '1.2',
      clientSecret: 'client-secret',
      signingSecret: 'signing-secret',
      scopes: new Set(scopes),
      events: new Set(events),
      ...(shortcuts && { shortcuts: new Set(shortcuts) }),
      ...(commands && { commands: new Set(commands) }),
    };
    const patience = options.patience ?? { withEventsMs: 3_000, withPeopleMs: 3_000 };
    this.sockets = new Sockets(this.clock, this.faults);
    this.dispatcher = new Dispatcher(this.clock, this.app.id, patience);
    this.dispatcher.transport = this.sockets;
    this.rates = new Rates(this.clock, rates);
    const originNow = () => this.#origin;
    this.#world = {
      app: this.app,
      clock: this.clock,
      get origin() {
        return originNow();
      },
      workspaces: this.#workspaces,
      dispatcher: this.dispatcher,
      triggers: new Triggers(this.clock, patience.withPeopleMs),
      faults: this.faults,
      codes: new Map(),
    };
    this.workspace = this.addWorkspace('acme');
    this.workspace.pollsUntilReady = options.pollsUntilReady ?? 1;
  }

  static async start(options: FakeSlackOptions = {}): Promise<FakeSlack> {
    const slack = new FakeSlack(options);
    const { sockets, rates, troubles } = slack;
    const world = slack.#world;
    const { origin, close } = await listen({
      world,
      api: new WebApi({ world, rates, sockets }),
      sockets,
      responses: slack.#responses,
      troubles,
    });
    slack.#origin = origin;
    slack.#close = close;
    return slack;
  }

  /** What `SLACK_API_URL` is to be. */
  get apiUrl(): string {
    return `${this.#origin}/api/`;
  }

  get botToken(): string {
    return this.workspace.botToken;
  }

  /** How often a method was called, with its effect or without; of one channel, where it is named. */
  countOf(method: string, channel?: string): number {
    const isMeant = (call: CallRecord) =>
      call.method === method && (channel === undefined || call.channel === channel);
    return this.troubles.calls.filter(isMeant).length;
  }

  /**
   * From now on all goes to this address, which proves that it is the app's.
   * @throws {Error} When it does not.
   */
  async sendTo(url: string): Promise<SignedRequests> {
    const requests = new SignedRequests(url, this.app.signingSecret, this.clock);
    if (!(await requests.verify())) throw new Error(`${url} is not the address of the app.`);
    this.dispatcher.transport = requests;
    return requests;
  }

  addWorkspace(domain: string): Workspace {
    const workspace = new Workspace(domain, this.app.scopes, this.clock);
    this.#workspaces.push(workspace);
    return workspace;
  }

  /** Somebody allows the app in a workspace: a code for `oauth.v2.access`. */
  allow(workspace: Workspace): string {
    const code = makeId('code-');
    this.#world.codes.set(code, workspace);
    return code;
  }

  /** Somebody removes the app: its token is worth nothing, and it is told so. */
  revoke(workspace: Workspace = this.workspace): void {
    for (const event of [
      { type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.botUser.id] } },
      { type: 'app_uninstalled' },
    ]) {
      tell(this.#world, workspace, event.type, { ...event, event_ts: workspace.stamp() });
    }
    workspace.isRevoked = true;
  }

  person(
    name: string,
    traits: Partial<Pick<User, 'locale' | 'isAdmin' | 'isBot'>> & {
      readonly workspace?: Workspace;
    } = {},
  ): Person {
    const { workspace = this.workspace, ...others } = traits;
    const known = [...workspace.users.values()].find((user) => user.name === name);
    const user = known ?? workspace.addUser(name, others);
    for (const channel of workspace.channels.values()) {
      if (channel.kind === 'channel' && !known) channel.members.add(user.id);
    }
    return new Person(user, {
      world: this.#world,
      workspace,
      responses: this.#responses,
      isMentionFirst: () => this.isMentionFirst,
    });
  }

  /** A channel with all people of its workspace, and the bot. */
  channel(
    name: string,
    options: { kind?: ChannelKind; withoutBot?: boolean; workspace?: Workspace } = {},
  ): Channel {
    const { workspace = this.workspace, kind = 'channel', withoutBot = false } = options;
    const known = [...workspace.channels.values()].find((channel) => channel.name === name);
    if (known) return known;
    const isMember = (user: User) => !withoutBot || user !== workspace.botUser;
    const members = [...workspace.users.values()].filter(isMember);
    return workspace.addChannel(
      kind,
      name,
      members.map(({ id }) => id),
    );
  }

  /** What is to be seen in the thread of a message, the message first. */
  thread(root: Message, by?: Person): Seen[] {
    const { workspace, channel } = this.#find(root);
    return channel.messages
      .filter(
        (message) =>
          !message.isDeleted &&
          (message.onlyFor === undefined || message.onlyFor === by?.id) &&
          (message.ts === root.ts || message.threadTs === root.ts),
      )
      .map((message) => seenAs(workspace, message));
  }

  /** What is to be seen in a channel: threads are closed. */
  timeline(channel: Channel, by?: Person): Seen[] {
    const workspace = this.#workspaces.find((one) => one.channels.get(channel.id) === channel);
    if (!workspace) throw new Error(`There is no channel ${channel.id}.`);
    return channel.messages
      .filter(
        (message) =>
          !message.isDeleted &&
          (message.onlyFor === undefined || message.onlyFor === by?.id) &&
          message.threadTs === undefined,
      )
      .map((message) => seenAs(workspace, message));
  }

  /** What the bot says it is doing in the thread of an agent, empty when it says nothing. */
  statusIn(root: Message): string {
    const status = this.#find(root).channel.statuses.get(root.ts);
    return status && status.until > this.clock.now() ? status.text : '';
  }

  /** What people may press in the thread of an agent. */
  promptsIn(root: Message): readonly { readonly title: string; readonly message: string }[] {
    return this.#find(root).channel.prompts.get(root.ts) ?? [];
  }

  /** @throws {Error} When the app did what a well-behaved one would not have done. */
  demandNoFaults(): void {
    if (this.faults.length > 0) throw new Error(`Faults of the app:\n${this.faults.join('\n')}`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.sockets.close();
    this.clock.clear();
    this.#close();
    return Promise.resolve();
  }

  #find(message: Message): { readonly workspace: Workspace; readonly channel: Channel } {
    for (const workspace of this.#workspaces) {
      const channel = workspace.channels.get(message.channel);
      if (channel) return { workspace, channel };
    }
    throw new Error(`There is no channel ${message.channel}.`);
  }
}
