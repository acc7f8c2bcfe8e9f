import { getEventListeners } from 'node:events';
import { readFile } from 'node:fs/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { hostEngine } from '../../src/pipeline/engine-host.ts';
import { findEngine } from '../../src/pipeline/engines.ts';
import type { Engine } from '../../src/pipeline/types.ts';
import type { EditJob } from '../../src/queue/job.ts';
import { openLocalQueue } from '../../src/queue/local.ts';
import type { EditWorker } from '../../src/queue/types.ts';
import { createWorker } from '../../src/queue/worker.ts';
import { MemoryImages } from '../support/memory-images.ts';
import { makePhoto } from '../support/photos.ts';
import { factsIn, outcomeOf, read } from '../support/jobs.ts';

const MAX_ATTEMPTS = 3;

/** A local queue over the real darkroom in its own process; `kills` of its first edits lose that. */
async function openDarkroom(kills = 0) {
  const images = new MemoryImages();
  const hosted = await hostEngine(findEngine('darkroom'));
  onTestFinished(() => hosted[Symbol.asyncDispose]());
  const engine = killedInEdits(hosted, kills);
  const playing = createWorker({ engine: async () => engine, images });
  const listenersLeft: number[] = [];
  const worker: EditWorker = {
    run: (turn, call) =>
      playing.run(turn, call).finally(() => {
        listenersLeft.push(getEventListeners(call.signal, 'abort').length);
      }),
  };
  const queue = openLocalQueue({ worker, maxAttempts: MAX_ATTEMPTS, retryDelayMs: 1 });
  onTestFinished(() => queue[Symbol.asyncDispose]());
  const photo = await images.put(
    await makePhoto({ stops: -1.5, format: 'jpeg', width: 1200, height: 800 }),
  );
  const job = (turnId: string, prompt: string): EditJob => ({
    version: 1,
    turnId,
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
  return { queue, images, job, photo, listenersLeft };
}

/** The engine, whose process is lost in so many of its first edits, after their first step. */
function killedInEdits(engine: Engine, kills: number): Engine {
  const left = { kills };
  return {
    ...engine,
    editor: {
      edit: async function* (input, call) {
        while (left.kills > 0) {
          const running = engine.editor.edit(input, call);
          await running.next();
          await killChildren();
          for (;;) {
            const next = await running.next().catch((error: unknown) => {
              left.kills -= 1;
              throw error;
            });
            // All was done before the kill, which is to come in the middle: once more.
            if (next.done) break;
          }
        }
        return yield* engine.editor.edit(input, call);
      },
    },
  };
}

/** Kills the child processes of this one; the engine's is the only one. */
async function killChildren(): Promise<void> {
  const path = `/proc/${process.pid}/task/${process.pid}/children`;
  for (const pid of (await readFile(path, 'utf8')).trim().split(' '))
    process.kill(Number(pid), 'SIGKILL');
}

const hasProc = process.platform === 'linux';

describe('the queue over the darkroom', () => {
  it('edits a real picture', async () => {
    const { queue, images, job, photo } = await openDarkroom();
    await queue.enqueue(job('turn', 'make it brighter'));
    const updates = await read(queue, 'turn');
    const last = updates.at(-1);
    const outcome = last?.type === 'ended' ? last.outcome : undefined;
    expect(outcome).toMatchObject({ kind: 'succeeded', stopReason: 'success' });
    if (outcome?.kind !== 'succeeded') return;
    const best = outcome.rounds.find(({ round }) => round === outcome.best.round);
    expect(best?.image).toMatchObject({ format: 'png', width: photo.width, height: photo.height });
    expect(images.kept.get(best?.image.id ?? '')?.bytes.length).toBe(best?.image.bytes);
  });

  it('answers one that is nothing to edit', async () => {
    const { queue, job } = await openDarkroom();
    await queue.enqueue(job('turn', 'put a dragon on the roof'));
    expect(['asked', 'declined']).toContain((await outcomeOf(queue, 'turn')).kind);
  });

  it.runIf(hasProc)('goes on with another process when it is killed in the middle', async () => {
    const { queue, job, listenersLeft } = await openDarkroom(MAX_ATTEMPTS - 1);
    await queue.enqueue(job('turn', 'make it brighter and sharper'));
    const updates = await read(queue, 'turn');
    const types = factsIn(updates).map(({ type }) => type);
    expect(types.filter((type) => type === 'started')).toHaveLength(MAX_ATTEMPTS);
    expect(types.filter((type) => type === 'thought')).toHaveLength(1);
    expect(updates.at(-1)).toMatchObject({ epoch: MAX_ATTEMPTS, outcome: { kind: 'succeeded' } });
    expect(listenersLeft).toEqual([0, 0, 0]);
  });

  it.runIf(hasProc)('gives up when it is killed each time, and serves the next', async () => {
    const { queue, job } = await openDarkroom(MAX_ATTEMPTS);
    await queue.enqueue(job('turn', 'make it brighter and sharper'));
    expect(await outcomeOf(queue, 'turn')).toMatchObject({
      kind: 'failed',
      code: 'ENGINE_CRASHED',
      rounds: [],
    });
    await queue.enqueue(job('next', 'make it warmer'));
    expect(await outcomeOf(queue, 'next')).toMatchObject({ kind: 'succeeded' });
  });

  it('stops within an edit', async () => {
    const { queue, job, listenersLeft } = await openDarkroom();
    await queue.enqueue(job('turn', 'make it brighter and sharper'));
    const updates = await read(queue, 'turn', undefined, async ({ type }) => {
      if (type === 'thought') expect(await queue.cancel('turn', 'Stopped.')).toBe('signalled');
    });
    expect(updates.at(-1)).toMatchObject({ outcome: { kind: 'stopped', reason: 'Stopped.' } });
    await queue[Symbol.asyncDispose]();
    expect(listenersLeft).toEqual([0]);
  });
});
