import { MessageType } from 'discord.js';

import { keepFile } from '../files.ts';
import { addMessage, mentionsIn, react, removeMessage, tellOfMessage } from '../messages.ts';
import type { FakeChannel, FakeMessage, FakeUser, SentFile } from '../records.ts';
import type { World } from '../world.ts';

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
