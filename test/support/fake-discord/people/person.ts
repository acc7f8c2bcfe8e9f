import { ApplicationCommandType, ComponentType, InteractionType, MessageType } from 'discord.js';

import { keepFile } from '../files.ts';
import type { Choice, Interaction } from '../interaction.ts';
import { beginInteraction, buttonOf } from '../interactions.ts';
import { addMessage, mentionsIn, react, removeMessage, tellOfMessage } from '../messages.ts';
import type { FakeChannel, FakeMessage, FakeUser, SentFile } from '../records.ts';
import { messagePayload } from '../payloads/message.ts';
import { userPayload } from '../payloads/people.ts';
import type { World } from '../world.ts';
import { offeredCommand, slashData, type CommandOptions } from './command-data.ts';
import { modalData, type Filled } from './modal-data.ts';

const PATIENCE_MS = 30_000;

export interface Saying {
  readonly files?: readonly SentFile[];
  readonly replyTo?: FakeMessage;
  /** Whether the reply pings whom it answers. */
  readonly pings?: boolean;
}

/** Somebody who uses the platform with its own client. */
export class Person {
  readonly #world: World;
  readonly user: FakeUser;

  constructor(world: World, user: FakeUser) {
    this.#world = world;
    this.user = user;
  }

  /** Writes a message. `@bot` in it mentions the bot, `@ann` another person. */
  async says(
    channel: FakeChannel,
    text: string,
    { files = [], replyTo, pings = true }: Saying = {},
  ): Promise<FakeMessage> {
    const kept = [];
    for (const file of files) kept.push(await keepFile(this.#world, channel.id, file));
    const content = this.#withMentions(text);
    const pinged = mentionsIn(content);
    if (replyTo && pings) pinged.add(replyTo.author.id);
    return addMessage(this.#world, channel, {
      author: this.user,
      content,
      files: kept,
      pinged,
      ...(replyTo && { type: MessageType.Reply, repliedTo: replyTo.id }),
    });
  }

  edits(message: FakeMessage, text: string): void {
    message.content = this.#withMentions(text);
    message.pinged = mentionsIn(message.content);
    message.editedAt = this.#world.clock.now();
    tellOfMessage(this.#world, 'MESSAGE_UPDATE', message);
  }

  deletes(message: FakeMessage): void {
    removeMessage(this.#world, message);
  }

  reacts(message: FakeMessage, emoji: string, isAdded = true): void {
    react(this.#world, message, this.user, emoji, isAdded);
  }

  /** Gives a slash command. It is with the bot when this resolves, not yet acknowledged. */
  async slash(
    channel: FakeChannel,
    name: string,
    options: CommandOptions = {},
  ): Promise<Interaction> {
    const { user } = this;
    const data = await slashData(this.#world, { user, channel, name, options });
    const type = InteractionType.ApplicationCommand;
    return beginInteraction(this.#world, { type, user, channel, data, commandName: name });
  }

  /** Types into an option of a slash command. Resolves with what it is offered. */
  async types(
    channel: FakeChannel,
    name: string,
    focused: string,
    options: CommandOptions,
  ): Promise<readonly Choice[]> {
    const { user } = this;
    const data = await slashData(this.#world, { user, channel, name, options, focused });
    const type = InteractionType.ApplicationCommandAutocomplete;
    const interaction = beginInteraction(this.#world, { type, user, channel, data });
    await this.acknowledged(interaction);
    return interaction.choices;
  }

  /** Chooses a command in the menu of a message. */
  messageCommand(message: FakeMessage, name: string): Interaction {
    const { user } = this;
    const channel = this.#world.channel(message.channelId);
    const menu = ApplicationCommandType.Message;
    const command = offeredCommand(this.#world, name, menu, { user, channel });
    const data = {
      id: command.id,
      name,
      type: menu,
      target_id: message.id,
      resolved: {
        messages: {
          [message.id]: messagePayload(this.#world, message, { readsContent: true }),
        },
        users: { [message.author.id]: userPayload(message.author) },
      },
    };
    const type = InteractionType.ApplicationCommand;
    return beginInteraction(this.#world, { type, user, channel, data, commandName: name });
  }

  /** Presses the button of a message that says or carries this. */
  presses(message: FakeMessage, wanted: string | RegExp): Interaction {
    const button = buttonOf(message, wanted);
    if (button['disabled'] === true) throw new Error(`The button ${String(wanted)} is off.`);
    return beginInteraction(this.#world, {
      type: InteractionType.MessageComponent,
      user: this.user,
      channel: this.#world.channel(message.channelId),
      message,
      data: {
        component_type: ComponentType.Button,
        custom_id: button['custom_id'],
        id: button['id'] ?? 1,
      },
    });
  }

  /** Fills in the form that an interaction was answered with, once it is there, and sends it off. */
  async submits(interaction: Interaction, filled: Filled): Promise<Interaction> {
    const form = await this.#world.until(() => interaction.modal, PATIENCE_MS);
    const { channel, messageId } = interaction.facts;
    const message = this.#world.messages.get(messageId ?? '');
    return beginInteraction(this.#world, {
      type: InteractionType.ModalSubmit,
      user: this.user,
      channel,
      data: await modalData(this.#world, channel, form, filled),
      ...(message && { message }),
    });
  }

  /** Resolves once the bot has acknowledged something. */
  acknowledged(interaction: Interaction): Promise<string> {
    return this.#world.until(() => interaction.acknowledgement, PATIENCE_MS);
  }

  /** What this person sees as answers to an interaction, also what nobody else sees. */
  answersTo(interaction: Interaction): readonly FakeMessage[] {
    return this.#world
      .messagesIn(interaction.facts.channel.id)
      .filter(
        ({ interactionId, ephemeralFor }) =>
          interactionId === interaction.id && (ephemeralFor ?? this.user.id) === this.user.id,
      );
  }

  /** The conversation of this person with the bot alone. */
  get direct(): FakeChannel {
    return this.#world.directChannel(this.user);
  }

  #withMentions(text: string): string {
    const { bot, users } = this.#world;
    return text.replaceAll(/@([a-z][\w-]*)/g, (whole, name: string) => {
      const user = name === 'bot' ? bot : [...users.values()].find((one) => one.username === name);
      return user ? `<@${user.id}>` : whole;
    });
  }
}
