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

  it('lets people give commands, press buttons, and fill in forms', async () => {
    await login();
    await client.application?.commands.set([
      {
        name: 'edit',
        description: 'Edits.',
        options: [
          { type: 3, name: 'prompt', description: 'What', required: true },
          { type: 11, name: 'image', description: 'Which' },
        ],
      },
    ]);
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) {
        void interaction.deferReply().then(() =>
          interaction.editReply({
            flags: MessageFlags.IsComponentsV2,
            components: [
              { type: 10, content: interaction.options.getString('prompt', true) },
              { type: 1, components: [{ type: 2, style: 1, label: 'More', custom_id: 'more' }] },
            ],
          }),
        );
      } else if (interaction.isButton()) {
        const field = { type: 4, custom_id: 'words', style: 1 } as const;
        void interaction.showModal({
          custom_id: 'form',
          title: 'More',
          components: [{ type: 18, label: 'Words', component: field }],
        });
      } else if (interaction.isModalSubmit()) {
        const flags = MessageFlags.Ephemeral;
        void interaction.reply({ content: interaction.fields.getTextInputValue('words'), flags });
      }
    });
    const ann = fake.person('ann');
    const edit = await ann.slash(garden, 'edit', {
      prompt: 'warmer',
      image: { name: 'a.png', bytes: Buffer.from('none') },
    });
    const status = await fake.until(() => {
      const [answer] = ann.answersTo(edit);
      return answer?.isLoading === false && answer;
    });
    const pressed = ann.presses(status, 'More');
    const sent = await ann.submits(pressed, { Words: 'and more' });
    const [whisper] = await fake.until(() => {
      const answers = ann.answersTo(sent);
      return answers.length > 0 && answers;
    });
    expect(whisper).toMatchObject({ content: 'and more', ephemeralFor: ann.user.id });
    expect(fake.person('bob').answersTo(sent)).toEqual([]);
  });
});
