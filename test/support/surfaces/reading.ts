import { setTimeout as sleep } from 'node:timers/promises';

import { ENGLISH } from '../../../src/bots/sentences/en/index.ts';
import type { Shown, ShownButton, Talk } from './surface.ts';

const PATIENCE_MS = 90_000;
const POLL_MS = 40;

const VERDICTS = Object.values(ENGLISH.verdicts);

/** What is looked for in a thread, as soon as it is there; where it does not come, what is there is told. */
export async function seenIn<Found>(
  { look }: Talk,
  find: (all: readonly Shown[]) => Found | undefined,
): Promise<Found> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = find(look());
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`There is only this:\n${transcript(look())}`);
    await sleep(POLL_MS);
  }
}

/** The latest message of the bot whose words are like that. */
export const saying = (talk: Talk, words: RegExp): Promise<Shown> =>
  seenIn(talk, (all) => all.findLast(({ kind, text }) => kind !== 'person' && words.test(text)));

/** The answer with this number, 1 for the first. */
export const answer = (talk: Talk, number = 1): Promise<Shown> =>
  seenIn(talk, (all) => ofKind(all, 'final')[number - 1]);

/** All rounds, as soon as there are some and each has its verdict: it comes after the picture, and after that of others. */
export const judgedRounds = (talk: Talk): Promise<Shown[]> =>
  seenIn(talk, (all) => {
    const rounds = ofKind(all, 'round');
    const isJudged = ({ text }: Shown) => VERDICTS.some((verdict) => text.includes(verdict));
    return rounds.length > 0 && rounds.every(isJudged) ? rounds : undefined;
  });

/** The button with this label, of the latest message that has it. */
export const button = (talk: Talk, label: string): Promise<ShownButton> =>
  seenIn(talk, (all) =>
    all.flatMap(({ buttons }) => buttons).findLast((one) => one.label === label),
  );

export const ofKind = (all: readonly Shown[], kind: Shown['kind']): Shown[] =>
  all.filter((one) => one.kind === kind);

/** The last picture of a message, as a file. */
export function fileIn({ pictures, text }: Shown): Promise<Uint8Array> {
  const picture = pictures.at(-1);
  if (!picture) throw new Error(`There is no picture with this:\n${text}`);
  return picture.bytes();
}

export const transcript = (all: readonly Shown[]): string =>
  all
    .map(({ kind, text, pictures, buttons }) =>
      [
        `${kind}: ${text}`,
        ...pictures.map(({ alt }) => `  (${alt})`),
        ...buttons.map(({ label }) => `  [${label}]`),
      ].join('\n'),
    )
    .join('\n\n');
