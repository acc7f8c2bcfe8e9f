import { deleteMessage } from './api/chat.ts';
import { addModal, replaceView } from './api/views.ts';
import { checkView } from './blocks.ts';
import type { Ack } from './dispatch.ts';
import { tell, tellChanged, tellMessage, tellReaction } from './events.ts';
import { fileKindOf } from './file-kind.ts';
import { valuesOf, type Filled } from './form.ts';
import type { Responses } from './responses.ts';
import { fileJson, messageJson, viewJson } from './shapes.ts';
import { asTyped } from './typed.ts';
import type { Channel, Json, Message, StoredFile, User, View } from './types.ts';
import { buttonsOf } from './seen.ts';
import type { Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** A file that a person has. */
export interface OwnFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface PersonParts {
  readonly world: World;
  readonly workspace: Workspace;
  readonly responses: Responses;
  /** Whether `app_mention` comes before `message`. */
  readonly isMentionFirst: () => boolean;
}

/** Does what a person at a client of Slack can do. */
export class Person {
  readonly user: User;
  readonly #parts: PersonParts;

  constructor(user: User, parts: PersonParts) {
    this.user = user;
    this.#parts = parts;
  }

  get id(): string {
    return this.user.id;
  }

  /** The modal that lies in front of them. */
  get modal(): View | undefined {
    return this.user.modals.at(-1);
  }

  async says(
    channel: Channel,
    text: string,
    { files = [], thread }: { files?: readonly OwnFile[]; thread?: Message | undefined } = {},
  ): Promise<Message> {
    const { world, workspace, isMentionFirst } = this.#parts;
    if (!channel.members.has(this.id)) throw new Error(`${this.user.name} is not in there.`);
    const stored: StoredFile[] = [];
    for (const file of files) stored.push(await this.#upload(file));
    const typed = asTyped(workspace, text);
    const message = workspace.addMessage({
      channel: channel.id,
      user: this.id,
      isFromApp: false,
      files: stored,
      ...typed,
      ...(stored.length > 0 && { subtype: 'file_share' }),
      ...(thread && { threadTs: thread.threadTs ?? thread.ts }),
    });
    tellMessage(world, workspace, message, isMentionFirst());
    return message;
  }

  /** Writes to the bot where others are. */
  mentions(
    channel: Channel,
    text: string,
    files: readonly OwnFile[] = [],
    thread?: Message,
  ): Promise<Message> {
    const { name } = this.#parts.workspace.botUser;
    return this.says(channel, `@${name} ${text}`, { files, thread });
  }

  /** Writes in the thread of a message. */
  replies(to: Message, text: string, files: readonly OwnFile[] = []): Promise<Message> {
    return this.says(this.#channelOf(to), text, { files, thread: to });
  }

  /** Writes to the bot alone. */
  writes(text: string, files: readonly OwnFile[] = []): Promise<Message> {
    return this.says(this.#parts.workspace.directChannel(this.id), text, { files });
  }

  /** Presses the button with that label, or that `action_id`. */
  async presses(message: Message, label: string): Promise<Ack | undefined> {
    const { workspace } = this.#parts;
    const channel = this.#channelOf(message);
    const button = buttonsOf(message.blocks ?? []).find(
      (one) => one.label === label || one.actionId === label,
    );
    if (!button) throw new Error(`There is no button ${label}.`);
    const isEphemeral = message.onlyFor !== undefined;
    return this.#interact({
      type: 'block_actions',
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: isEphemeral,
        ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
      },
      channel: { id: channel.id, name: channel.name },
      ...(!isEphemeral && { message: this.#json(message) }),
      state: { values: {} },
      response_url: this.#responseUrl(channel, message),
      actions: [{ ...button.json, action_ts: workspace.stamp() }],
    });
  }

  /** Chooses a shortcut of the app from the menu of a message. */
  shortcut(message: Message, callbackId: string): Promise<Ack | undefined> {
    const channel = this.#channelOf(message);
    demandKnown(this.#parts.world.app.shortcuts, callbackId);
    return this.#interact({
      type: 'message_action',
      action_ts: this.#parts.workspace.stamp(),
      callback_id: callbackId,
      channel: { id: channel.id, name: channel.name },
      message_ts: message.ts,
      message: this.#json(message),
      response_url: this.#responseUrl(channel, message),
    });
  }

  /** Writes a command; those do not work in threads. */
  async slash(channel: Channel, command: string, text = ''): Promise<Ack | undefined> {
    const { world, workspace } = this.#parts;
    demandKnown(world.app.commands, command);
    const ack = await world.dispatcher.once('slash_commands', {
      token: 'verification-token',
      team_id: workspace.id,
      team_domain: workspace.domain,
      channel_id: channel.id,
      channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
      user_id: this.id,
      user_name: this.user.name,
      command,
      text: asTyped(workspace, text).text,
      api_app_id: world.app.id,
      is_enterprise_install: 'false',
      response_url: this.#responseUrl(channel),
      trigger_id: world.triggers.make(this.id),
    });
    const { text: said } = (ack?.payload ?? {}) as { text?: string };
    if (said !== undefined) this.#hear(channel, said);
    return ack;
  }

  /** Fills in the modal in front of them and sends it; gives the errors that the form shows then. */
  async submits(filled: Filled): Promise<Json | undefined> {
    const { world, workspace } = this.#parts;
    const view = this.modal;
    if (!view) throw new Error('There is no modal.');
    const files: Json[] = [];
    for (const file of filled.files ?? []) {
      files.push(fileJson(world, workspace, await this.#upload(file)));
    }
    const ack = await this.#interact({
      type: 'view_submission',
      view: viewJson(world, workspace, view, valuesOf(view, filled, files)),
      response_urls: [],
    });
    if (!ack) throw new Error('The form could not be sent.');
    return this.#respond(view, (ack.payload ?? {}) as Json);
  }

  opensHome(): void {
    const { world, workspace } = this.#parts;
    tell(world, workspace, 'app_home_opened', {
      type: 'app_home_opened',
      user: this.id,
      channel: workspace.directChannel(this.id).id,
      tab: 'home',
      event_ts: workspace.stamp(),
      ...(this.user.home && { view: viewJson(world, workspace, this.user.home) }),
    });
  }

  /** Presses a button of the App Home. */
  async pressesAtHome(label: string): Promise<Ack | undefined> {
    const { world, workspace } = this.#parts;
    const { home } = this.user;
    const blocks = (home?.content['blocks'] ?? []) as readonly Json[];
    const button = buttonsOf(blocks).find((one) => one.label === label || one.actionId === label);
    if (!home || !button) throw new Error(`There is no button ${label}.`);
    return this.#interact({
      type: 'block_actions',
      container: { type: 'view', view_id: home.id },
      view: viewJson(world, workspace, home),
      actions: [{ ...button.json, action_ts: workspace.stamp() }],
    });
  }

  /** Opens the agent: what it then has is the first message of a thread with it. */
  opensAssistant(): Message {
    const { world, workspace } = this.#parts;
    const channel = workspace.directChannel(this.id);
    const root = workspace.addMessage({
      channel: channel.id,
      user: workspace.botUser.id,
      isFromApp: true,
      subtype: 'assistant_app_thread',
      text: 'New Assistant Thread',
      files: [],
    });
    tell(world, workspace, 'assistant_thread_started', {
      type: 'assistant_thread_started',
      assistant_thread: {
        user_id: this.id,
        context: {},
        channel_id: channel.id,
        thread_ts: root.ts,
      },
      event_ts: root.ts,
    });
    return root;
  }

  reacts(message: Message, name: string): void {
    message.reactions.set(name, (message.reactions.get(name) ?? new Set()).add(this.id));
    this.#tellReaction(message, name, true);
  }

  takesBack(message: Message, name: string): void {
    message.reactions.get(name)?.delete(this.id);
    this.#tellReaction(message, name, false);
  }

  edits(message: Message, text: string): void {
    const { world, workspace } = this.#parts;
    const before = this.#json(message);
    Object.assign(message, asTyped(workspace, text), { editedTs: workspace.stamp() });
    tellChanged(world, workspace, message, before);
  }

  deletes(message: Message): void {
    const { world, workspace } = this.#parts;
    deleteMessage({ world, workspace }, message);
  }

  #tellReaction(message: Message, name: string, isAdded: boolean): void {
    const { world, workspace } = this.#parts;
    tellReaction(world, workspace, message, { name, user: this.id, isAdded });
  }

  #interact(body: Json): Promise<Ack | undefined> {
    const { world, workspace } = this.#parts;
    return world.dispatcher.once('interactive', {
      ...body,
      user: {
        id: this.id,
        username: this.user.name,
        name: this.user.name,
        team_id: workspace.id,
      },
      api_app_id: world.app.id,
      token: 'verification-token',
      trigger_id: world.triggers.make(this.id),
      team: { id: workspace.id, domain: workspace.domain },
      enterprise: null,
      is_enterprise_install: false,
    });
  }

  /** What a form does when it was sent. */
  #respond(view: View, payload: Json): Json | undefined {
    const { workspace } = this.#parts;
    const { modals } = this.user;
    const content = () => checkView(workspace, payload['view'], 'modal');
    switch (payload['response_action']) {
      case 'errors':
        return payload['errors'] as Json;
      case 'clear':
        modals.splice(0);
        return undefined;
      case 'update':
        replaceView(workspace, view, content());
        return undefined;
      case 'push':
        addModal(workspace, this.user, content());
        return undefined;
      default:
        modals.splice(modals.indexOf(view), 1);
        return undefined;
    }
  }

  async #upload({ name, bytes }: OwnFile): Promise<StoredFile> {
    const kind = await fileKindOf(name, bytes);
    return this.#parts.workspace.addFile({ name, bytes, kind, user: this.id, state: 'complete' });
  }

  #hear(channel: Channel, text: string): void {
    const { workspace } = this.#parts;
    workspace.addMessage({
      channel: channel.id,
      user: workspace.botUser.id,
      isFromApp: true,
      files: [],
      onlyFor: this.id,
      text,
    });
  }

  #channelOf({ channel }: Message): Channel {
    const known = this.#parts.workspace.channels.get(channel);
    if (!known) throw new Error(`There is no channel ${channel}.`);
    return known;
  }

  #json(message: Message): Json {
    return messageJson(this.#parts.world, this.#parts.workspace, message);
  }

  #responseUrl(channel: Channel, message?: Message): string {
    const { world, workspace, responses } = this.#parts;
    return responses.makeUrl(world, {
      workspace,
      channel: channel.id,
      userId: this.id,
      ...(message && { ts: message.ts }),
    });
  }
}

/** What the app has not told Slack of is in nobody's menu. */
function demandKnown(known: ReadonlySet<string> | undefined, name: string): void {
  if (known?.has(name) === false) throw new Error(`The app has no ${name}.`);
}
