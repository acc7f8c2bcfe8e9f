import { AppError } from '../../../errors.ts';
import { readTransformerConfig } from './checkpoint.ts';
import { choosePlan, gigabytes, memoryPlans, type MemoryPlan } from './memory-plan.ts';
import type { Options } from './options.ts';
import { readPrepared } from './prepared.ts';

/**
 * How the engine will use memory, decided by its options and what `prepare` left, before anything is opened.
 * @throws {AppError} `CHECKPOINT_UNUSABLE`, or `ENGINE_OUT_OF_MEMORY` when no plan fits.
 */
export async function planCheckpoint({
  checkpoint,
  provider,
  memoryBytes,
  size,
  guidance,
}: Options): Promise<MemoryPlan> {
  const { weights } = await readPrepared(checkpoint, provider);
  const transformer = await readTransformerConfig(checkpoint);
  const facts = { weights, transformer, provider, level: size, guided: guidance > 1 };
  const plans = memoryPlans(facts);
  const plan = choosePlan(plans, memoryBytes);
  if (plan !== undefined) return plan;
  const least = plans.at(-1)?.bytes ?? 0;
  throw new AppError(
    'ENGINE_OUT_OF_MEMORY',
    `The model needs about ${gigabytes(least)} of memory, and REASONEDIT_MEMORY_GIGABYTES allows ${gigabytes(memoryBytes)}; a smaller REASONEDIT_SIZE needs less.`,
  );
}
