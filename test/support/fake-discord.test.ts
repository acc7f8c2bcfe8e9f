import { Client, Events, GatewayIntentBits, MessageFlags, type Message } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FakeDiscord } from './fake-discord/index.ts';
import type { FakeChannel } from './fake-discord/records.ts';

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.MessageContent,
  GatewayIntentBits.DirectMessages,
];

let fake: FakeDiscord;
let garden: FakeChannel;
let client: Client;

beforeEach(async () => {
  fake = await FakeDiscord.start();
  garden = fake.addChannel(fake.addGuild('home'), 'garden');
  client = new Client({ intents: INTENTS, rest: { api: fake.apiUrl } });
});
afterEach(async () => {
  await client.destroy();
  await fake[Symbol.asyncDispose]();
  expect(fake.faults).toEqual([]);
});

async function login(): Promise<void> {
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(fake.token);
  await ready;
}

describe('the fake Discord', () => {
  it('takes an unmodified client, tells it what people write, and shows what it posts', async () => {
    await login();
    const heard = new Promise<Message>((resolve) => client.once(Events.MessageCreate, resolve));
    await fake.person('ann').says(garden, 'hello @bot', {
      files: [{ name: 'a b.txt', bytes: Buffer.from('words') }],
    });
    const message = await heard;
    expect(message.content).toBe(`hello <@${client.user?.id}>`);
    expect(message.mentions.has(client.user?.id ?? '')).toBe(true);
    const [attachment] = message.attachments.values();
    expect(attachment?.name).toBe('a_b.txt');
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('words');

    const answer = await message.reply({
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: 10, content: 'Hello.' }],
    });
    expect(fake.world.messagesIn(garden.id).at(-1)).toMatchObject({ id: answer.id });
  });
});
