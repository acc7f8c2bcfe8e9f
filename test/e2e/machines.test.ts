import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Crew } from '../support/crew.ts';
import { playedPrompt } from '../support/worker-process.ts';

let crew: Crew;

beforeEach(async () => {
  crew = await Crew.start();
}, 180_000);
afterEach(() => crew[Symbol.asyncDispose]());

const picture = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

/** Asks for a turn of two rounds, whose first edit waits at the gate. */
async function ask(): Promise<string> {
  const { thread } = await crew.chat.say(playedPrompt('turn', 2), { files: [await picture()] });
  return thread;
}

/** The kinds of the bot's messages in a thread once its turn has ended, in their order. */
async function kindsIn(thread: string): Promise<string[]> {
  const messages = await crew.outcome(thread);
  return messages.flatMap(({ content }) => (content && 'kind' in content ? [content.kind] : []));
}

const WHOLE = ['status', 'round', 'round', 'final'];

describe('bots and workers in processes of their own', { timeout: 300_000 }, () => {
  it('answer, and go on answering while a worker is killed', async () => {
    const thread = await ask();
    const pid = await crew.gate.arrival();
    crew.workerOf(pid).process.kill('SIGKILL');
    const next = await crew.gate.arrival();
    expect(next).not.toBe(pid);
    await crew.gate.open();
    expect(await kindsIn(thread)).toEqual(WHOLE);
  });

  it('lose nothing when the bots are killed in the middle of an edit', async () => {
    const thread = await ask();
    await crew.gate.arrival();
    await crew.bots.kill();
    await crew.gate.open();
    await crew.bots.start();
    expect(await kindsIn(thread)).toEqual(WHOLE);
  });

  it('go on when Redis is killed and comes back', async () => {
    const thread = await ask();
    await crew.gate.arrival();
    await crew.redis.kill();
    await crew.redis.start();
    await crew.gate.open();
    expect(await kindsIn(thread)).toEqual(WHOLE);
  });

  it('let a worker that is to end finish its round, and another one make the next', async () => {
    const thread = await ask();
    const worker = crew.workerOf(await crew.gate.arrival());
    worker.process.kill('SIGTERM');
    await crew.gate.open();
    expect(await kindsIn(thread)).toEqual(WHOLE);
    const { code, stderr } = await worker.finished;
    expect(code).toBe(143);
    expect(stderr).not.toContain('a turn ended');
  });

  it('take requests while no worker is there, and say so in the log', async () => {
    for (const { process } of crew.workers) process.kill('SIGTERM');
    await Promise.all(crew.workers.map(({ finished }) => finished));
    await expect
      .poll(() => crew.bots.log, { timeout: 60_000 })
      .toContain('no worker serves an engine; its requests wait');
    await crew.gate.open();
    const thread = await ask();
    await crew.addWorker();
    expect(await kindsIn(thread)).toEqual(WHOLE);
  });

  it('tell those who watch them how they are', async () => {
    await crew.gate.open();
    await kindsIn(await ask());
    const printed = [crew.bots.output, ...crew.workers.map((worker) => worker.printed())];
    const [bots = '', ...workers] = printed.map(healthIn);
    for (const url of [bots, ...workers]) {
      expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    }
    const told = await numbersAt(bots);
    expect(told).toMatch(/^reasonedit_turns_total\{outcome="succeeded",code=""\} 1$/m);
    expect(told).toMatch(/^reasonedit_queue_wait_seconds_count 1$/m);
    expect(told).toMatch(/^reasonedit_queue_waiting_turns\{engine="gated"\} 0$/m);
    // What workers announce, and what is delivered, is looked up now and then.
    const now = () => numbersAt(bots);
    const patience = { timeout: 20_000 };
    await expect.poll(now, patience).toMatch(/^reasonedit_engine_served\{engine="gated"\} 1$/m);
    await expect.poll(now, patience).toMatch(/^reasonedit_undelivered_turns 0$/m);
    const ofWorkers = (await Promise.all(workers.map(numbersAt))).join('\n');
    expect(ofWorkers).toMatch(/^reasonedit_stage_seconds_count\{stage="reflect"\} 2$/m);
    expect(ofWorkers).toMatch(/^reasonedit_verdicts_total\{verdict="refine"\} 1$/m);
    expect(ofWorkers).toMatch(/^reasonedit_engine_memory_bytes\{engine="gated"\} [1-9]\d+$/m);

    await crew.redis.kill();
    await expect
      .poll(async () => (await fetch(`${bots}/readyz`)).status, { timeout: 30_000 })
      .toBe(503);
    expect(await (await fetch(`${bots}/readyz`)).json()).toMatchObject({
      ready: false,
      checks: { database: 'ok', redis: 'failing' },
    });
  });
});

const healthIn = (printed: string): string =>
  /Its health is at (\S+)\/readyz/.exec(printed)?.[1] ?? '';

const numbersAt = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();
