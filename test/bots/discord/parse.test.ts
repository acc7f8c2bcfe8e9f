import fc from 'fast-check';
import { ChannelType, MessageType, type GatewayMessageCreateDispatchData } from 'discord.js';
import { describe, expect, it } from 'vitest';

import {
  decodeButton,
  encodeButton,
  markerIn,
  rootLabel,
} from '../../../src/bots/discord/custom-id.ts';
import { escaped, unmarked } from '../../../src/bots/discord/markup.ts';
import {
  parseDeletion,
  parseMessage,
  type Surroundings,
} from '../../../src/bots/discord/parse-message.ts';
import { parseReaction } from '../../../src/bots/discord/parse-reaction.ts';
import {
  factsOf,
  idAt,
  placeOf,
  privatePlace,
  rootOf,
  timeOf,
} from '../../../src/bots/discord/places.ts';
import { plain } from '../../../src/bots/plain-text.ts';

const BOT = '900';
const NAMES = {
  user: (id: string) => (id === '7' ? 'Bob' : undefined),
  role: () => 'mods',
  channel: () => 'garden',
};
const GARDEN = factsOf({ id: '10', type: ChannelType.GuildText, guild_id: '1' });
const THREAD = factsOf({
  id: '11',
  type: ChannelType.PublicThread,
  guild_id: '1',
  parent_id: '10',
});
const around = (changes: Partial<Surroundings> = {}): Surroundings => ({
  channel: THREAD,
  botId: BOT,
  names: NAMES,
  isAdmin: () => false,
  ...changes,
});

/** What is here of a message is what the parser reads; the rest is left out. */
const message = (changes: Partial<GatewayMessageCreateDispatchData> = {}) =>
  ({
    id: '175928847299117063',
    channel_id: '11',
    type: MessageType.Default,
    content: 'warmer',
    author: { id: '5', username: 'ann', global_name: 'Ann', discriminator: '0', avatar: null },
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    attachments: [],
    embeds: [],
    edited_timestamp: null,
    ...changes,
  }) as unknown as GatewayMessageCreateDispatchData;

const user = (id: string) => ({ id, username: `user${id}`, global_name: null }) as never;

describe('markup', () => {
  it('is undone to what people read', () => {
    const read = (content: string) => unmarked(content, NAMES);
    expect(read('make it **much** _warmer_, ~~not~~ `red`')).toBe('make it much warmer, not red');
    expect(read('like <@7> in <#10>, says <@&3> <:cat:123> \\*so\\*')).toBe(
      'like @Bob in #garden, says @mods :cat: *so*',
    );
    expect(read('> quoted\n# head\n||hidden|| [link](https://x.y/z)')).toBe(
      'quoted\nhead\nhidden link',
    );
    expect(read('2 * 3 * 4, file_name_here, <b>bold</b>')).toBe(
      '2 * 3 * 4, file_name_here, <b>bold</b>',
    );
  });

  it('is never made of words: what was escaped reads as it was, at twice the length at most', () => {
    const signs = fc.constantFrom(...Array.from('\\*_~`|<>@#:-+[]().1 \nab'));
    const texts = fc.oneof(
      fc.array(signs).map((all) => all.join('')),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const words = plain(text.replaceAll(/[\ue000-\ue07f]/g, ''));
        const markup = escaped(words);
        expect(unmarked(markup, NAMES)).toBe(words);
        expect(markup.length).toBeLessThanOrEqual(2 * words.length);
        expect(markup).not.toMatch(/(?<!\\)(?:<[@#:]|@everyone|https?:\/\/)/);
      }),
    );
  });
});

describe('a button', () => {
  const actions = fc.record({
    action: fc.constantFrom('stop', 'use', 'undo', 'thumbs-up', 'forget-me' as const),
    turnId: fc.string({
      unit: fc.constantFrom(...Array.from('abcxyz0189:~')),
      minLength: 1,
      maxLength: 30,
    }),
    round: fc.nat(10),
  });
  it('carries its action, with a marker or the private place that it is in', () => {
    fc.assert(
      fc.property(actions, (action) => {
        const marked = encodeButton(action, 'abcdefghij0123456789');
        expect(marked.length).toBeLessThanOrEqual(100);
        expect(decodeButton(marked)).toEqual({ action });
        expect(decodeButton(encodeButton(action, rootLabel('123')))).toEqual({
          action,
          root: '123',
        });
      }),
    );
    expect(markerIn(encodeButton({ action: 'stop', turnId: 'a' }, 'abcdefghij0123456789'))).toBe(
      'abcdefghij0123456789',
    );
    expect(decodeButton('another bot')).toBe(undefined);
  });
});

describe('a place', () => {
  it('is the channel, with the thread where there is one', () => {
    expect(placeOf(GARDEN)).toEqual({ platform: 'discord', workspace: '1', channel: '10' });
    expect(placeOf(THREAD)).toMatchObject({ workspace: '1', channel: '10', thread: '11' });
    const voice = factsOf({ id: '12', type: ChannelType.GuildVoice, guild_id: '1' });
    expect(placeOf(voice)).toMatchObject({ channel: '12', thread: '12' });
    const direct = factsOf({ id: '13', type: ChannelType.DM });
    expect(placeOf(direct)).toEqual({ platform: 'discord', channel: '13' });
    expect(rootOf(privatePlace(GARDEN, '77'))).toBe('77');
    expect(rootOf(placeOf(THREAD))).toBe(undefined);
  });

  it('has ids that tell the time', () => {
    expect(timeOf('175928847299117063')).toBe(1_462_015_105_796);
    expect(timeOf(idAt(1_700_000_000_123))).toBe(1_700_000_000_123);
  });
});

describe('a message', () => {
  it('is read with who wrote it, where and when', () => {
    const member = { nick: 'Annie', roles: ['3'] } as never;
    expect(parseMessage(message({ member }), 'new', around({ locale: 'de' }))).toMatchObject({
      key: 'discord:175928847299117063',
      place: { platform: 'discord', workspace: '1', channel: '10', thread: '11' },
      author: { id: '5', name: 'Annie', locale: 'de', roles: ['3'], isBot: false },
      sentAt: 1_462_015_105_796,
      text: 'warmer',
      mentionsBot: false,
      isDirect: false,
    });
  });

  it('is for the bot in its threads, by a mention, or in reply to it', () => {
    const inChannel = around({ channel: GARDEN });
    expect(parseMessage(message(), 'new', around())).toBeDefined();
    expect(parseMessage(message(), 'new', inChannel)).toBe(undefined);
    const mention = message({ content: `<@${BOT}>, warmer like <@7>`, mentions: [user(BOT)] });
    expect(parseMessage(mention, 'new', inChannel)).toMatchObject({
      text: 'warmer like @7',
      mentionsBot: true,
      mentionsOthers: true,
    });
    const roleMention = message({ content: '<@&8> warmer', mention_roles: ['8'] });
    expect(parseMessage(roleMention, 'new', { ...inChannel, botRoleId: '8' })).toMatchObject({
      text: 'warmer',
      mentionsBot: true,
      mentionsOthers: false,
    });
    const reply = message({
      type: MessageType.Reply,
      referenced_message: message({ author: user(BOT) }),
    });
    expect(parseMessage(reply, 'new', inChannel)?.repliedTo).toMatchObject({ isOurs: true });
  });

  it('of bots, of the system, or without anything in it is none', () => {
    const bot = message({ author: { ...message().author, bot: true } });
    expect(parseMessage(bot, 'new', around())).toBe(undefined);
    expect(parseMessage(message({ webhook_id: '4' }), 'new', around())).toBe(undefined);
    expect(parseMessage(message({ type: MessageType.UserJoin }), 'new', around())).toBe(undefined);
    expect(parseMessage(message({ content: '' }), 'new', around())).toBe(undefined);
  });

  it('counts as edited only where its words were', () => {
    expect(parseMessage(message(), 'edited', around())).toBe(undefined);
    const edited = message({ edited_timestamp: '2026-01-01T00:00:00Z' });
    expect(parseMessage(edited, 'edited', around())).toMatchObject({ kind: 'edited' });
    expect(parseDeletion({ id: edited.id }, THREAD, 3)).toMatchObject({
      kind: 'deleted',
      key: 'discord:175928847299117063',
    });
  });

  it('brings its files, those that it forwards, else the pictures that it shows', () => {
    const file = {
      id: '1',
      url: 'https://cdn.discordapp.com/a/SPOILER_x.png',
      filename: 'SPOILER_x.png',
      content_type: 'image/png',
      size: 9,
    } as never;
    const attachmentsOf = (changes: Partial<GatewayMessageCreateDispatchData>) =>
      parseMessage(message(changes), 'new', around())?.attachments;
    const reference = {
      reference: 'https://cdn.discordapp.com/a/SPOILER_x.png',
      name: 'SPOILER_x.png',
      mediaType: 'image/png',
      bytes: 9,
      isSpoiler: true,
    };
    expect(attachmentsOf({ attachments: [file] })).toEqual([reference]);
    const forwarded = { message: { attachments: [file], embeds: [], content: '' } } as never;
    expect(attachmentsOf({ message_snapshots: [forwarded] })).toEqual([reference]);
    const embeds = [{ image: { url: 'https://a.b/c.png', proxy_url: 'https://p.q/c.png' } }];
    expect(attachmentsOf({ embeds })).toMatchObject([
      { reference: 'https://p.q/c.png', name: 'c.png' },
    ]);
    const gallery = { type: 12, items: [{ media: { url: 'https://p.q/g.webp' }, spoiler: true }] };
    const components = [{ type: 17, components: [gallery] }] as never;
    expect(attachmentsOf({ components })).toMatchObject([
      { reference: 'https://p.q/g.webp', isSpoiler: true },
    ]);
  });
});

describe('a reaction', () => {
  const reaction = { user_id: '5', message_id: '20', emoji: { id: null, name: '👍' } };
  const when = { now: 5, sequence: 8 };
  it('counts on messages of ours', () => {
    const ours = { ...reaction, message_author_id: BOT };
    expect(parseReaction(ours, true, around(), when)).toMatchObject({
      emoji: '👍',
      isAdded: true,
      messageId: '20',
    });
    expect(parseReaction(reaction, false, around(), when)).toMatchObject({ isAdded: false });
    const others = { ...reaction, message_author_id: '7' };
    expect(parseReaction(others, true, around(), when)).toBe(undefined);
    expect(parseReaction({ ...ours, user_id: BOT }, true, around(), when)).toBe(undefined);
  });
});
