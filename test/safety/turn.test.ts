import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';
import { hostEngine } from '../../src/pipeline/engine-host.ts';
import { findEngine } from '../../src/pipeline/engines.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { openContentCheck } from '../../src/safety/index.ts';
import { outcomeOf } from '../support/jobs.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { openModerationServer } from '../support/moderation-server.ts';
import { makePhoto } from '../support/photos.ts';

/** Whether a picture has no color, which is what this server does not like. */
async function isGray(matter: string | Uint8Array): Promise<boolean> {
  if (typeof matter === 'string') return false;
  const [red, green, blue] = (await sharp(matter).stats()).channels;
  return red?.mean === green?.mean && green?.mean === blue?.mean;
}

/** A queue over the darkroom, whose requests and results a server checks. */
async function openBot() {
  const { url, asked } = await openModerationServer({ flags: isGray });
  const contentCheck = openContentCheck(parseSettings({ MODERATION_URL: url }));
  const images = new MemoryImages();
  const engine = await hostEngine(findEngine('darkroom'));
  onTestFinished(() => engine[Symbol.asyncDispose]());
  const worker = createWorker({
    engine: async () => engine,
    images,
    ...(contentCheck && { contentCheck }),
  });
  const queue = openLocalQueue({ worker });
  onTestFinished(() => queue[Symbol.asyncDispose]());
  const photo = await images.put(await makePhoto({ format: 'jpeg', width: 600, height: 400 }));
  const ask = async (prompt: string) => {
    await queue.enqueue({
      version: 1,
      turnId: prompt,
      engine: 'darkroom',
      person: 'ann',
      prompt,
      source: photo,
      latest: photo,
      references: [],
      history: [],
      maxRounds: 3,
      seed: 1,
    });
    return outcomeOf(queue, prompt);
  };
  return { asked, ask, images };
}

describe('a turn whose contents are checked', () => {
  it('of one round costs four calls: two for words and two for pictures', async () => {
    const { asked, ask } = await openBot();
    const outcome = await ask('flip it horizontally');
    expect(outcome).toMatchObject({ kind: 'succeeded', rounds: [{ round: 1 }] });
    const kinds = asked.map((matter) => (typeof matter === 'string' ? 'words' : 'picture'));
    expect(kinds).toEqual(['words', 'picture', 'words', 'picture']);
    expect(asked[0]).toBe('flip it horizontally');
  });

  it('shows nothing of a refused result', async () => {
    const { ask, images } = await openBot();
    const outcome = await ask('make it black and white');
    expect(outcome).toEqual({ kind: 'failed', code: 'CONTENT_REFUSED', rounds: [] });
    expect(images.kept.size).toBe(1);
  });
});
