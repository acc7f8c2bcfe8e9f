import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  MessageFlags,
  Partials,
  type Message,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FakeDiscord } from './fake-discord/index.ts';
import type { FakeChannel } from './fake-discord/records.ts';

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.MessageContent,
  GatewayIntentBits.DirectMessages,
];

/** So that a second session may begin within five seconds. */
const HURRY = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) };

let fake: FakeDiscord;
let garden: FakeChannel;
let client: Client;

beforeEach(async () => {
  fake = await FakeDiscord.start();
  garden = fake.addChannel(fake.addGuild('home'), 'garden');
  client = new Client({ intents: INTENTS, rest: { api: fake.apiUrl }, ws: HURRY });
});
afterEach(async () => {
  await client.destroy();
  await fake[Symbol.asyncDispose]();
});

async function logged(one: Client, { token }: FakeDiscord): Promise<void> {
  const ready = new Promise((resolve) => one.once(Events.ClientReady, resolve));
  await one.login(token);
  await ready;
}

const login = (): Promise<void> => logged(client, fake);

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

  it('hides what people write from those who may not read it, but not what is meant for the bot', async () => {
    await using strict = await FakeDiscord.start({ grantedIntents: 0 });
    const place = strict.addChannel(strict.addGuild('home'), 'garden');
    const refused = new Client({ intents: INTENTS, rest: { api: strict.apiUrl } });
    await expect(logged(refused, strict)).rejects.toThrow('disallowed intents');
    await refused.destroy();
    expect(strict.gateway.closes).toEqual([GatewayCloseCodes.DisallowedIntents]);

    const intents = INTENTS.filter((intent) => intent !== GatewayIntentBits.MessageContent);
    const humble = new Client({
      intents,
      rest: { api: strict.apiUrl },
      partials: [Partials.Channel],
    });
    const heard: string[] = [];
    humble.on(Events.MessageCreate, ({ content }) => heard.push(content));
    await logged(humble, strict);
    const ann = strict.person('ann');
    await ann.says(place, 'to all');
    await ann.says(place, 'to @bot');
    await ann.says(ann.direct, 'to the bot alone');
    await expect
      .poll(() => heard)
      .toEqual(['', `to <@${strict.world.bot.id}>`, 'to the bot alone']);
    await humble.destroy();
  });

  it('lets a client go on where its line broke, and begin anew where that is too late', async () => {
    await login();
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => heard.push(content));
    const ann = fake.person('ann');
    fake.gateway.drop();
    await ann.says(garden, 'meanwhile');
    await fake.until(() => fake.gateway.resumed === 1);
    await ann.says(garden, 'then');
    fake.gateway.askToReconnect();
    await fake.until(() => fake.gateway.resumed === 2);
    fake.gateway.invalidate();
    await ann.says(garden, 'lost');
    await fake.until(() => fake.gateway.identified === 2);
    await ann.says(garden, 'again');
    await expect.poll(() => heard).toEqual(['meanwhile', 'then', 'again']);
  });

  it('tells each shard of its guilds alone, and the first of direct messages', async () => {
    const guilds = [0, 1].map((shard) => fake.addGuild(`guild-${shard}`, { shard: [shard, 2] }));
    const heard: string[] = [];
    const clients = [0, 1].map((shard) => {
      const rest = { api: fake.apiUrl };
      const one = new Client({
        intents: INTENTS,
        partials: [Partials.Channel],
        rest,
        shards: [shard],
        shardCount: 2,
      });
      one.on(Events.MessageCreate, ({ content }) => heard.push(`${shard} ${content}`));
      return one;
    });
    await Promise.all(clients.map((one) => logged(one, fake)));
    const ann = fake.person('ann');
    for (const guild of guilds) await ann.says(fake.addChannel(guild, 'general'), guild.name);
    await ann.says(ann.direct, 'direct');
    await expect.poll(() => heard.toSorted()).toEqual(['0 direct', '0 guild-0', '1 guild-1']);
    await Promise.all(clients.map((one) => one.destroy()));
  });
});
