import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import type { Engine, EngineSettings } from '../../types.ts';
import { readAutoencoderConfig, readSchedule, readTransformerConfig } from './checkpoint.ts';
import type { Conditioner } from './editor/conditioning.ts';
import { edit, type EditSettings, type EditTools } from './editor/edit.ts';
import { Painter } from './editor/models.ts';
import { normalNumbers } from './editor/noise.ts';
import { memoryNeeds, planResidence, type Residence } from './memory-plan.ts';
import { readPrepared } from './prepared.ts';
import { CALCULATION, PROVIDERS } from './providers.ts';
import { Qwen } from './qwen/qwen.ts';
import { readPrompts } from './reasoner/prompts.ts';
import { createReasoner, REASONER_AS_RELEASED, REASONER_DEFAULTS } from './reasoner/reasoner.ts';
import { Shelf } from './shelf.ts';

const Options = z.strictObject({
  /** Folder of a checkpoint that `prepare` made ready. */
  checkpoint: z.string().min(1),
  provider: z.enum(PROVIDERS),
  /** Memory of the device that may be used. */
  memoryBytes: z.number().positive(),
  steps: z.number().int().positive(),
  guidance: z.number().min(1),
  /** Side in pixels of the square that has as many pixels as an edited picture. */
  size: z.number().int().positive(),
  /** Whether it does as the released pipeline does also where that is at fault. */
  asReference: z.boolean(),
});

type Options = z.infer<typeof Options>;

const PREVIEW_EVERY = 4;

/**
 * The real model, Step1X-Edit v1p2 (ReasonEdit-S), calculated by ONNX Runtime from the published weights.
 * @throws {AppError} `BAD_SETTINGS`, `CHECKPOINT_UNUSABLE`, `PROVIDER_UNAVAILABLE` or `ENGINE_OUT_OF_MEMORY`.
 */
export async function createEngine({ name, options }: EngineSettings): Promise<Engine> {
  const { checkpoint, provider, ...settings } = parse(name, options);
  const prepared = await readPrepared(checkpoint, provider);
  const configs = {
    transformer: await readTransformerConfig(checkpoint),
    vae: await readAutoencoderConfig(checkpoint),
  };
  const schedule = await readSchedule(checkpoint);
  const prompts = await readPrompts(checkpoint);
  const type = CALCULATION[provider];
  const { weights } = prepared;
  const needs = { weights, transformer: configs.transformer, type, level: settings.size };
  const shelf = new Shelf(
    // The CPU reads weights from their files, and holds what it can.
    provider === 'cpu' ? 'together' : chooseResidence(needs, settings.memoryBytes),
    () => Qwen.open(checkpoint, type, { provider }),
    () => Painter.open(checkpoint, configs, { provider }),
  );
  try {
    await shelf.fill();
  } catch (error) {
    await shelf[Symbol.asyncDispose]();
    throw error;
  }

  const conditioners = new WeakMap<Qwen, Conditioner>();
  const tools: EditTools = {
    condition: async (instruction, picture, call) => {
      const qwen = await shelf.reader();
      const condition = conditioners.get(qwen) ?? qwen.conditioner(prompts.condition);
      conditioners.set(qwen, condition);
      return condition(instruction, picture, call);
    },
    openPainter: () => shelf.painter(),
    autoencoder: configs.vae,
    schedule,
    normalNumbers,
  };
  const editing: EditSettings = {
    steps: settings.steps,
    guidance: settings.guidance,
    level: settings.size,
    previewEvery: PREVIEW_EVERY,
    drawSource: settings.asReference,
  };
  return {
    name,
    capabilities: { seeded: true, previews: true, maxImages: 1, masks: false },
    reasoner: createReasoner(
      () => shelf.reader(),
      prompts,
      settings.asReference ? REASONER_AS_RELEASED : REASONER_DEFAULTS,
    ),
    editor: {
      repaints: !settings.asReference,
      edit: (input, call) => edit(tools, editing, input, call),
    },
    [Symbol.asyncDispose]: () => shelf[Symbol.asyncDispose](),
  };
}

function parse(name: string, options: EngineSettings['options']): Options {
  if (options['checkpoint'] === undefined) {
    throw new AppError(
      'BAD_SETTINGS',
      `The engine "${name}" needs the setting REASONEDIT_CHECKPOINT, the folder of a checkpoint that "reasonedit prepare" made ready.`,
    );
  }
  const parsed = Options.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new AppError('BAD_SETTINGS', `The options of the engine "${name}" are wrong.`, {
    cause: parsed.error,
  });
}

function chooseResidence(facts: Parameters<typeof memoryNeeds>[0], bytes: number): Residence {
  const needs = memoryNeeds(facts);
  const residence = planResidence(needs, bytes);
  if (residence !== undefined) return residence;
  const gigabytes = (count: number): string => (count / 1e9).toFixed(0);
  throw new AppError(
    'ENGINE_OUT_OF_MEMORY',
    `The model needs about ${gigabytes(needs.inTurns)} GB of the device's memory, and REASONEDIT_MEMORY_GIGABYTES allows ${gigabytes(bytes)}; a smaller REASONEDIT_SIZE needs less.`,
  );
}
