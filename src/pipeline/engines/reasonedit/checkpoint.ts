import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { z } from 'zod';

import { AutoencoderConfig } from './editor/autoencoder-config.ts';
import type { EditorParts } from './editor/graphs.ts';
import { SchedulerConfig } from './editor/schedule.ts';
import { TransformerConfig } from './editor/transformer-config.ts';
import { openWeights, unusable } from './safetensors.ts';

/** Name of the weights' files in the folders that diffusers writes. */
const DIFFUSERS = 'diffusion_pytorch_model';

/** The editor's half of a checkpoint in the published folder layout; of its weights, only where they are. */
export interface EditorCheckpoint extends EditorParts {
  readonly schedule: SchedulerConfig;
}

/** @throws {AppError} `CHECKPOINT_UNUSABLE` with the file and the setting that is missing or not supported. */
export async function readEditorCheckpoint(folder: string): Promise<EditorCheckpoint> {
  return {
    transformer: {
      config: await readTransformerConfig(folder),
      weights: await openWeights(join(folder, 'transformer'), DIFFUSERS),
    },
    vae: {
      config: await readAutoencoderConfig(folder),
      weights: await openWeights(join(folder, 'vae'), DIFFUSERS),
    },
    schedule: await readSchedule(folder),
  };
}

export const readTransformerConfig = (folder: string): Promise<TransformerConfig> =>
  readConfig(join(folder, 'transformer', 'config.json'), TransformerConfig);

export const readAutoencoderConfig = (folder: string): Promise<AutoencoderConfig> =>
  readConfig(join(folder, 'vae', 'config.json'), AutoencoderConfig);

export const readSchedule = (folder: string): Promise<SchedulerConfig> =>
  readConfig(join(folder, 'scheduler', 'scheduler_config.json'), SchedulerConfig);

/**
 * A configuration, read and checked.
 * @throws {AppError} `CHECKPOINT_UNUSABLE` with each setting that is missing or not supported.
 */
export async function readConfig<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw unusable(`${path} can't be read as JSON`, error);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'it'}: ${message}`,
  );
  throw unusable(`${path} is not supported (${problems.join('; ')})`, parsed.error);
}
