import type { Settings } from '../config.ts';
import { openIntake, type TakenImage } from '../image/intake.ts';
import { IMAGE_LIMITS } from '../image/limits.ts';
import { hostEngine, type EngineSpec } from '../pipeline/engine-host.ts';
import type { Call, Engine } from '../pipeline/types.ts';

const MEGA = 1_000_000;

/** Starts an engine in a process of its own. */
export const startEngine = (spec: EngineSpec, settings: Settings): Promise<Engine> =>
  hostEngine(spec, { maxMemoryBytes: settings.ENGINE_MEMORY_MEGABYTES * 2 ** 20 });

export const maxPictureBytes = (settings: Settings): number => settings.MAX_IMAGE_MEGABYTES * MEGA;

/** Takes a picture in as any stranger's picture is, in a process that ends with it. */
export async function takePicture(
  bytes: Uint8Array,
  settings: Settings,
  call: Call,
): Promise<TakenImage> {
  const intake = openIntake({
    ...IMAGE_LIMITS,
    maxBytes: maxPictureBytes(settings),
    maxPixels: settings.MAX_IMAGE_MEGAPIXELS * MEGA,
  });
  try {
    return await intake.take(bytes, call);
  } finally {
    await intake[Symbol.asyncDispose]();
  }
}
