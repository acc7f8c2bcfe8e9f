import { addressOf } from '../discord-product.ts';
import { isFinal, isRound, threadIn } from '../discord-reading.ts';
import type { Seen } from '../fake-discord/chat-view.ts';
import { FakeDiscord } from '../fake-discord/index.ts';
import type { Person } from '../fake-discord/people/person.ts';
import type { Shown, Surface } from './surface.ts';

/** Discord: `/edit` with a picture, in a channel of a server. */
export async function openDiscord(): Promise<Surface> {
  const discord = await FakeDiscord.start();
  const home = discord.addGuild('home');
  let talks = 0;
  return {
    settings: addressOf(discord),
    arrival: async () => {
      await discord.until(() => discord.gateway.shards.length === 1);
      await discord.until(() => discord.world.commands.length > 0);
    },
    ask: async (prompt, bytes) => {
      talks += 1;
      const person = discord.person(`person${talks}`);
      const channel = discord.addChannel(home, `channel-${talks}`);
      await person.slash(channel, 'edit', { prompt, image: { name: 'picture.png', bytes } });
      const thread = await threadIn(discord, channel);
      return {
        look: () => discord.thread(thread).map((seen) => shown(seen, person)),
        says: (text) => person.says(thread, text),
      };
    },
    [Symbol.asyncDispose]: () => discord[Symbol.asyncDispose](),
  };
}

function shown(seen: Seen, person: Person): Shown {
  const { message, text, pictures, buttons } = seen;
  return {
    kind: kindOf(seen),
    text,
    pictures: pictures.map(({ alt, file }) => ({ alt, bytes: () => Promise.resolve(file.bytes) })),
    buttons: buttons.map(({ label }) => ({
      label,
      press: () => person.acknowledged(person.presses(message, label)),
    })),
  };
}

function kindOf(seen: Seen): Shown['kind'] {
  if (!seen.message.author.isBot) return 'person';
  if (isFinal(seen)) return 'final';
  return isRound(seen) ? 'round' : 'other';
}
