import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { jsonLines, runMain, temporaryFolder } from '../support/command-line.ts';
import { FIXTURES } from '../support/reasonedit.ts';
import { copyWholeCheckpoint } from '../support/whole-checkpoint.ts';

let checkpoint: string;
beforeAll(async () => {
  checkpoint = await copyWholeCheckpoint();
});
afterAll(() => rm(checkpoint, { recursive: true }));

describe(
  'the engine reasonedit, on a small checkpoint of random weights',
  { timeout: 120_000 },
  () => {
    it('is prepared, started and plays a whole turn from the command line', async () => {
      const cwd = await temporaryFolder();
      const env = {
        REASONEDIT_CHECKPOINT: checkpoint,
        REASONEDIT_PROVIDER: 'cpu',
        REASONEDIT_SIZE: '96',
        REASONEDIT_STEPS: '5',
      };
      const edit = [
        'edit',
        join(FIXTURES, 'source.png'),
        'make it better',
        '--engine',
        'reasonedit',
      ];
      const early = await runMain([...edit, '--json'], { cwd, env });
      expect(early.code).toBe(2);
      expect(early.stderr).toContain(`run "reasonedit prepare ${checkpoint}" first`);

      const prepared = await runMain(['prepare', checkpoint], { cwd, env });
      expect(prepared.stderr).toBe('');
      expect(prepared.stdout).toContain('9 graphs are written, for cpu');
      expect(prepared.stdout).toMatch(/memory: .*one pass a run, pictures whole/);
      expect(prepared.stdout).toMatch(/memory: .*pictures in tiles/);

      const doctor = await runMain(['doctor'], { cwd, env: { ...env, ENGINE: 'reasonedit' } });
      expect(doctor.stdout).toMatch(
        /ready in .*about \S+ GB of memory: all models at once, one pass a run/,
      );
      const short = { ...env, ENGINE: 'reasonedit', REASONEDIT_MEMORY_GIGABYTES: '1' };
      expect((await runMain(['doctor'], { cwd, env: short })).stdout).toMatch(
        /needs about \S+ GB of memory, and REASONEDIT_MEMORY_GIGABYTES allows 1.0 GB/,
      );

      const turn = await runMain([...edit, '--max-rounds', '1', '--out', 'done', '--json'], {
        cwd,
        env,
      });
      expect(turn.stderr).toBe('');
      expect(turn.code).toBe(0);
      const events = jsonLines(turn.stdout);
      const types = new Set(events.map(({ type }) => type));
      expect([...types]).toEqual(
        expect.arrayContaining(['thinking-end', 'editing-step', 'editing-end', 'reflection-end']),
      );
      expect(events.filter(({ type }) => type === 'editing-step')).toHaveLength(5);
      const final = await readFile(join(cwd, 'done', 'final.png'));
      expect(await sharp(final).metadata()).toMatchObject({ width: 150, height: 100 });
    });
  },
);
