import { createHash } from 'node:crypto';

import { ComponentType } from 'discord.js';
import { describe, expect } from 'vitest';

import { decodeButton } from '../../../src/bots/discord/custom-id.ts';
import { unmarked } from '../../../src/bots/discord/markup.ts';
import type { Receive } from '../../../src/bots/types.ts';
import { chatAdapterContract } from '../../contract/chat-adapter.ts';
import type { AdapterHome, SeenMessage } from '../../contract/chat-adapter/home.ts';
import { removeChannel } from '../../support/fake-discord/channels.ts';
import { removeMessage } from '../../support/fake-discord/messages.ts';
import type { FakeMessage } from '../../support/fake-discord/records.ts';
import { partsIn } from '../../support/fake-discord/rules/components.ts';
import { DiscordHome } from './home.ts';

const NAMES = { user: () => undefined, role: () => undefined, channel: () => undefined };

function seen({ id, components, files }: FakeMessage): SeenMessage {
  const parts = [...partsIn(components)];
  const items = parts.flatMap(({ type, items: all }) =>
    type === ComponentType.MediaGallery
      ? (all as { media: { url: string }; description?: string }[])
      : [],
  );
  return {
    messageId: id,
    text: parts
      .flatMap(({ content }) => (typeof content === 'string' ? unmarked(content, NAMES) : []))
      .join('\n'),
    pictures: items.map(({ media, description }) => {
      const file = files.find(({ name }) => media.url === `attachment://${name}`);
      if (!file) expect.fail(`There is no file for ${media.url}.`);
      const imageId = createHash('sha256').update(file.bytes).digest('hex');
      return { alt: description ?? '', imageId };
    }),
    actions: parts.flatMap(({ custom_id: customId }) => {
      const button = typeof customId === 'string' ? decodeButton(customId) : undefined;
      return button ? [button.action] : [];
    }),
  };
}

async function discordHome(): Promise<AdapterHome> {
  const home = await DiscordHome.open();
  const { fake, garden, adapter } = home;
  const { world } = fake;
  // Whoever does something waits until the bot has heard of it.
  let heard = 0;
  const start = adapter.start.bind(adapter);
  adapter.start = (receive: Receive, call) =>
    start(async (one) => {
      await receive(one);
      heard += 1;
      world.changed();
    }, call);
  const hears = async (work: () => unknown) => {
    const before = heard;
    await work();
    await fake.until(() => heard > before);
  };
  const message = (id: string) => world.message(garden.id, id);
  return {
    adapter,
    destination: { place: home.place, context: {} },
    thread: async () =>
      world
        .messagesIn(garden.id)
        .filter(({ author }) => author === world.bot)
        .map(seen),
    rest: () => Promise.resolve(),
    trouble: (kind) => {
      const trouble =
        kind === 'rate-limited'
          ? ({ kind: 'limited', retryAfterMs: 20, isGlobal: false } as const)
          : { kind };
      fake.rest.troubles.plan(trouble, { method: 'POST', path: /\/messages$/ });
    },
    deleteMessage: async (id) => removeMessage(world, message(id)),
    removePlace: async () => removeChannel(world, garden),
    say: (text, file) =>
      hears(() =>
        fake.person('ann').says(garden, `@bot ${text}`, {
          files: file ? [{ name: 'photo.png', bytes: file.bytes }] : [],
        }),
      ),
    press: (id, action) =>
      hears(() =>
        fake.person('ann').presses(message(id), new RegExp(`^edit1\\|${action.action}\\|`)),
      ),
    [Symbol.asyncDispose]: async () => {
      await home[Symbol.asyncDispose]();
    },
  };
}

describe('Discord', () => {
  chatAdapterContract(discordHome);
});
