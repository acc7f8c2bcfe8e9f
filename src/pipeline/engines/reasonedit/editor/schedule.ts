import { z } from 'zod';

/** `scheduler/scheduler_config.json`: flow matching by Euler steps, shifted by the picture's size. */
export const SchedulerConfig = z.object({
  _class_name: z.literal('FlowMatchEulerDiscreteScheduler'),
  base_image_seq_len: z.number().default(256),
  base_shift: z.number().default(0.5),
  max_image_seq_len: z.number().default(4096),
  max_shift: z.number().default(1.15),
  num_train_timesteps: z.literal(1000).default(1000),
  use_dynamic_shifting: z.literal(true),
  time_shift_type: z.literal('exponential').default('exponential'),
  invert_sigmas: z.literal(false).default(false),
  shift_terminal: z.null().default(null),
  stochastic_sampling: z.literal(false).default(false),
  use_beta_sigmas: z.literal(false).nullish(),
  use_exponential_sigmas: z.literal(false).nullish(),
  use_karras_sigmas: z.literal(false).nullish(),
});

export type SchedulerConfig = z.infer<typeof SchedulerConfig>;

/**
 * How much noise is left before each step, and 0 at the end.
 * @param tokens Noisy tokens of the picture; more of them keep the noise high for longer.
 * @returns `steps` + 1 falling numbers, from 1 to 0, as float32 holds them.
 */
export function noiseLevels(config: SchedulerConfig, steps: number, tokens: number): Float32Array {
  const { base_image_seq_len: from, max_image_seq_len: to, base_shift, max_shift } = config;
  const slope = (max_shift - base_shift) / (to - from);
  const shift = Math.exp(base_shift + slope * (tokens - from));
  const levels = new Float32Array(steps + 1);
  for (let step = 0; step < steps; step++) {
    const even = steps === 1 ? 1 : 1 + (step * (1 / steps - 1)) / (steps - 1);
    levels[step] = shift / (shift + (1 / even - 1));
  }
  return levels;
}

/** One Euler step, in place: `latents` move along `velocity` from one noise level to the next. */
export function eulerStep(
  latents: Float32Array,
  velocity: Float32Array,
  level: number,
  next: number,
): void {
  const distance = Math.fround(next - level);
  for (let index = 0; index < latents.length; index++) {
    latents[index] = (latents[index] ?? 0) + distance * (velocity[index] ?? 0);
  }
}

/** What the noisy latents would be without their noise, if the velocity held to the end. */
export function withoutNoise(
  latents: Float32Array,
  velocity: Float32Array,
  level: number,
): Float32Array {
  return latents.map((value, index) => value - level * (velocity[index] ?? 0));
}
