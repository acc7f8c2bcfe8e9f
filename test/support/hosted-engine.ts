import { expect, onTestFinished } from 'vitest';

import type { EncodedImage } from '../../src/image/types.ts';
import { hostEngine, type HostLimits } from '../../src/pipeline/engine-host.ts';
import type { Engine, Thought } from '../../src/pipeline/types.ts';

const MISBEHAVING = new URL('./engines/misbehaving.mjs', import.meta.url).href;

/** So long that nobody is killed for being slow on a busy machine. */
const PATIENT = { killGraceMs: 20_000, disposeGraceMs: 20_000 } as const;

/** The misbehaving engine in a child process, which ends with the test. */
export async function hosted(
  options: Record<string, unknown> = {},
  limits: Partial<HostLimits> = {},
): Promise<Engine> {
  const spec = { name: 'misbehaving', module: MISBEHAVING, options };
  const engine = await hostEngine(spec, { ...PATIENT, ...limits });
  onTestFinished(() => engine[Symbol.asyncDispose]());
  return engine;
}

const neverAborts = (): AbortSignal => new AbortController().signal;

export function picture(seed: number, size = 3): EncodedImage {
  return { bytes: new Uint8Array(size).fill(seed), format: 'png', width: 1, height: 1 };
}

export function think(engine: Engine, prompt: string, signal = neverAborts()) {
  const source = picture(1);
  return engine.reasoner.think(
    { prompt, source, latest: source, references: [], history: [], exchanges: [], seed: 1 },
    { signal },
  );
}

export function edit(
  engine: Engine,
  instruction: string,
  image = picture(1),
  signal = neverAborts(),
) {
  return engine.editor.edit({ image, references: [], instruction, seed: 1 }, { signal });
}

/** Whether the child holds the edited picture as the very object that it made. */
export async function heldByChild(engine: Engine, edited: EncodedImage): Promise<boolean> {
  const [base, prompt] = [picture(9), 'answer'];
  const input = { prompt, target: '', instruction: '', base, edited, references: [] };
  const { steps } = await drain(
    engine.reasoner.reflect({ ...input, round: 1, seed: 1 }, { signal: neverAborts() }),
  );
  return steps[0] === 'held';
}

/** Runs a call to its end. */
export async function drain<Step, Outcome>(
  generator: AsyncGenerator<Step, Outcome>,
): Promise<{ steps: Step[]; outcome: Outcome }> {
  const steps: Step[] = [];
  for (;;) {
    const next = await generator.next();
    if (next.done) return { steps, outcome: next.value };
    steps.push(next.value);
  }
}

/** What a call fails with. */
export async function failure(generator: AsyncGenerator): Promise<unknown> {
  return drain(generator).then(
    ({ outcome }) => expect.fail(`It succeeded with ${JSON.stringify(outcome)}.`),
    (error: unknown) => error,
  );
}

export async function textOf(generator: AsyncGenerator<string, Thought>): Promise<string> {
  const { outcome } = await drain(generator);
  return 'text' in outcome ? outcome.text : expect.fail(`It is a ${outcome.kind}.`);
}

/** The process that answers now. */
export async function pidOf(engine: Engine): Promise<number> {
  return Number(await textOf(think(engine, 'answer')));
}

interface Seen {
  readonly open: number;
  readonly mostOpen: number;
  readonly closed: number;
  readonly reasons: readonly string[];
}

/** What the engine's process has seen of its calls so far. */
export async function seenBy(engine: Engine): Promise<Seen> {
  const seen: Seen = JSON.parse(await textOf(think(engine, 'seen')));
  return seen;
}

/** Resolves when a process of our own is gone. */
export async function gone(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
