import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { AdapterCapabilities, Destination, Painting } from '../../src/bots/types.ts';
import { AppError, toAppError } from '../../src/errors.ts';
import type { HomeSettings } from './conversation-homes.ts';
import type { RecordingPlatform } from './recording-platform.ts';

const CHILD = fileURLToPath(new URL('children/courier.mjs', import.meta.url));

/** When a process is killed: at its nth call to the platform, and how far that call came. */
export interface Kill {
  readonly atCall: number;
  readonly when: 'unheard' | 'heard' | 'answered';
}

/** What a bots process asks its platform. */
export type PlatformRequest = { readonly id: string } & (
  | { readonly name: 'post'; readonly args: [Destination, Painting, string] }
  | { readonly name: 'update'; readonly args: [Destination, string, Painting] }
  | { readonly name: 'find'; readonly args: [Destination, string, number] }
  | { readonly name: 'remove'; readonly args: [Destination, string] }
  | { readonly name: 'fetch'; readonly args: [string] }
  | { readonly name: 'done'; readonly args: [] }
);

/** What a bots process works with. */
export interface CourierSettings {
  readonly settings: HomeSettings;
  readonly capabilities: AdapterCapabilities;
  /** Where its workers are; without it has one itself. */
  readonly redis?: { readonly redisUrl: string; readonly prefix: string };
}

/**
 * Runs a bots process until it has delivered all, or was killed with SIGKILL. True when it was done.
 */
export async function runCourier(
  platform: RecordingPlatform,
  settings: CourierSettings,
  kill?: Kill,
): Promise<boolean> {
  platform.meetAnother();
  const child = fork(CHILD, [JSON.stringify(settings)], {
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  let calls = 0;
  let isDone = false;
  let isKilled = false;
  const die = () => {
    isKilled = true;
    child.kill('SIGKILL');
  };
  const serve = async (request: PlatformRequest) => {
    if (isKilled) return;
    calls += 1;
    const isLast = calls === kill?.atCall;
    if (isLast && kill?.when === 'unheard') return die();
    const answer = await answerTo(platform, request);
    if (isKilled) return;
    if (isLast && kill?.when === 'heard') return die();
    await send(child, answer);
    isDone ||= request.name === 'done';
    if (isLast || isDone) die();
  };
  child.on('message', (request: PlatformRequest) => void serve(request));
  await exited;
  return isDone;
}

/** What goes back to it. */
export async function answerTo(
  platform: RecordingPlatform,
  { id, ...request }: PlatformRequest,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
) {
  try {
    return { id, value: await valueOf(platform, request, files) };
  } catch (error) {
    const { code, message, retryable, retryAfterMs } = toAppError(error);
    return { id, failure: { code, message, retryable, retryAfterMs } };
  }
}

type Call = PlatformRequest extends infer One
  ? One extends PlatformRequest
    ? Omit<One, 'id'>
    : never
  : never;

async function valueOf(
  platform: RecordingPlatform,
  request: Call,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<unknown> {
  switch (request.name) {
    case 'post':
      return platform.post(...request.args);
    case 'update':
      return platform.update(...request.args);
    case 'find': {
      const messageId = await platform.find(...request.args);
      return messageId === undefined ? undefined : { messageId };
    }
    case 'remove':
      return platform.remove(...request.args);
    case 'fetch': {
      const bytes = files.get(request.args[0]);
      if (bytes) return bytes;
      throw new AppError('IMAGE_NOT_FOUND', 'That file is gone.');
    }
    case 'done':
      return undefined;
  }
  return request satisfies never;
}

function send(child: ChildProcess, answer: object): Promise<void> {
  return new Promise((resolve) => {
    // Whether it could still be sent is all the same: a process that is gone asks again.
    child.send(answer, () => resolve());
  });
}
