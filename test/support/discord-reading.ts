import type { Seen } from './fake-discord/chat-view.ts';
import type { FakeDiscord } from './fake-discord/index.ts';
import type { Person } from './fake-discord/people/person.ts';
import type { FakeChannel } from './fake-discord/records.ts';

const PATIENCE_MS = 60_000;

/** The latest thread of a channel, as soon as there is one. */
export const threadIn = (discord: FakeDiscord, channel: FakeChannel): Promise<FakeChannel> =>
  discord.until(() => discord.threadsOf(channel).at(-1), PATIENCE_MS);

export const isFinal = ({ buttons, pictures }: Seen): boolean =>
  pictures.length > 0 && buttons.some(({ label }) => label === 'Undo');

export const isRound = ({ text }: Seen): boolean => /^Round \d+$/m.test(text);

/** The answer with this number in a place, 1 for the first, as soon as it is there. */
export const answerIn = (
  discord: FakeDiscord,
  place: FakeChannel,
  number = 1,
  person?: Person,
): Promise<Seen> => seenIn(discord, place, (all) => all.filter(isFinal)[number - 1], person);

/** The latest message in a place whose words are like that, as soon as there is one. */
export const sayingIn = (
  discord: FakeDiscord,
  place: FakeChannel,
  words: RegExp,
  person?: Person,
): Promise<Seen> =>
  seenIn(discord, place, (all) => all.findLast(({ text }) => words.test(text)), person);

/** What is looked for in a place; where it does not come, what is there is told. */
async function seenIn(
  discord: FakeDiscord,
  place: FakeChannel,
  find: (all: readonly Seen[]) => Seen | undefined,
  person?: Person,
): Promise<Seen> {
  try {
    return await discord.until(() => find(discord.thread(place, person)), PATIENCE_MS);
  } catch (cause) {
    throw new Error(`There is only this:\n${discord.transcript(place, person)}`, { cause });
  }
}

/** The picture of an answer, as a file. */
export function pictureOf({ pictures }: Seen): Buffer {
  const picture = pictures.at(-1);
  if (!picture) throw new Error('There is no picture.');
  return picture.file.bytes;
}

/** How many messages of each kind the bot has in a place. */
export function countsIn(discord: FakeDiscord, place: FakeChannel) {
  const own = discord.thread(place).filter(({ message }) => message.author.isBot);
  const count = (is: (seen: Seen) => boolean) => own.filter(is).length;
  return {
    rounds: count(isRound),
    finals: count(isFinal),
    all: own.length,
  };
}
