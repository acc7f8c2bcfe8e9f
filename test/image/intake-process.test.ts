import { execFile, execFileSync, spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { AppError } from '../../src/errors.ts';
import { openIntake, type Intake } from '../../src/image/intake.ts';
import { IMAGE_LIMITS, type ImageLimits } from '../../src/image/limits.ts';
import { decoders } from './decoders.ts';
import { grain, plain } from './pictures.ts';

const intakes: Intake[] = [];
afterEach(async () => {
  for (const intake of intakes.splice(0)) await intake[Symbol.asyncDispose]();
});

function open(limits: Partial<ImageLimits> = {}): Intake {
  const intake = openIntake({ ...IMAGE_LIMITS, ...limits });
  intakes.push(intake);
  return intake;
}

/** Takes some hundreds of milliseconds to decode. */
let slowPicture: Buffer;
beforeAll(async () => {
  slowPicture = await grain(3_000, 2_000).avif({ effort: 0, quality: 90 }).toBuffer();
});

describe('the decode child', () => {
  it('is started by the first picture, used again, and gone after disposal', async () => {
    const intake = open();
    const { signal } = new AbortController();
    const bytes = await plain('red').png().toBuffer();
    expect(decoders()).toEqual([]);
    await intake.take(bytes, { signal });
    const [first] = decoders();
    await intake.take(bytes, { signal });
    expect(decoders()).toEqual([first]);
    await intake[Symbol.asyncDispose]();
    expect(decoders()).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('is started ahead by warm, and only once', async () => {
    const intake = open();
    await Promise.all([intake.warm(), intake.warm()]);
    expect(decoders()).toHaveLength(1);
  });

  it('is replaced after it was killed while idle', async () => {
    const intake = open();
    const { signal } = new AbortController();
    const bytes = await plain('red').png().toBuffer();
    await intake.warm();
    for (const pid of decoders()) process.kill(pid, 'SIGKILL');
    expect(await intake.take(bytes, { signal })).toMatchObject({ originalFormat: 'png' });
  });

  it('is asked a second time when it is killed in the middle of a picture', async () => {
    const intake = open();
    const { signal } = new AbortController();
    await intake.warm();
    const taken = intake.take(slowPicture, { signal });
    const [first] = decoders();
    await sleep(50);
    process.kill(first ?? Number.NaN, 'SIGKILL');
    expect(await taken).toMatchObject({ image: { width: 3_000, height: 2_000 } });
    expect(decoders()).not.toContain(first);
  });

  it('takes pictures that come at once in turn', async () => {
    const intake = open();
    const { signal } = new AbortController();
    const sizes = [11, 12, 13, 14, 15];
    const taken = await Promise.all(
      sizes.map(async (size) =>
        intake.take(await plain('red', size, size).png().toBuffer(), { signal }),
      ),
    );
    expect(taken.map(({ image }) => image.width)).toEqual(sizes);
    expect(decoders()).toHaveLength(1);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('limits of the child', () => {
  it('kills it when a picture takes too long, and goes on with the next', async () => {
    const intake = open({ timeoutMs: 1 });
    const { signal } = new AbortController();
    await expect(intake.take(slowPicture, { signal })).rejects.toMatchObject({
      code: 'IMAGE_TOO_SLOW',
      message: expect.stringContaining('more than 0.001 seconds'),
    });
    expect(decoders()).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('abort', () => {
  const reason = new AppError('STOPPED', 'Stopped on request.');

  it('throws the reason at once and frees the child', async () => {
    const intake = open();
    const controller = new AbortController();
    await intake.warm();
    const taken = intake.take(slowPicture, { signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    await expect(taken).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);

    const { signal } = new AbortController();
    const next = await intake.take(await plain('red').png().toBuffer(), { signal });
    expect(next.originalFormat).toBe('png');
    expect(decoders()).toHaveLength(1);
  });

  it('throws while the child is starting, and while another picture has its turn', async () => {
    const intake = open();
    const controller = new AbortController();
    const { signal } = new AbortController();
    const first = intake.take(slowPicture, { signal });
    const second = intake.take(slowPicture, { signal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect((await first).image.width).toBe(3_000);

    const early = new AbortController();
    const fresh = open();
    const starting = fresh.take(slowPicture, { signal: early.signal });
    early.abort(reason);
    await expect(starting).rejects.toBe(reason);
    await fresh[Symbol.asyncDispose]();
  });

  it('throws without starting anything when it is too late already', async () => {
    const intake = open();
    const signal = AbortSignal.abort(reason);
    await expect(intake.take(await plain('red').png().toBuffer(), { signal })).rejects.toBe(reason);
    expect(decoders()).toEqual([]);
  });
});

describe('disposal', () => {
  it('breaks off what is running and refuses what comes later', async () => {
    const intake = open();
    const { signal } = new AbortController();
    await intake.warm();
    const running = expect(intake.take(slowPicture, { signal })).rejects.toMatchObject({
      code: 'SHUTDOWN',
    });
    const waiting = expect(intake.take(slowPicture, { signal })).rejects.toMatchObject({
      code: 'SHUTDOWN',
    });
    await intake[Symbol.asyncDispose]();
    await running;
    await waiting;
    expect(decoders()).toEqual([]);
    await expect(intake.take(slowPicture, { signal })).rejects.toMatchObject({ code: 'SHUTDOWN' });
  });

  it('may come twice, and before anything', async () => {
    const intake = open();
    await intake[Symbol.asyncDispose]();
    await intake[Symbol.asyncDispose]();
    await intake.warm();
    expect(decoders()).toEqual([]);
  });
});

describe('the end of the process around it', () => {
  const intakeModule = new URL('../../dist/image/intake.js', import.meta.url).href;
  const nodeArguments = (script: string) => [
    '--input-type=module',
    '--eval',
    `import { openIntake } from ${JSON.stringify(intakeModule)};
     const intake = openIntake();
     await intake.warm();
     ${script}`,
  ];

  it('is not put off by an idle child', async () => {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, nodeArguments('console.log("warm");'));
    expect(stdout).toBe('warm\n');
  });

  it('takes the child along, even if nobody could say goodbye', async () => {
    const parent = spawn(process.execPath, nodeArguments('setInterval(() => {}, 1_000);'));
    const { pid = 0 } = parent;
    try {
      const [child = 0] = await vi.waitFor(
        () => {
          const found = decoders(pid);
          expect(found).toHaveLength(1);
          return found;
        },
        { timeout: 20_000 },
      );
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      await vi.waitFor(() => expect(isRunning(child)).toBe(false), { timeout: 20_000 });
    } finally {
      parent.kill('SIGKILL');
    }
  });
});

/** False also for a process that has ended, but that nobody asked about yet. */
function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });
    return !state.startsWith('Z');
  } catch {
    return false;
  }
}
