import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';
import { onTestFinished } from 'vitest';

import type { EditRecord } from '../../src/cli/record.ts';
import type { Reflection, Scores, Thought } from '../../src/pipeline/types.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const LAUNCHER = fileURLToPath(new URL('./cli-launcher.mjs', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly printed: () => string;
  readonly finished: Promise<Finished>;
  /** Settles when stdout holds the text; rejects when the process ends without. */
  says(text: string): Promise<void>;
  /** To the whole process group, as a terminal's Ctrl-C does. */
  signal(name: NodeJS.Signals): void;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Record<string, string>;
}

/** Runs `node dist/main.js`, to its end. */
export const runMain = (args: readonly string[], options: RunOptions): Promise<Finished> =>
  start(MAIN, args, options).finished;

/** Starts the same with the tests' own engines among the engines. */
export const launch = (args: readonly string[], options: RunOptions): Running =>
  start(LAUNCHER, args, options);

function start(entry: string, args: readonly string[], { cwd, env }: RunOptions): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    process: child,
    printed: () => stdout,
    finished,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        void finished.then((end) =>
          reject(new Error(`never said ${text}: ${JSON.stringify(end)}`)),
        );
      }),
    signal: (name) => {
      if (child.pid === undefined) throw new Error('the process did not start');
      process.kill(-child.pid, name);
    },
  };
}

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with a small `photo.jpg` in it. */
export async function folderWithPhoto(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'photo.jpg'), await photo().jpeg().toBuffer());
  return folder;
}

/** A gradient from dark to bright, a little blue. */
function photo(width = 120, height = 80) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const x = Math.floor(index / 3) % width;
    return Math.min(255, (x / width) * 110 + (index % 3) * 12);
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).toSorted();

export async function readRecord(folder: string): Promise<EditRecord> {
  return JSON.parse(await readFile(join(folder, 'edit.json'), 'utf8'));
}

/** What the scripted engine plays; see there. */
export interface Script {
  readonly think?: readonly string[];
  readonly thought?: Thought;
  readonly reflections?: readonly Reflection[];
  readonly steps?: number;
  readonly hangAt?: string;
  readonly failAt?: string;
}

/** The request that makes the scripted engine play this. */
export const request = (script: Script): string => JSON.stringify(script);

const scores = (each: number): Scores => ({
  editSuccess: each,
  overEdit: each,
  naturalness: each,
  artifacts: each,
});

export const success: Reflection = {
  critique: 'Just right.',
  scores: scores(9),
  verdict: 'success',
};

export const refine: Reflection = {
  critique: 'Still too pale.',
  scores: scores(5),
  verdict: 'refine',
  nextInstruction: 'Paint it stronger.',
};

export const jsonLines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
