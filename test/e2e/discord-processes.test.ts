import { GatewayCloseCodes } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DiscordProduct } from '../support/discord-product.ts';
import { answerIn, countsIn, sayingIn, threadIn } from '../support/discord-reading.ts';
import type { SentFile } from '../support/fake-discord/records.ts';
import { makePhoto } from '../support/photos.ts';

const SEED = 11;
const LIVES = 5;

/** Where in its requests a bot is killed: before Discord hears of one, or before the bot hears of the answer. */
const deaths = fc.record({
  skip: fc.integer({ min: 0, max: 5 }),
  kind: fc.constantFrom('hangs-up' as const, 'lost' as const),
});

async function house(): Promise<SentFile> {
  const { bytes } = await makePhoto({ width: 240, height: 160, stops: -0.5 });
  return { name: 'house.png', bytes };
}

describe('processes of the bot', { timeout: 180_000 }, () => {
  it('are killed at any request, and the next one brings each thread to its end, with each message once', async () => {
    const files = [await house()];
    await using whole = await DiscordProduct.start((fake) => fake.addGuild('home'));
    const { discord, products } = whole;
    const [product = expect.fail('It is not running.')] = products;
    const people = [discord.person('ann'), discord.person('bob')];
    const threads = [];
    for (const person of people) {
      const channel = discord.addChannel(discord.guild('home'), person.user.username);
      await person.says(channel, '@bot make it warmer', { files });
      const thread = await threadIn(discord, channel);
      await answerIn(discord, thread);
      threads.push(thread);
    }
    let turns = 1;
    for (const { skip, kind } of fc.sample(deaths, { numRuns: LIVES, seed: SEED })) {
      const death = new Promise((resolve) => {
        const die = () => {
          // What else is on its way dies with it.
          discord.trouble({ kind: 'hangs-up' }, { times: 1_000 });
          resolve(product.kill());
        };
        discord.trouble({ kind }, { path: /^\/channels/, skip, andThen: die });
      });
      turns += 1;
      const words = turns % 2 === 0 ? 'a bit brighter' : 'a bit darker';
      for (const [index, thread] of threads.entries()) await people[index]?.says(thread, words);
      await death;
      discord.rest.troubles.clear();
      await product.start();
      for (const thread of threads) await answerIn(discord, thread, turns);
    }
    for (const thread of threads) {
      const { rounds, finals, all } = countsIn(discord, thread);
      // Each turn has its status, its rounds and its answer.
      expect({ finals, statuses: all - rounds - finals }).toEqual({
        finals: turns,
        statuses: turns,
      });
    }
  });

  it('are two, with a shard each', async () => {
    const image = await house();
    const shards = [{ DISCORD_SHARDS: '0/2' }, { DISCORD_SHARDS: '1/2' }];
    const prepare = (fake: DiscordProduct['discord']) => {
      for (const shard of [0, 1]) fake.addGuild(`guild-${shard}`, { shard: [shard, 2] });
    };
    await using whole = await DiscordProduct.start(prepare, {}, shards);
    const { discord } = whole;
    const ann = discord.person('ann');
    const places = [...discord.world.guilds.values()].map((guild) =>
      discord.addChannel(guild, 'general'),
    );
    for (const place of places) await ann.slash(place, 'edit', { prompt: 'warmer', image });
    await ann.says(ann.direct, 'make it warmer', { files: [image] });
    for (const place of places) {
      const thread = await threadIn(discord, place);
      await answerIn(discord, thread);
      expect(countsIn(discord, thread).finals).toBe(1);
    }
    await answerIn(discord, ann.direct);
    expect(countsIn(discord, ann.direct).finals).toBe(1);
  });

  it('go on where they may not read what does not mention them, and say so', async () => {
    const files = [await house()];
    const options = { grantedIntents: 0 };
    await using whole = await DiscordProduct.start((fake) => fake.addGuild('home'), options);
    const { discord, products } = whole;
    expect(discord.gateway.closes).toEqual([GatewayCloseCodes.DisallowedIntents]);
    expect(products[0]?.log).toContain('Message Content Intent');
    const channel = discord.addChannel(discord.guild('home'), 'general');
    const ann = discord.person('ann');
    await ann.says(channel, '@bot make it warmer', { files });
    const thread = await threadIn(discord, channel);
    await answerIn(discord, thread);
    await sayingIn(discord, thread, /Mention me/);
    await ann.says(thread, '@bot make it black and white');
    await answerIn(discord, thread, 2);
  });
});
