import { afterAll, beforeAll, expect, it } from 'vitest';

import { DiscordProduct } from '../support/discord-product.ts';
import { answerIn, threadIn } from '../support/discord-reading.ts';
import { makePhoto } from '../support/photos.ts';

const TURNS = 200;
/** People share channels, as they do. */
const CHANNELS = 20;
const WISH = { prompt: 'make it warmer' };

let whole: DiscordProduct;

/** The bot is in a process of its own; Discord, with its own 50 requests a second, in this one. */
beforeAll(async () => {
  whole = await DiscordProduct.start((discord) => discord.addGuild('home'));
});
afterAll(() => whole[Symbol.asyncDispose]());

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

it(`acknowledges ${TURNS} commands at once, and spares requests`, async () => {
  const { discord } = whole;
  const { bytes } = await makePhoto({ width: 96, height: 64 });
  const image = { name: 'photo.png', bytes };
  const channels = Array.from({ length: CHANNELS }, (_, index) =>
    discord.addChannel(discord.guild('home'), `channel-${index}`),
  );
  const people = Array.from({ length: TURNS }, (_, index) => discord.person(`person-${index}`));
  const [first = expect.fail('There is no channel.')] = channels;
  await discord.person('first').slash(first, 'edit', { ...WISH, image });
  await answerIn(discord, await threadIn(discord, first));
  const before = discord.requests.length;

  const asked = await Promise.all(
    people.map((person, index) =>
      person.slash(channels[index % CHANNELS] ?? first, 'edit', { ...WISH, image }),
    ),
  );
  await discord.until(() => asked.every(({ acknowledgement }) => acknowledgement), 60_000);
  const ackMs = asked.map(({ acknowledgedAfterMs }) => acknowledgedAfterMs ?? Number.NaN);

  const threads = asked.map(({ originalId = '' }) => originalId);
  const isDone = (id: string) => {
    const seen = discord.thread({ id });
    return seen.length > 2 && seen.some(({ text }) => /^Done\./m.test(text));
  };
  await discord.until(() => threads.every(isDone), 540_000);
  const sent = discord.requests.length - before;
  // The command, the thread, each message once, and the status once more when it is done.
  const least = threads.reduce((sum, id) => sum + 3 + discord.thread({ id }).length, 0);
  const counts = new Map<string, number>();
  for (const { method, route, status } of discord.requests.slice(before)) {
    const key = `${method} ${route} ${status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log(`\n${TURNS} times /edit at once, in ${CHANNELS} channels`);
  console.log(`time to acknowledge, p50: ${percentile(ackMs, 0.5)} ms`);
  console.log(`                     p99: ${percentile(ackMs, 0.99)} ms`);
  console.log(
    `requests a turn: ${(sent / TURNS).toFixed(1)}, ${(sent / least).toFixed(2)} × the least`,
  );
  for (const [key, count] of counts) console.log(`  ${String(count).padStart(5)} ${key}`);
  expect(discord.unanswered).toEqual([]);
});
