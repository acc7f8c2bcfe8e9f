import { setTimeout } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/errors.ts';
import type { EditJob } from '../../../src/queue/job.ts';
import { crash } from '../../support/gated-engine.ts';
import { factsIn, jobOf, outcomeOf, read } from '../../support/jobs.ts';
import { MAX_ATTEMPTS, REFINED, type OpenBench } from './bench.ts';

export function describeFailures(open: OpenBench): void {
  describe('failures', () => {
    it('that can pass make the turn go on from what it had', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn edit 2', crash(), MAX_ATTEMPTS - 1);
      await queue.enqueue(jobOf(REFINED));
      const updates = await read(queue, 'turn');
      expect(updates.at(-1)).toMatchObject({ epoch: MAX_ATTEMPTS, outcome: { kind: 'succeeded' } });
      expect(factsIn(updates).filter(({ type }) => type === 'started')).toHaveLength(MAX_ATTEMPTS);
      expect(engine.reached).toEqual([
        'turn think',
        'turn edit 1',
        'turn reflect 1',
        ...Array.from({ length: MAX_ATTEMPTS }, () => 'turn edit 2'),
        'turn reflect 2',
      ]);
    });

    it('that say how long they last make the turn rest for so long, and leave the engine to others', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn think', rateLimited(3_600_000));
      await queue.enqueue(jobOf(REFINED));
      for (const name of ['next', 'last']) {
        await queue.enqueue(jobOf({ name }));
        expect(await outcomeOf(queue, name)).toMatchObject({ kind: 'succeeded' });
        await setTimeout(LONGER_THAN_A_REST_MS);
      }
      expect(engine.reached.filter((place) => place === 'turn think')).toHaveLength(1);
      expect(await queue.cancel('turn', 'Stopped by Ann.')).toBe('removed');
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'stopped' });
    });

    it('that last but a moment are over then', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn think', rateLimited(5));
      await queue.enqueue(jobOf(REFINED));
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
    });

    it('judge a picture that was made before, and make no other', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn reflect 1', crash());
      await queue.enqueue(jobOf({ name: 'turn' }));
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'succeeded' });
      expect(engine.reached).toEqual([
        'turn think',
        'turn edit 1',
        'turn reflect 1',
        'turn reflect 1',
      ]);
    });

    it('that do not pass end the turn after so many runs, with its best round', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn edit 2', crash(), MAX_ATTEMPTS);
      await queue.enqueue(jobOf(REFINED));
      expect(await outcomeOf(queue, 'turn')).toMatchObject({
        kind: 'failed',
        code: 'ENGINE_CRASHED',
        best: { round: 1 },
        rounds: [{ round: 1 }],
      });
    });

    it('that can not pass end it at once', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn think', new AppError('ENGINE_OUT_OF_MEMORY', 'Too large.'));
      await queue.enqueue(jobOf(REFINED));
      expect(await outcomeOf(queue, 'turn')).toEqual({
        kind: 'failed',
        code: 'ENGINE_OUT_OF_MEMORY',
        rounds: [],
      });
      expect(engine.reached).toEqual(['turn think']);
    });

    it('of a foreign kind are internal', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn think', new TypeError('secret is not a function'));
      await queue.enqueue(jobOf(REFINED));
      const updates = await read(queue, 'turn');
      expect(updates.at(-1)).toMatchObject({ outcome: { kind: 'failed', code: 'INTERNAL' } });
      expect(JSON.stringify(updates)).not.toContain('secret');
    });

    it('of one turn leave the others alone', async () => {
      const { queue, engine } = await open();
      engine.failAt('turn think', crash(), MAX_ATTEMPTS);
      await queue.enqueue(jobOf(REFINED));
      await queue.enqueue(jobOf({ name: 'next' }));
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ kind: 'failed' });
      expect(await outcomeOf(queue, 'next')).toMatchObject({ kind: 'succeeded' });
    });

    it('are what a picture that is gone and an engine that is not there end in', async () => {
      const { queue, images } = await open();
      images.kept.delete(jobOf(REFINED).latest.id);
      await queue.enqueue(jobOf(REFINED));
      await queue.enqueue(jobOf({ name: 'lost' }, { engine: 'nobody’s' }));
      expect(await outcomeOf(queue, 'turn')).toMatchObject({ code: 'IMAGE_NOT_FOUND' });
      expect(await outcomeOf(queue, 'lost')).toMatchObject({ code: 'ENGINE_UNKNOWN' });
    });

    it.each([
      ['another version', { version: 2 }],
      ['no prompt', { prompt: undefined }],
      ['bytes for a picture', { latest: { bytes: [1, 2, 3] } }],
      ['rounds without a plan', { finished: { rounds: [{ round: 1 }] } }],
      ['no rounds at all', { maxRounds: 0 }],
    ])('are what a job with %s ends in', async (_what, part) => {
      const { queue, engine } = await open();
      await queue.enqueue({ ...jobOf(REFINED), ...part } as unknown as EditJob);
      expect(await outcomeOf(queue, 'turn')).toEqual({
        kind: 'failed',
        code: 'JOB_UNREADABLE',
        rounds: [],
      });
      expect(engine.reached).toEqual([]);
    });

    it('refuse a job that tells neither turn, engine nor person', async () => {
      const { queue } = await open();
      for (const job of [undefined, 'job', {}, { ...jobOf(REFINED), person: '' }, { at: 1n }]) {
        await expect(queue.enqueue(job as unknown as EditJob)).rejects.toMatchObject({
          code: 'JOB_UNREADABLE',
        });
      }
    });
  });
}

/** Of a failure that does not say how long it lasts. */
const LONGER_THAN_A_REST_MS = 25;

const rateLimited = (retryAfterMs: number): AppError =>
  new AppError('ENGINE_UNAVAILABLE', 'The server asks for a pause.', {
    retryable: true,
    retryAfterMs,
  });
