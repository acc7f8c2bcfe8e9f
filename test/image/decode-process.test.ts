import { afterEach, describe, expect, it } from 'vitest';

import { DecodeProcess } from '../../src/image/decode-process.ts';
import { IMAGE_LIMITS } from '../../src/image/limits.ts';
import { decoders } from './decoders.ts';
import { grain, latin1 } from './pictures.ts';

const opened: DecodeProcess[] = [];
afterEach(async () => {
  for (const decoder of opened.splice(0)) {
    decoder.kill();
    await decoder.ended;
  }
});

function start(): DecodeProcess {
  const decoder = new DecodeProcess(IMAGE_LIMITS);
  opened.push(decoder);
  return decoder;
}

const { maxPixels, maxFrames, timeoutMs } = IMAGE_LIMITS;
const limits = { maxPixels, maxFrames };
const { signal } = new AbortController();

describe('DecodeProcess', () => {
  it('answers with what it found', async () => {
    const bytes = await grain().jpeg().toBuffer();
    const decoder = start();
    expect(await decoder.decode({ bytes, format: 'jpeg', limits }, { signal, timeoutMs })).toEqual({
      type: 'decoded',
      width: 60,
      height: 40,
      frames: 1,
    });
    expect(
      await decoder.decode(
        { bytes: bytes.subarray(0, 700), format: 'jpeg', limits },
        { signal, timeoutMs },
      ),
    ).toMatchObject({ type: 'refused', code: 'IMAGE_DAMAGED', cause: expect.any(String) });
  });

  it('reads no format but those that are taken, whatever it is told', async () => {
    const svg = latin1('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const pgm = latin1('P5 2 2 255\nabcd');
    for (const bytes of [svg, pgm]) {
      expect(
        await start().decode({ bytes, format: 'png', limits }, { signal, timeoutMs }),
      ).toMatchObject({ type: 'refused', code: 'IMAGE_DAMAGED' });
    }
  });

  it('tells why it ended', async () => {
    const request = {
      bytes: await grain(2_000, 2_000).avif({ effort: 0, quality: 90 }).toBuffer(),
      format: 'avif',
      limits,
    } as const;

    const slow = start();
    await slow.ready;
    expect(await slow.decode(request, { signal, timeoutMs: 1 })).toEqual({
      type: 'ended',
      why: 'slow',
    });

    const killed = start();
    killed.kill();
    expect(await killed.decode(request, { signal, timeoutMs })).toEqual({
      type: 'ended',
      why: 'not-started',
    });

    const aborted = start();
    await aborted.ready;
    const controller = new AbortController();
    const outcome = aborted.decode(request, { signal: controller.signal, timeoutMs });
    controller.abort();
    expect(await outcome).toEqual({ type: 'ended', why: 'killed' });
  });

  it('takes being killed by somebody else for a lack of memory', async () => {
    const decoder = start();
    await decoder.ready;
    for (const pid of decoders()) process.kill(pid, 'SIGKILL');
    expect(await decoder.ended).toEqual({ type: 'ended', why: 'memory' });
  });
});
