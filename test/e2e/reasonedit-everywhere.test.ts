import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runMain } from '../support/command-line.ts';
import { psnr } from '../support/fake-openai/painters.ts';
import { FIXTURES } from '../support/reasonedit.ts';
import { ProductEverywhere, SURFACE_NAMES } from '../support/surfaces/product-everywhere.ts';
import {
  answer,
  button,
  fileIn,
  judgedRounds,
  ofKind,
  saying,
  seenIn,
} from '../support/surfaces/reading.ts';
import { copyWholeCheckpoint, makeBrief } from '../support/whole-checkpoint.ts';

const SIZE = { width: 150, height: 100 };

/** Its weights are random, and so are its words: what they say is nowhere looked at. */
let checkpoint: string;
let source: Buffer;
let everywhere: ProductEverywhere;

const settings = (maxRounds: number) => ({
  ENGINE: 'reasonedit',
  REASONEDIT_CHECKPOINT: checkpoint,
  REASONEDIT_PROVIDER: 'cpu',
  REASONEDIT_SIZE: '96',
  REASONEDIT_STEPS: '5',
  MAX_ROUNDS: String(maxRounds),
});

beforeAll(async () => {
  checkpoint = await copyWholeCheckpoint();
  const prepared = await runMain(['prepare', checkpoint], { cwd: checkpoint, env: settings(1) });
  if (prepared.code !== 0) throw new Error(prepared.stderr);
  source = await readFile(join(FIXTURES, 'source.png'));
}, 120_000);
afterAll(() => rm(checkpoint, { recursive: true }));

/** Of noise, what each surface shows in the same way. */
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

describe('the engine reasonedit, which would go on for a minute', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    everywhere = await ProductEverywhere.start(settings(10));
  }, 120_000);
  afterAll(() => everywhere[Symbol.asyncDispose]());

  it.each(SURFACE_NAMES)('is stopped by the button in %s', async (surface) => {
    const talk = await everywhere.ask(surface, 'make it better', source);
    await seenIn(talk, (all) => ofKind(all, 'round')[0]);
    await (await button(talk, 'Stop')).press();
    await saying(talk, /Stopped\. Here is the best so far\./);
    const final = await fileIn(await answer(talk));
    expect(await sharp(final).metadata()).toMatchObject(SIZE);
  });
});

describe('the engine reasonedit, which is brief', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await makeBrief(checkpoint);
    everywhere = await ProductEverywhere.start(settings(2));
  }, 120_000);
  afterAll(() => everywhere[Symbol.asyncDispose]());

  it.concurrent.each(SURFACE_NAMES)(
    'shows in %s what it thought, each round with a verdict, and the picture that it painted',
    async (surface) => {
      const talk = await everywhere.ask(surface, 'make it better', source);
      const final = await answer(talk);
      const { text: status } = await saying(talk, /Done\./);
      const rounds = await judgedRounds(talk);
      const [, instruction = ''] = rounds[0]?.text.split('\n') ?? [];
      expect(lettersOf(status)).toContain(lettersOf(instruction));
      for (const round of [...rounds, final]) {
        expect(await sharp(await fileIn(round)).metadata()).toMatchObject(SIZE);
      }
      expect(await psnr(await fileIn(final), source)).toBeLessThan(60);
    },
  );
});
