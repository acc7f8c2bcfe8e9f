import {
  ApplicationCommandOptionType,
  ChannelType,
  DiscordAPIError,
  MessageFlags,
  RateLimitError,
  REST,
  Routes,
  type APIMessage,
} from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { FakeDiscord } from './fake-discord/index.ts';
import type { FakeChannel, FakeGuild, FakeMessage } from './fake-discord/records.ts';

const V2 = MessageFlags.IsComponentsV2;
const HOUR_MS = 3_600_000;

let fake: FakeDiscord;
let home: FakeGuild;
let rest: REST;
let channels = 0;

beforeAll(async () => {
  fake = await FakeDiscord.start({
    limits: {
      oldMessageEdits: 2,
      fileBytes: 3_000,
      requestBytes: 20_000,
      global: { requests: 10_000, windowMs: 1_000 },
    },
  });
  home = fake.addGuild('home');
  const rejectOnRateLimit = () => true;
  const pace = { globalRequestsPerSecond: 10_000, rejectOnRateLimit, retries: 0 };
  rest = new REST({ api: fake.apiUrl, ...pace }).setToken(fake.token);
});
afterAll(() => fake[Symbol.asyncDispose]());

const channel = (): FakeChannel => fake.addChannel(home, `channel-${(channels += 1)}`);

const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, label = 'Go') => ({ type: 2, style: 1, label, custom_id });
const row = (...components: object[]) => ({ type: 1, components });
const gallery = (...items: object[]) => ({ type: 12, items });

interface Upload {
  readonly name: string;
  readonly data: Buffer;
}

const post = (where: FakeChannel, body: object, files: Upload[] = []) =>
  rest.post(Routes.channelMessages(where.id), { body, files }) as Promise<APIMessage>;
const edit = (where: FakeChannel, id: string, body: object, files: Upload[] = []) =>
  rest.patch(Routes.channelMessage(where.id, id), { body, files }) as Promise<APIMessage>;

/** The code and the path with which the platform refuses something. */
async function refusal(work: Promise<unknown>): Promise<number | string> {
  const error = await work.then(
    () => expect.fail('It was done.'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof DiscordAPIError) return error.code;
  if (error instanceof RateLimitError) return 'limited';
  throw error;
}

describe('words', () => {
  it('are 2,000 at most, with a nonce of 25', async () => {
    const garden = channel();
    await post(garden, { content: 'a'.repeat(2_000), nonce: 'n'.repeat(25) });
    expect(await refusal(post(garden, { content: 'a'.repeat(2_001) }))).toBe(50_035);
    expect(await refusal(post(garden, { content: 'a', nonce: 'n'.repeat(26) }))).toBe(50_035);
    expect(await refusal(post(garden, { content: ' ' }))).toBe(50_006);
  });

  it('with the same nonce are one message, where that is asked for, and for a while', async () => {
    const garden = channel();
    const body = { content: 'once', nonce: 'same', enforce_nonce: true };
    const first = await post(garden, body);
    expect((await post(garden, body)).id).toBe(first.id);
    expect((await post(garden, { ...body, enforce_nonce: false })).id).not.toBe(first.id);
    expect((await post(channel(), body)).id).not.toBe(first.id);
    fake.clock.advance(HOUR_MS);
    expect((await post(garden, body)).id).not.toBe(first.id);
  });

  it('ping nobody but those who are allowed to be', async () => {
    const garden = channel();
    const { id } = fake.person('ann').user;
    const body = { content: `<@${id}> @everyone` };
    const pinged = async (more: object) => {
      const message = await post(garden, { ...body, ...more });
      return [message.mentions.length, message.mention_everyone];
    };
    expect(await pinged({})).toEqual([1, true]);
    expect(await pinged({ allowed_mentions: { parse: [] } })).toEqual([0, false]);
    expect(await pinged({ allowed_mentions: { parse: ['users'] } })).toEqual([1, false]);
    const inComponents = { content: '', flags: V2, components: [text(`<@${id}>`)] };
    expect(await pinged(inComponents)).toEqual([1, false]);
  });
});

describe('components', () => {
  it.each([
    ['41 in all', Array.from({ length: 41 }, () => text('a'))],
    ['4,001 characters', [text('a'.repeat(2_000)), text('a'.repeat(2_001))]],
    ['six buttons in a row', [row(...[1, 2, 3, 4, 5, 6].map((n) => button(`${n}`)))]],
    ['no button in a row', [row()]],
    ['an id of 101 characters', [row(button('i'.repeat(101)))]],
    ['a label of 81 characters', [row(button('i', 'l'.repeat(81)))]],
    ['an id twice', [row(button('same')), row(button('same'))]],
    ['an empty gallery', [gallery()]],
    [
      '11 pictures',
      [gallery(...Array.from({ length: 11 }, () => ({ media: { url: 'https://a.b/c' } })))],
    ],
    [
      '1,025 characters of alt text',
      [gallery({ media: { url: 'https://a.b/c' }, description: 'd'.repeat(1_025) })],
    ],
    ['a file that is not there', [gallery({ media: { url: 'attachment://none.png' } })]],
    ['an empty text', [text('')]],
    ['a kind that nobody knows', [{ type: 99 }]],
    [
      'a container in a container',
      [{ type: 17, components: [{ type: 17, components: [text('a')] }] }],
    ],
  ])('are refused: %s', async (_what, components) => {
    expect(await refusal(post(channel(), { flags: V2, components }))).toBe(50_035);
  });

  it('are taken up to the limits', async () => {
    const garden = channel();
    const pictures = Array.from({ length: 10 }, () => ({
      media: { url: 'https://a.b/c' },
      description: 'd'.repeat(1_024),
    }));
    const components = [
      text('a'.repeat(4_000)),
      gallery(...pictures),
      row(...[1, 2, 3, 4, 5].map((n) => button(`${n}`.repeat(100), 'l'.repeat(80)))),
      { type: 17, spoiler: true, components: Array.from({ length: 31 }, () => ({ type: 14 })) },
    ];
    const posted = await post(garden, { flags: V2, components });
    expect(posted.components?.every(({ id }) => typeof id === 'number')).toBe(true);
  });

  it('stand alone, and stay what they are', async () => {
    const garden = channel();
    const components = [text('a')];
    expect(await refusal(post(garden, { components }))).toBe(50_035);
    expect(await refusal(post(garden, { flags: V2, components, content: 'b' }))).toBe(50_035);
    const { id } = await post(garden, { flags: V2, components });
    expect(await refusal(edit(garden, id, { flags: 0 }))).toBe(50_035);
    expect(await refusal(edit(garden, id, { content: 'b' }))).toBe(50_035);
    expect((await edit(garden, id, { components: [text('c')] })).flags).toBe(V2);
    const plain = await post(garden, { content: 'plain' });
    const changed = { content: '', flags: V2, components };
    expect((await edit(garden, plain.id, changed)).flags).toBe(V2);
  });
});

describe('files', () => {
  const file = (name: string, size = 10): Upload => ({ name, data: Buffer.alloc(size, 'x') });

  it('are ten, each and all within their size', async () => {
    const garden = channel();
    const files = (count: number, size: number) =>
      Array.from({ length: count }, (_, index) => file(`${index}.txt`, size));
    await post(garden, {}, files(10, 100));
    expect(await refusal(post(garden, {}, files(11, 100)))).toBe(50_035);
    expect(await refusal(post(garden, {}, files(1, 3_001)))).toBe(40_005);
    expect(await refusal(post(garden, {}, files(10, 2_999)))).toBe(40_005);
  });

  it('are kept or taken away by a change, and served for a day', async () => {
    const garden = channel();
    const shown = (name: string) => gallery({ media: { url: `attachment://${name}` } });
    const { id, attachments } = await post(
      garden,
      { flags: V2, components: [shown('a.txt')], attachments: [{ id: 0, description: 'An A.' }] },
      [file('a.txt')],
    );
    expect(attachments).toMatchObject([{ filename: 'a.txt', description: 'An A.', size: 10 }]);
    const url = attachments[0]?.url ?? '';
    expect(await (await fetch(url)).text()).toBe('x'.repeat(10));
    const kept = await edit(garden, id, { components: [shown('a.txt'), text('more')] });
    expect(kept.attachments.map(({ filename }) => filename)).toEqual(['a.txt']);
    const body = { components: [shown('b.txt')], attachments: [{ id: 0 }] };
    const changed = await edit(garden, id, body, [file('b.txt')]);
    expect(changed.attachments.map(({ filename }) => filename)).toEqual(['b.txt']);
    expect(await refusal(edit(garden, id, { components: [shown('a.txt')] }))).toBe(50_035);
    fake.clock.advance(25 * HOUR_MS);
    expect((await fetch(url)).status).toBe(404);
  });
});

describe('threads', () => {
  const open = (where: FakeChannel, message: string, name = 'A thread') =>
    rest.post(Routes.threads(where.id, message), { body: { name } }) as Promise<{ id: string }>;

  it('have the id of their message, once, and a name of 1 to 100', async () => {
    const garden = channel();
    const { id } = await post(garden, { content: 'a' });
    expect(await refusal(open(garden, id, ''))).toBe(50_035);
    expect(await refusal(open(garden, id, 'n'.repeat(101)))).toBe(50_035);
    expect((await open(garden, id, 'n'.repeat(100))).id).toBe(id);
    expect(await refusal(open(garden, id))).toBe(160_004);
    const { thread } = (await rest.get(Routes.channelMessage(garden.id, id))) as APIMessage;
    expect(thread).toMatchObject({ id, parent_id: garden.id, type: ChannelType.PublicThread });
  });

  it('are opened again by a message, not by a change, and not where they are locked', async () => {
    const garden = channel();
    const { id } = await post(garden, { content: 'a' });
    await open(garden, id);
    const thread = fake.world.channel(id);
    const first = await post(thread, { content: 'b' });
    fake.archive(thread);
    expect(await refusal(edit(thread, first.id, { content: 'c' }))).toBe(50_083);
    await post(thread, { content: 'd' });
    expect(thread.thread?.archived).toBe(false);
    fake.archive(thread);
    await rest.patch(Routes.channel(id), { body: { archived: false } });
    await edit(thread, first.id, { content: 'c' });
    fake.archive(thread, { locked: true });
    expect(await refusal(post(thread, { content: 'e' }))).toBe(160_005);
    expect(await refusal(rest.patch(Routes.channel(id), { body: { archived: false } }))).toBe(
      50_013,
    );
    fake.remove(thread);
    expect(await refusal(post(thread, { content: 'f' }))).toBe(10_003);
  });
});

describe('permissions', () => {
  it('are those of the channel, also in its threads', async () => {
    const garden = channel();
    const { id } = await post(garden, { content: 'a' });
    const other = await post(garden, { content: 'b' });
    await rest.post(Routes.threads(garden.id, id), { body: { name: 'a' } });
    const thread = fake.world.channel(id);
    const upload = [{ name: 'a.txt', data: Buffer.from('a') }];
    fake.deny(garden, ['AttachFiles']);
    expect(await refusal(post(garden, {}, upload))).toBe(50_013);
    expect(await refusal(post(thread, {}, upload))).toBe(50_013);
    await post(thread, { content: 'without' });
    fake.deny(garden, ['SendMessagesInThreads', 'CreatePublicThreads']);
    expect(await refusal(post(thread, { content: 'b' }))).toBe(50_013);
    await post(garden, { content: 'here' });
    const opening = rest.post(Routes.threads(garden.id, other.id), { body: { name: 'b' } });
    expect(await refusal(opening)).toBe(50_013);
    fake.deny(garden, ['ReadMessageHistory']);
    expect(await rest.get(Routes.channelMessages(garden.id))).toEqual([]);
    fake.deny(garden, ['ViewChannel']);
    expect(await refusal(post(garden, { content: 'b' }))).toBe(50_001);
    fake.deny(garden, [], false);
    await post(garden, { content: 'b' });
  });

  it('end where the bot is not', async () => {
    const away = fake.addChannel(fake.addGuild('away', { hasBot: false }), 'there');
    expect(await refusal(post(away, { content: 'a' }))).toBe(50_001);
    expect(await refusal(rest.get(Routes.guild(away.guildId ?? '')))).toBe(50_001);
  });
});

describe('other messages', () => {
  it('are nobody else’s to change, and old ones only now and then', async () => {
    const garden = channel();
    const theirs = await fake.person('ann').says(garden, 'hello');
    expect(await refusal(edit(garden, theirs.id, { content: 'b' }))).toBe(50_005);
    const { id } = await post(garden, { content: 'a' });
    fake.clock.advance(HOUR_MS);
    await edit(garden, id, { content: 'b' });
    await edit(garden, id, { content: 'c' });
    expect(await refusal(edit(garden, id, { content: 'd' }))).toBe('limited');
    await rest.delete(Routes.channelMessage(garden.id, id));
    expect(await refusal(edit(garden, id, { content: 'd' }))).toBe(10_008);
  });

  it('come in pages, the newest first', async () => {
    const garden = channel();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await post(garden, { content: 'a' })).id);
    const page = async (query: Record<string, string>) => {
      const params = new URLSearchParams(query);
      const messages = await rest.get(Routes.channelMessages(garden.id), { query: params });
      return (messages as APIMessage[]).map(({ id }) => ids.indexOf(id));
    };
    expect(await page({ limit: '2' })).toEqual([4, 3]);
    expect(await page({ limit: '2', before: ids[3] ?? '' })).toEqual([2, 1]);
    expect(await page({ limit: '2', after: ids[0] ?? '' })).toEqual([2, 1]);
  });
});

describe('interactions', () => {
  const callback = (id: string, token: string, body: object) =>
    rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  const followUp = (token: string, body: object) =>
    rest.post(Routes.webhook(fake.world.bot.id, token), {
      body,
      auth: false,
    }) as Promise<APIMessage>;
  const original = (token: string) => Routes.webhookMessage(fake.world.bot.id, token, '@original');

  async function given(where: FakeChannel) {
    const interaction = await fake.person('ann').slash(where, 'say');
    return { interaction, id: interaction.id, token: interaction.facts.token };
  }

  beforeAll(async () => {
    const contexts = [0, 1, 2];
    const body = [{ name: 'say', description: 'Says.', contexts, integration_types: [0, 1] }];
    await rest.put(Routes.applicationCommands(fake.world.bot.id), { body });
    fake.person('ann').user.hasInstalledBot = true;
  });

  it('are acknowledged within 3 s, once, by what fits', async () => {
    const garden = channel();
    const late = await given(garden);
    expect(await refusal(followUp(late.token, { content: 'a' }))).toBe(10_015);
    fake.clock.advance(3_100);
    expect(await refusal(callback(late.id, late.token, { type: 5 }))).toBe(10_062);
    expect(fake.unanswered).toEqual([late.interaction]);
    fake.world.interactions.delete(late.id);
    const { id, token } = await given(garden);
    expect(await refusal(callback(id, 'other', { type: 5 }))).toBe(10_062);
    expect(await refusal(callback(id, token, { type: 6 }))).toBe(50_035);
    expect(await refusal(callback(id, token, { type: 8, data: { choices: [] } }))).toBe(50_035);
    await callback(id, token, { type: 5 });
    expect(await refusal(callback(id, token, { type: 5 }))).toBe(40_060);
  });

  it('take follow-ups for 15 minutes; the first after a deferral is that', async () => {
    const garden = channel();
    const { interaction, id, token } = await given(garden);
    await callback(id, token, { type: 5, data: { flags: MessageFlags.Ephemeral } });
    const first = await followUp(token, { content: 'a' });
    expect(first.id).toBe(interaction.originalId);
    const second = await followUp(token, { content: 'b' });
    expect(second.id).not.toBe(first.id);
    const ann = fake.person('ann');
    expect(fake.thread(garden).map((seen) => seen.text)).toEqual(['b']);
    expect(fake.thread(garden, ann).map((seen) => seen.text)).toEqual(['a', 'b']);
    expect(await refusal(rest.get(Routes.channelMessage(garden.id, first.id)))).toBe(10_008);
    await rest.patch(original(token), { body: { content: 'c' }, auth: false });
    fake.clock.advance(901_000);
    const afterwards = rest.patch(original(token), { body: { content: 'd' }, auth: false });
    expect(await refusal(afterwards)).toBe(50_027);
  });

  it('have five follow-ups where only the person has the bot', async () => {
    const away = fake.addChannel(fake.addGuild('elsewhere', { hasBot: false }), 'there');
    const { id, token } = await given(away);
    await callback(id, token, { type: 4, data: { content: '0' } });
    for (let count = 1; count <= 5; count += 1) await followUp(token, { content: `${count}` });
    expect(await refusal(followUp(token, { content: '6' }))).toBe(40_094);
    const { user } = fake.person('ann');
    const { interaction_metadata: metadata } = fake.thread(away).length
      ? ((await rest.get(original(token), { auth: false })) as APIMessage)
      : expect.fail('Nothing is there.');
    expect(metadata?.authorizing_integration_owners).toEqual({ 1: user.id });
  });

  it('offer people what is registered, and no more', async () => {
    const garden = channel();
    const ann = fake.person('ann');
    await expect(ann.slash(garden, 'unknown')).rejects.toThrow('no command');
    await expect(ann.slash(garden, 'say', { more: 'a' })).rejects.toThrow('no option');
    const away = fake.addChannel(fake.addGuild('far', { hasBot: false }), 'there');
    await expect(fake.person('bob').slash(away, 'say')).rejects.toThrow('not offered');
    const message = await ann.says(garden, 'hello');
    expect(() => ann.messageCommand(message, 'Edit')).toThrow('no command');
  });
});

describe('commands', () => {
  const path = () => Routes.applicationCommands(fake.world.bot.id);
  const put = (body: object[]) => rest.put(path(), { body }) as Promise<{ version: string }[]>;
  const command = { name: 'edit', description: 'Edits.' };
  const option = { type: ApplicationCommandOptionType.String, description: 'Words.' };

  it.each([
    ['capitals', { name: 'Edit' }],
    ['no description', { description: '' }],
    ['a description of 101', { description: 'd'.repeat(101) }],
    ['a language that nobody speaks', { name_localizations: { xx: 'edit' } }],
    ['capitals in a language', { name_localizations: { de: 'Ändern' } }],
    [
      'what is needed after what is not',
      {
        options: [
          { ...option, name: 'a' },
          { ...option, name: 'b', required: true },
        ],
      },
    ],
    [
      'choices and autocompletion',
      {
        options: [
          { ...option, name: 'a', autocomplete: true, choices: [{ name: 'a', value: 'a' }] },
        ],
      },
    ],
    ['a field that nobody knows', { permission: '1' }],
  ])('are refused: %s', async (_what, change) => {
    expect(await refusal(put([{ ...command, ...change }]))).toBe(50_035);
  });

  it('keep their version as long as they stay the same', async () => {
    const [first] = await put([command]);
    const [same] = await put([{ ...command, name_localizations: null }]);
    expect(same).toEqual(first);
    const [other] = await put([{ ...command, description: 'Changes.' }]);
    expect(other?.version).not.toBe(first?.version);
    expect(await rest.get(path())).toMatchObject([{ description: 'Changes.' }]);
  });
});

describe('trouble', () => {
  afterEach(() => fake.rest.troubles.clear());

  it('comes with its headers, for all or for one route', async () => {
    const garden = channel();
    fake.trouble({ kind: 'limited', retryAfterMs: 1_500, isGlobal: false }, { method: 'POST' });
    const answer = await fetch(`${fake.apiUrl}/v10/channels/${garden.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${fake.token}` },
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await answer.json()).toMatchObject({ retry_after: 1.5, global: false });
    expect(fake.thread(garden)).toEqual([]);
  });

  it('hangs up before or after it has heard', async () => {
    const garden = channel();
    const hangUp = async (kind: 'hangs-up' | 'lost'): Promise<number> => {
      fake.trouble({ kind }, { method: 'POST' });
      await expect(post(garden, { content: kind })).rejects.toThrow('other side closed');
      return fake.thread(garden).length;
    };
    expect(await hangUp('hangs-up')).toBe(0);
    expect(await hangUp('lost')).toBe(1);
  });

  it('is what nobody knows: a fault, which the end of a test tells', async () => {
    const answer = await fetch(`${fake.apiUrl}/v10/none`);
    expect(answer.status).toBe(404);
    expect(fake.world.faults.splice(0)).toEqual(['There is no GET /api/v10/none.']);
    const stranger = await fetch(`${fake.apiUrl}/v10/users/@me`);
    expect(stranger.status).toBe(401);
  });

  it('is too many requests', async () => {
    await using strict = await FakeDiscord.start({
      limits: { perRoute: { requests: 2, windowMs: 60_000 } },
    });
    const garden = strict.addChannel(strict.addGuild('home'), 'garden');
    const send = () =>
      fetch(`${strict.apiUrl}/v10/channels/${garden.id}/messages`, {
        headers: { authorization: `Bot ${strict.token}` },
      });
    const remaining = async () => (await send()).headers.get('x-ratelimit-remaining');
    expect([await remaining(), await remaining()]).toEqual(['1', '0']);
    expect((await send()).status).toBe(429);
  });
});

describe('what a person sees', () => {
  it('is read without its markup, which is told aside', async () => {
    const garden = channel();
    const content = String.raw`**bold** \*not\* \<@1\> ||hidden|| [a](https://b.c) snake_case_name`;
    await post(garden, { content: `# ${content}\n> quoted\n-# small`, allowed_mentions: {} });
    const [seen] = fake.thread(garden);
    expect(seen?.text).toBe('bold *not* <@1> hidden a snake_case_name\nquoted\nsmall');
    expect([...(seen?.effects ?? [])].toSorted()).toEqual(
      ['bold', 'heading', 'link', 'quote', 'small', 'spoiler'].toSorted(),
    );
    expect(fake.transcript(garden)).toContain('reasonedit: bold');
  });
});

describe('reactions', () => {
  it('are counted by who gave them', async () => {
    const garden = channel();
    const { id } = await post(garden, { content: 'a' });
    const message = fake.world.messages.get(id) as FakeMessage;
    fake.person('ann').reacts(message, '👍');
    fake.person('ann').reacts(message, '👍');
    fake.person('bob').reacts(message, '👍');
    const { reactions } = (await rest.get(Routes.channelMessage(garden.id, id))) as APIMessage;
    expect(reactions).toMatchObject([{ count: 2, me: false, emoji: { name: '👍' } }]);
  });
});
