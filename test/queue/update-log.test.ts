import { describe, expect, it } from 'vitest';

import { UpdateLog } from '../../src/queue/update-log.ts';
import type { Fact } from '../../src/queue/update.ts';

const STARTED: Fact = { type: 'started' };
const ENDED: Fact = { type: 'ended', outcome: { kind: 'asked', question: 'Which?' } };
const LOST = { code: 'TURN_LOST' };

const typesOf = async (log: UpdateLog): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of log.read(undefined, { signal: new AbortController().signal })) {
    types.push(type);
  }
  return types;
};

describe('an update log', () => {
  it('takes nothing from a run that another has followed', async () => {
    const log = new UpdateLog();
    const zombie = log.begin();
    await zombie.append([STARTED]);
    const heir = log.begin();
    await expect(zombie.append([ENDED])).rejects.toMatchObject(LOST);
    await expect(zombie.show({ stage: 'thinking', text: 'still' })).rejects.toMatchObject(LOST);
    await heir.append([STARTED, ENDED]);
    expect(await typesOf(log)).toEqual(['started', 'started', 'ended']);
  });

  it('takes nothing after the end, whoever wrote it', async () => {
    const log = new UpdateLog();
    const run = log.begin();
    await run.append([STARTED]);
    log.end({ kind: 'expired', rounds: [] });
    await expect(run.append([ENDED])).rejects.toMatchObject(LOST);
    await expect(log.begin().append([ENDED])).rejects.toMatchObject(LOST);
    expect(await typesOf(log)).toEqual(['started', 'ended']);
  });

  it('shows the latest live state alone, and none that a fact has overtaken', async () => {
    const log = new UpdateLog();
    const run = log.begin();
    const { signal } = new AbortController();
    const reader = log.read(undefined, { signal });
    await run.append([STARTED]);
    await run.show({ stage: 'thinking', text: 'one' });
    await run.show({ stage: 'thinking', text: 'two' });
    expect((await reader.next()).value).toMatchObject({ type: 'started' });
    expect((await reader.next()).value).toMatchObject({ state: { text: 'two' } });
    await run.show({ stage: 'thinking', text: 'three' });
    await run.append([ENDED]);
    expect((await reader.next()).value).toMatchObject({ type: 'ended' });
    expect(await reader.next()).toMatchObject({ done: true });
  });
});
