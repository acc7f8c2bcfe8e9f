import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { median } from './measure.ts';

const THREADS = '2';
const ROUNDS = 3;

export interface Sides<Measure extends string> {
  /** A script for this Node, in test/support. */
  readonly ours: string;
  /** A script for that Python, in test/parity. */
  readonly reference: string;
  readonly python: string;
  readonly checkpoint: string;
  readonly measures: readonly Measure[];
}

/**
 * Runs both sides in turn, each in a process of its own that prints its measures as JSON in its last line, and prints
 * the medians of all rounds.
 * @return How many rounds were run.
 */
export async function besideReference<Measure extends string>({
  ours,
  reference,
  python,
  checkpoint,
  measures,
}: Sides<Measure>): Promise<number> {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const run = async (program: string, ...args: string[]): Promise<Record<Measure, number>> => {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1e7 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<Measure, number>;
  };
  const begun = (): string => String(Date.now() / 1e3);
  const rounds: Record<'ours' | 'reference', Record<Measure, number>>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      ours: await run(process.execPath, here(`../support/${ours}`), checkpoint, THREADS, begun()),
      reference: await run(
        python,
        here(`../parity/${reference}`),
        checkpoint,
        '--threads',
        THREADS,
        '--begun',
        begun(),
      ),
    });
  }
  for (const name of measures) {
    const mine = median(rounds.map((round) => round.ours[name]));
    const theirs = median(rounds.map((round) => round.reference[name]));
    const ratio = median(rounds.map((round) => round.reference[name] / round.ours[name]));
    console.log(
      `${name}: ${mine.toFixed(3)}, reference ${theirs.toFixed(3)}, ${ratio.toFixed(2)}×`,
    );
  }
  return rounds.length;
}
