import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { BullWorkerOptions } from '../../src/queue/bullmq/worker.ts';

const CHILD = fileURLToPath(new URL('children/bull-worker.mjs', import.meta.url));

export interface WorkerProcessSettings {
  /** Where its pictures are. */
  readonly dataFolder: string;
  readonly options: Omit<BullWorkerOptions, 'worker' | 'engines' | 'onFault' | 'clock'>;
  /** A place of its engine at which it kills itself. */
  readonly dieAt?: string;
  /** One where it stays until it is told to stop. */
  readonly holdAt?: string;
  /** One where its event loop stands still for a while. */
  readonly block?: { readonly at: string; readonly ms: number };
  /** How long it takes at each place at most. */
  readonly mostMs?: number;
}

/** A process with a worker, and an engine that plays prompts as `promptOf` makes them. */
export interface WorkerProcess extends AsyncDisposable {
  /** Places in the order in which they were reached. */
  readonly reached: readonly string[];
  /** Resolves once it has come to a place. */
  arrivalAt(place: string): Promise<void>;
  /** Resolves once it goes on after it was blocked. */
  readonly awake: Promise<void>;
  /** Resolves with its exit code, null where it was killed. */
  readonly ended: Promise<number | null>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
  /** Makes its event loop stand still. */
  block(ms: number): void;
}

interface Message {
  readonly reached?: string;
  readonly woke?: string;
}

/** @param onPlace Called whenever it has come to a place. */
export function startWorkerProcess(
  settings: WorkerProcessSettings,
  onPlace: () => void = () => {},
): WorkerProcess {
  const child = fork(CHILD, [JSON.stringify(settings)]);
  const reached: string[] = [];
  const waiting = new Set<() => void>();
  let wake = () => {};
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  child.on('message', (message: Message) => {
    if (message.reached !== undefined) {
      reached.push(message.reached);
      onPlace();
    }
    if (message.woke !== undefined) wake();
    for (const look of waiting) look();
  });
  const exited = once(child, 'exit');
  const ended = exited.then(([code]: (number | null)[]) => code ?? null);
  return {
    reached,
    awake,
    ended,
    arrivalAt: (place) =>
      new Promise((resolve) => {
        const look = () => {
          if (!reached.includes(place)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    kill: (signal) => child.kill(signal),
    block: (ms) => child.send({ block: ms }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The prompt of a turn of so many rounds. */
export const playedPrompt = (name: string, rounds: number): string =>
  JSON.stringify({ name, rounds });
