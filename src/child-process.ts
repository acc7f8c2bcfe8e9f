import { execFile, fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { childEnvironment, type EngineEnvironment } from './config/environment.ts';

const MEMORY_CHECK_MS = 250;

export interface ChildOptions {
  /** Compiled module that the child runs. */
  readonly entry: URL;
  /** Memory of its own past which the child is killed; mapped files do not count. Bytes. */
  readonly maxMemoryBytes: number;
  /** What it sees of the environment beside what every child does. */
  readonly environment?: EngineEnvironment;
  /** Hears four times a second how much memory it holds, and 0 at its end; bytes. */
  readonly onMemory?: (bytes: number) => void;
  readonly onMessage: (message: unknown) => void;
  /** Called once, when the process is gone and all it said was heard, however that came about. */
  readonly onExit: (exit: ChildExit) => void;
}

/** `memory`: killed for exceeding its limit; `killed`: by us; `crashed`: anything else. */
export interface ChildExit {
  readonly kind: 'memory' | 'killed' | 'crashed';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Node child process that gets no secret, holds no more memory than allowed, and dies with us. */
export interface Child {
  readonly pid: number | undefined;
  /** Structured clone, so bytes travel as bytes. Lost in silence once the child is gone. */
  send(message: object): void;
  /** SIGKILL: at once, whatever the child is doing. */
  kill(): void;
  /** Whether the child alone keeps this process running. True at first. */
  hold(yes: boolean): void;
}

/** Starts a child. Its standard streams are closed but for stderr, which is ours. */
export function startChild(options: ChildOptions): Child {
  const forked = fork(fileURLToPath(options.entry), [], {
    env: childEnvironment(options.environment),
    // V8's own limit, met first, would look like a crash: the memory watch is to be the judge.
    execArgv: [`--max-old-space-size=${Math.ceil((2 * options.maxMemoryBytes) / 2 ** 20)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let kind: ChildExit['kind'] = 'crashed';
  let gone = false;

  const memoryWatch = setInterval(() => void checkMemory(), MEMORY_CHECK_MS);
  memoryWatch.unref();
  const checkMemory = async () => {
    const bytes = await ownBytes(forked);
    if (bytes === undefined || gone) return;
    options.onMemory?.(bytes);
    if (bytes > options.maxMemoryBytes) kill('memory');
  };

  const kill = (why: 'memory' | 'killed') => {
    if (gone || kind !== 'crashed') return;
    kind = why;
    forked.kill('SIGKILL');
  };
  const exit = (code: number | null, signal: NodeJS.Signals | null) => {
    if (gone) return;
    gone = true;
    clearInterval(memoryWatch);
    options.onMemory?.(0);
    options.onExit({ kind, code, signal });
  };
  forked.on('message', options.onMessage);
  // Not `exit`, which overtakes the last messages.
  forked.on('close', exit);
  forked.on('error', () => {
    // A failed send is followed by `close`; only a failed start is not.
    if (forked.pid === undefined) exit(null, null);
  });

  return {
    pid: forked.pid,
    send: (message) => {
      if (forked.connected) forked.send(message, () => {});
    },
    kill: () => kill('killed'),
    hold: (yes) => {
      if (yes) {
        forked.ref();
        forked.channel?.ref();
      } else {
        forked.unref();
        forked.channel?.unref();
      }
    },
  };
}

/**
 * Where the compiled form of a module lies, for a child process to run.
 * @param importMetaUrl `import.meta.url` of the caller, compiled or not.
 * @param relative The module as the caller would import it: `./decode-child.ts`.
 */
export function compiledModule(importMetaUrl: string, relative: string): URL {
  const { href } = new URL(relative.replace(/\.ts$/, '.js'), importMetaUrl);
  const root = new URL('.', import.meta.url).href;
  if (!import.meta.url.endsWith('.ts') || !href.startsWith(root)) return new URL(href);
  return new URL(href.slice(root.length), new URL('../dist/', root));
}

const run = promisify(execFile);

/**
 * Memory that only this process uses, bytes: without mapped files, whose pages the system drops when
 * it needs room. Undefined where the system does not tell (Windows, or the child is gone).
 */
async function ownBytes({ pid }: ChildProcess): Promise<number | undefined> {
  if (pid === undefined) return undefined;
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return bytesOf(status, 'RssAnon') + bytesOf(status, 'RssShmem');
    }
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) * 1024;
  } catch {
    return undefined;
  }
}

function bytesOf(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1024;
}
