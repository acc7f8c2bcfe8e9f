import type { Engine, EngineSettings } from '../../types.ts';
import { readAutoencoderConfig, readSchedule, readTransformerConfig } from './checkpoint.ts';
import type { Conditioner } from './editor/conditioning.ts';
import { edit, type EditSettings, type EditTools } from './editor/edit.ts';
import { Painter } from './editor/models.ts';
import { normalNumbers } from './editor/noise.ts';
import { TILE_LATENTS } from './editor/tiles.ts';
import { parseOptions } from './options.ts';
import { planCheckpoint } from './plan-checkpoint.ts';
import { CALCULATION } from './providers.ts';
import { Qwen } from './qwen/qwen.ts';
import { readPrompts } from './reasoner/prompts.ts';
import { createReasoner, REASONER_AS_RELEASED, REASONER_DEFAULTS } from './reasoner/reasoner.ts';
import { Shelf } from './shelf.ts';

const PREVIEW_EVERY = 4;

/**
 * The real model, Step1X-Edit v1p2 (ReasonEdit-S), calculated by ONNX Runtime from the published weights.
 * @throws {AppError} `BAD_SETTINGS`, `CHECKPOINT_UNUSABLE`, `PROVIDER_UNAVAILABLE` or `ENGINE_OUT_OF_MEMORY`.
 */
export async function createEngine({ name, options }: EngineSettings): Promise<Engine> {
  const parsed = parseOptions({ name, options });
  const { checkpoint, provider, ...settings } = parsed;
  const plan = await planCheckpoint(parsed);
  const configs = {
    transformer: await readTransformerConfig(checkpoint),
    vae: await readAutoencoderConfig(checkpoint),
  };
  const schedule = await readSchedule(checkpoint);
  const prompts = await readPrompts(checkpoint);
  const shelf = new Shelf(
    plan.residence,
    () => Qwen.open(checkpoint, CALCULATION[provider], { provider }),
    () => Painter.open(checkpoint, configs, plan.passes, { provider }),
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
    tile: plan.tiled ? TILE_LATENTS : Infinity,
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
