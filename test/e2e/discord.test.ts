import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DiscordProduct } from '../support/discord-product.ts';
import { answerIn, countsIn, pictureOf, sayingIn, threadIn } from '../support/discord-reading.ts';
import type { FakeDiscord } from '../support/fake-discord/index.ts';
import type { Person } from '../support/fake-discord/people/person.ts';
import type { FakeChannel, FakeGuild, SentFile } from '../support/fake-discord/records.ts';
import { leftHalf } from '../support/masks.ts';
import { makePhoto } from '../support/photos.ts';

const SIZE = { width: 240, height: 160 };

let whole: DiscordProduct;
let discord: FakeDiscord;
let home: FakeGuild;
let house: SentFile;
let people = 0;

beforeAll(async () => {
  const photo = await makePhoto({ ...SIZE, stops: -0.5 });
  house = { name: 'house.png', bytes: photo.bytes };
  whole = await DiscordProduct.start((fake) => {
    home = fake.addGuild('home');
  });
  ({ discord } = whole);
}, 120_000);
afterAll(async () => {
  const { unanswered } = discord;
  await whole[Symbol.asyncDispose]();
  if (unanswered.length > 0) throw new Error(`${unanswered.length} were left without an answer.`);
});

/** A channel and somebody whom no other test knows. */
function scene(): { readonly channel: FakeChannel; readonly ann: Person } {
  people += 1;
  return {
    channel: discord.addChannel(home, `channel-${people}`),
    ann: discord.person(`ann${people}`),
  };
}

const threadOf = (channel: FakeChannel) => threadIn(discord, channel);
const answer = (place: FakeChannel, number?: number, person?: Person) =>
  answerIn(discord, place, number, person);
const saying = (place: FakeChannel, words: RegExp, person?: Person) =>
  sayingIn(discord, place, words, person);

/** How much more red than blue there is. */
const warmthOf = async (bytes: Uint8Array): Promise<number> => {
  const [red, , blue] = (await sharp(bytes).stats()).channels;
  return (red?.mean ?? 0) - (blue?.mean ?? 0);
};

const lightOf = async (bytes: Uint8Array): Promise<number> => {
  const { channels } = await sharp(bytes).greyscale().stats();
  return channels[0]?.mean ?? 0;
};

describe('the bot on Discord', { timeout: 180_000 }, () => {
  describe.concurrent('is asked', () => {
    it('by a command: a thread named by the request has the rounds and the answer', async () => {
      const { channel, ann } = scene();
      const asked = await ann.slash(channel, 'edit', {
        prompt: 'make it a lot brighter',
        image: house,
      });
      const thread = await threadOf(channel);
      const final = await answer(thread);
      expect(thread.name).toBe('make it a lot brighter');
      expect(thread.id).toBe(asked.originalId);
      expect(await sharp(pictureOf(final)).metadata()).toMatchObject({ ...SIZE, format: 'png' });
      expect(await lightOf(pictureOf(final))).toBeGreaterThan((await lightOf(house.bytes)) + 10);
      for (const { pictures } of discord.thread(thread)) {
        for (const { alt } of pictures) expect(alt).toMatch(/picture/);
      }
      await discord.until(() =>
        discord
          .thread(thread)
          .some(({ text, buttons }) => /Done/.test(text) && buttons.length === 0),
      );
      expect(countsIn(discord, thread)).toMatchObject({ finals: 1 });
    });

    it('by a command with a mask, outside of which nothing changes', async () => {
      const { channel, ann } = scene();
      const { bytes } = await leftHalf(SIZE.width, SIZE.height);
      const prompt = 'make it black and white';
      await ann.slash(channel, 'edit', { prompt, image: house, mask: { name: 'a.png', bytes } });
      const final = pictureOf(await answer(await threadOf(channel)));
      const right = { left: 125, top: 0, width: 100, height: SIZE.height };
      const half = (file: Uint8Array) => sharp(file).removeAlpha().extract(right).raw().toBuffer();
      expect(await half(final)).toEqual(await half(house.bytes));
      expect(await sharp(final).removeAlpha().raw().toBuffer()).not.toEqual(
        await sharp(house.bytes).removeAlpha().raw().toBuffer(),
      );
    });

    it('by a command on a message, whose form takes the request', async () => {
      const { channel, ann } = scene();
      const message = await discord.person('owner').says(channel, 'our house', { files: [house] });
      const chosen = ann.messageCommand(message, 'Edit this image');
      await ann.submits(chosen, { 'What to change': 'make it black and white' });
      const final = await answer(await threadOf(channel));
      const { channels } = await sharp(pictureOf(final)).stats();
      expect(channels[0]?.mean).toBeCloseTo(channels[2]?.mean ?? 0, 0);
    });

    it('by a mention with a picture, and goes on by plain words: less, undo, and a button', async () => {
      const { channel, ann } = scene();
      await ann.says(channel, '@bot make it a lot brighter', { files: [house] });
      const thread = await threadOf(channel);
      const first = await answer(thread);
      await ann.says(thread, 'a bit darker');
      const second = await answer(thread, 2);
      expect(await lightOf(pictureOf(second))).toBeLessThan(await lightOf(pictureOf(first)));
      await ann.says(thread, 'undo');
      await saying(thread, /^Back at this one/);
      await ann.says(thread, 'crop it to a square');
      const square = await answer(thread, 3);
      expect(await sharp(pictureOf(square)).metadata()).toMatchObject({ width: 160, height: 160 });
      expect(await lightOf(pictureOf(square))).toBeGreaterThan(await lightOf(pictureOf(second)));
      const pressed = ann.presses(square.message, 'Undo');
      await ann.acknowledged(pressed);
      await discord.until(
        () =>
          discord.thread(thread).filter(({ text }) => text.startsWith('Back at this')).length === 2,
      );
    });

    it('by a mention in reply to a picture of somebody else', async () => {
      const { channel, ann } = scene();
      const message = await discord.person('owner').says(channel, 'our house', { files: [house] });
      await ann.says(channel, '@bot make it warmer', { replyTo: message, pings: false });
      const final = await answer(await threadOf(channel));
      expect(await warmthOf(pictureOf(final))).toBeGreaterThan(await warmthOf(house.bytes));
    });

    it('in direct messages, right there', async () => {
      const { ann } = scene();
      await ann.says(ann.direct, 'make it warmer', { files: [house] });
      await answer(ann.direct);
      await ann.says(ann.direct, 'now black and white');
      await answer(ann.direct, 2);
      expect(countsIn(discord, ann.direct).finals).toBe(2);
    });

    it('where only the person has the bot: one message, edited in place', async () => {
      const { ann } = scene();
      ann.user.hasInstalledBot = true;
      const away = discord.addChannel(discord.addGuild('away', { hasBot: false }), 'there');
      const asked = await ann.slash(away, 'edit', { prompt: 'make it warmer', image: house });
      await answer(away, 1, ann);
      expect(ann.answersTo(asked)).toHaveLength(1);
      expect(asked.followUps).toBe(0);
    });

    it('for nobody else to see', async () => {
      const { channel, ann } = scene();
      const options = { prompt: 'make it warmer', image: house, private: true };
      await ann.slash(channel, 'edit', options);
      const final = await answer(channel, 1, ann);
      expect(final.message.ephemeralFor).toBe(ann.user.id);
      expect(discord.thread(channel)).toEqual([]);
      expect(discord.threadsOf(channel)).toEqual([]);
    });

    it('with a picture under a spoiler, which stays there', async () => {
      const { channel, ann } = scene();
      const hidden = { ...house, name: 'SPOILER_house.png' };
      await ann.says(channel, '@bot make it warmer', { files: [hidden] });
      const { pictures } = await answer(await threadOf(channel));
      expect(pictures.map(({ isSpoiler }) => isSpoiler)).toEqual(pictures.map(() => true));
    });

    it('about an address that only this machine reaches, and does not go there', async () => {
      const { channel, ann } = scene();
      const url = `${discord.apiUrl}/v10/none.png`;
      await ann.slash(channel, 'edit', { prompt: 'make it warmer', url });
      const thread = await threadOf(channel);
      await saying(thread, /picture/);
      expect(discord.requests.some(({ path }) => path === '/none.png')).toBe(false);
    });

    it('in words that would be markup, and pings nobody', async () => {
      const { channel, ann } = scene();
      const prompt = `make it **warmer** @everyone <@${ann.user.id}> [x](https://x.y)`;
      await ann.slash(channel, 'edit', { prompt, image: house });
      const thread = await threadOf(channel);
      await saying(thread, /./);
      const [first] = discord.thread(channel);
      expect(first?.text).toContain('**warmer** @everyone');
      expect(first?.text).toContain('[x](https://x.y)');
      expect([...(first?.effects ?? [])]).toEqual(['quote']);
      for (const place of [channel, thread]) {
        for (const { message } of discord.thread(place)) expect([...message.pinged]).toEqual([]);
      }
    });
  });

  describe.concurrent('tells', () => {
    it('what can be typed', async () => {
      const { channel, ann } = scene();
      const engines = await ann.types(channel, 'edit', 'engine', { prompt: 'a', engine: 'dark' });
      expect(engines).toEqual([{ name: 'darkroom', value: 'darkroom' }]);
      const requests = await ann.types(channel, 'edit', 'prompt', { prompt: 'fog' });
      expect(requests.length).toBeGreaterThan(0);
    });

    it('how it is used, in the language of who asks, to that one alone', async () => {
      const { channel, ann } = scene();
      ann.user.locale = 'de';
      await ann.slash(channel, 'edit-help');
      await saying(channel, /Bild/, ann);
      expect(discord.thread(channel)).toEqual([]);
    });

    it('what was done, and forgets it when told to', async () => {
      const { channel, ann } = scene();
      await ann.says(channel, '@bot make it warmer', { files: [house] });
      const thread = await threadOf(channel);
      await answer(thread);
      await ann.slash(channel, 'edit-history');
      await saying(channel, /make it warmer/, ann);
      await ann.slash(channel, 'edit-forget-me');
      const { message } = await saying(channel, /Shall I/, ann);
      ann.presses(message, 'Delete everything');
      await saying(channel, /deleted/i, ann);
      expect(countsIn(discord, thread).all).toBe(0);
      const again = await ann.slash(channel, 'edit-history');
      await discord.until(() => ann.answersTo(again).some(({ isLoading }) => !isLoading));
      await saying(channel, /not asked me for anything/, ann);
    });

    it('admins what holds in their server, and keeps to what they change', async () => {
      const guild = discord.addGuild('strict');
      const channel = discord.addChannel(guild, 'general');
      const other = discord.addChannel(guild, 'pictures');
      const { ann } = scene();
      discord.join(guild, ann.user);
      await expect(ann.slash(channel, 'edit-settings')).rejects.toThrow('may not do that');
      discord.addRole(guild, ann.user, 'ManageGuild');
      await ann.slash(channel, 'edit-settings', { channels: `<#${other.id}>` });
      await saying(channel, /work in .*#?pictures/, ann);
      await ann.slash(channel, 'edit', { prompt: 'make it warmer', image: house });
      await discord.until(() =>
        [channel, ...discord.threadsOf(channel)].some((place) =>
          discord.thread(place, ann).some(({ text }) => /pictures/.test(text)),
        ),
      );
      await ann.slash(other, 'edit', { prompt: 'make it warmer', image: house });
      await answer(await threadOf(other));
    });

    it('which permission it lacks', async () => {
      const { channel, ann } = scene();
      discord.deny(channel, ['AttachFiles']);
      await ann.says(channel, '@bot make it warmer', { files: [house] });
      const { pictures } = await saying(await threadOf(channel), /Attach Files/);
      expect(pictures).toEqual([]);
    });
  });

  describe('takes turns', () => {
    it('with two people in one thread, who stop only their own', async () => {
      const { channel, ann } = scene();
      const { ann: bob } = scene();
      const large = await makePhoto({ width: 2_000, height: 1_400 });
      const big = { name: 'big.png', bytes: large.bytes };
      await ann.slash(channel, 'edit', { prompt: 'denoise it and make it warmer', image: big });
      const thread = await threadOf(channel);
      const running = await discord.until(() =>
        discord.thread(thread).find(({ buttons }) => buttons.some(({ label }) => label === 'Stop')),
      );
      bob.presses(running.message, 'Stop');
      await saying(thread, /somebody else/, bob);
      expect(discord.thread(thread).some(({ text }) => /somebody else/.test(text))).toBe(false);
      ann.presses(running.message, 'Stop');
      await saying(thread, /Stopped/);
      await bob.says(thread, '@bot make it black and white', { files: [house] });
      await answer(thread);
      await ann.says(thread, 'crop it to a square');
      await answer(thread, 2);
    });
  });

  describe('bears', () => {
    it('a thread that is archived in the middle', async () => {
      const { channel, ann } = scene();
      await ann.says(channel, '@bot make it warmer and brighter', { files: [house] });
      const thread = await threadOf(channel);
      await discord.until(() => discord.thread(thread).length > 0);
      discord.archive(thread);
      await answer(thread);
      expect(thread.thread?.archived).toBe(false);
      expect(countsIn(discord, thread).finals).toBe(1);
    });

    it('storms of refusals and lines that break, and posts each message once', async () => {
      const { channel, ann } = scene();
      const posting = { method: 'POST', path: /messages$/ };
      discord.trouble(
        { kind: 'limited', retryAfterMs: 100, isGlobal: true },
        { times: 2, skip: 1 },
      );
      discord.trouble(
        { kind: 'limited', retryAfterMs: 100, isGlobal: false },
        { ...posting, times: 2 },
      );
      discord.trouble({ kind: 'lost' }, posting);
      discord.trouble({ kind: 'hangs-up' }, posting);
      discord.trouble({ kind: 'status', status: 503 }, { ...posting, skip: 1 });
      await ann.says(channel, '@bot make it warmer and brighter', { files: [house] });
      const thread = await threadOf(channel);
      await answer(thread);
      discord.rest.troubles.clear();
      const { rounds, finals, all } = countsIn(discord, thread);
      expect({ finals, others: all - rounds }).toEqual({ finals: 1, others: 2 });
    });

    it('a line that breaks in the middle, and hears what was said meanwhile', async () => {
      const { channel, ann } = scene();
      await ann.says(channel, '@bot make it warmer and brighter', { files: [house] });
      const thread = await threadOf(channel);
      discord.gateway.drop();
      await ann.says(thread, 'then crop it to a square');
      await answer(thread, 2);
      expect(discord.gateway.resumed).toBe(1);
      discord.gateway.invalidate();
      await ann.says(thread, 'now black and white');
      await answer(thread, 3);
      expect(countsIn(discord, thread).finals).toBe(3);
    });
  });
});
