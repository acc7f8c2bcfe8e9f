import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { renderScene } from '../../src/demo/scene.ts';
import { median } from './measure.ts';
import { bigPhoto } from './photo.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const RUNS = 7;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reasonedit-bench-'));
  await writeFile(join(folder, 'small.jpg'), (await renderScene()).bytes);
  await writeFile(join(folder, 'big.jpg'), (await bigPhoto()).bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Measured {
  /** From the start of the process to the first line of its thinking; milliseconds. */
  readonly firstThoughtMs: number;
  readonly totalMs: number;
  /** Of the process and its children together, where Linux tells; bytes. */
  readonly peakBytes: number;
}

function run(args: readonly string[], marker: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [...args], { cwd: folder });
    let [firstThoughtMs, peakBytes, output] = [Number.NaN, 0, ''];
    const watch = setInterval(() => {
      void treeBytes(child.pid ?? 0).then((bytes) => (peakBytes = Math.max(peakBytes, bytes)));
    }, 20);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (Number.isNaN(firstThoughtMs) && output.includes(marker)) {
        firstThoughtMs = performance.now() - start;
      }
    });
    child.on('exit', (code) => {
      clearInterval(watch);
      if (code !== 0) return reject(new Error(`It ended with ${code}.`));
      return resolve({ firstThoughtMs, totalMs: performance.now() - start, peakBytes });
    });
  });
}

async function treeBytes(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const own = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    const sizes = await Promise.all(
      children.trim().split(' ').filter(Boolean).map(Number).map(treeBytes),
    );
    return sizes.reduce((sum, size) => sum + size, own);
  } catch {
    return 0;
  }
}

it('starts to think, against an empty Node process', async () => {
  const edits: Measured[] = [];
  const empty: Measured[] = [];
  const edit = [MAIN, 'edit', 'small.jpg', 'make it warmer', '--max-rounds', '1'];
  for (let turn = 0; turn <= RUNS; turn += 1) {
    const ours = await run(edit, 'I see a picture');
    const bare = await run(['-e', 'console.log("ready")'], 'ready');
    if (turn > 0) {
      edits.push(ours);
      empty.push(bare);
    }
  }
  const first = median(edits.map(({ firstThoughtMs }) => firstThoughtMs));
  const floor = median(empty.map(({ firstThoughtMs }) => firstThoughtMs));
  console.log(`\nfirst thinking line of the command line: ${first.toFixed(0)} ms`);
  console.log(`first line of an empty Node process:     ${floor.toFixed(0)} ms`);
  console.log(`ratio: ${(first / floor).toFixed(1)}`);
  expect(first).toBeGreaterThan(0);
});

it('holds this much memory at most while it edits 12 megapixels', async () => {
  const peaks: number[] = [];
  const raw = 4240 * 2828 * 3;
  for (let turn = 0; turn < 3; turn += 1) {
    const edit = [MAIN, 'edit', 'big.jpg', 'make it warmer and sharper', '--max-rounds', '1'];
    peaks.push((await run(edit, 'I see a picture')).peakBytes);
  }
  const peak = median(peaks);
  console.log(`\npeak memory of all processes: ${(peak / 2 ** 20).toFixed(0)} MiB`);
  console.log(`in decoded pictures of 12 megapixels: ${(peak / raw).toFixed(1)}`);
  expect(peak).toBeGreaterThan(0);
});
