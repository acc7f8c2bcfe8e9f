import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import type { Conditioning } from './conditioning.ts';
import { guide } from './guidance.ts';
import type { LatentSize } from './latents.ts';
import type { Condition, Transformer } from './models.ts';
import { imagePositions, rotations, textPositions, type Rotations } from './positions.ts';
import { eulerStep, withoutNoise } from './schedule.ts';
import { embedTime } from './time-embedding.ts';

export interface DenoiseInput {
  /** Normal numbers to begin with, packed, [tokens, channels]. */
  readonly noise: Float32Array;
  /** Latents of the source, packed, [tokens, channels]. */
  readonly source: Float32Array;
  /** Of both. */
  readonly size: LatentSize;
  readonly positive: Conditioning;
  /** The condition without an instruction; not needed when `guidance` is 1. */
  readonly negative: Conditioning;
  /** How strongly the instruction is followed, 1 or more. */
  readonly guidance: number;
  /** Falling noise levels, the last of them 0; one step leads from each to the next. */
  readonly levels: Float32Array;
}

export interface DenoiseStep {
  /** Steps done, 1 or more. */
  readonly step: number;
  /** Packed latents as they are after this step. */
  readonly latents: Float32Array;
  /** What the picture's packed latents would be, seen from here. */
  readonly estimate: () => Float32Array;
}

/** What a pass of the transformer needs, ready before the first step. */
interface Pass {
  readonly condition: Condition;
  readonly turns: Rotations;
}

/**
 * Takes the noise off, step by step. It stops between two runs of the model when the signal aborts. Guidance takes two
 * passes a step, which are one run or two, as the transformer was opened.
 * @returns Packed latents of the picture, [tokens, channels].
 */
export async function* denoise(
  transformer: Transformer,
  { noise, source, size, positive, negative, guidance, levels }: DenoiseInput,
  { signal }: Call,
): AsyncGenerator<DenoiseStep, Float32Array> {
  const { in_channels: channels, timestep_in_dim: timeSize } = transformer.config;
  const latents = noise.slice();
  const conditionings = guidance > 1 ? [positive, negative] : [positive];
  const passes: Pass[] = [];
  for (const one of conditionings) passes.push(await preparePass(transformer, one, size));

  const velocitiesAt = async (time: Float32Array): Promise<Float32Array[]> => {
    const velocities: Float32Array[] = [];
    for (const run of chunks(passes, transformer.passes)) {
      // A run of the model blocks the thread: between two of them messages are heard.
      await nextTurn();
      signal.throwIfAborted();
      const conditions = run.map(({ condition }) => condition);
      const contexts = await transformer.contexts(conditions, time);
      const turns = run.map((pass) => pass.turns);
      velocities.push(...(await transformer.velocities(latents, source, contexts, turns)));
    }
    return velocities;
  };

  for (let step = 1; step < levels.length; step++) {
    const level = levels[step - 1] as number;
    const next = levels[step] as number;
    const [towards, from] = await velocitiesAt(embedTime(level, timeSize));
    if (towards === undefined) throw new RangeError('each pass has a velocity');
    const velocity = from ? guide(towards, from, guidance, channels) : towards;
    eulerStep(latents, velocity, level, next);
    yield { step, latents, estimate: () => withoutNoise(latents, velocity, next) };
  }
  return latents;
}

async function preparePass(
  transformer: Transformer,
  conditioning: Conditioning,
  { rows, columns }: LatentSize,
): Promise<Pass> {
  const [down, across] = [rows / 2, columns / 2];
  const positions = [
    textPositions(conditioning.layout),
    imagePositions(down, across, 0),
    imagePositions(down, across, 1),
  ];
  const joined = new Float32Array(positions.reduce((sum, { length }) => sum + length, 0));
  positions.reduce((offset, part) => {
    joined.set(part, offset);
    return offset + part.length;
  }, 0);
  return {
    condition: await transformer.condition(conditioning),
    turns: rotations(joined, transformer.config.axes_dims_rope),
  };
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
