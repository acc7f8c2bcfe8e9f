import { engineEnvironment } from '../config/engines.ts';
import type { Settings } from '../config/index.ts';
import { keepOptions } from '../config/keep.ts';
import { openIntake, type TakenImage } from '../image/intake.ts';
import { IMAGE_LIMITS } from '../image/limits.ts';
import { hostEngine, type EngineSpec } from '../pipeline/engine-host.ts';
import type { Call, Engine } from '../pipeline/types.ts';

const MEGA = 1_000_000;

/** Starts an engine in a process of its own. */
export const startEngine = (spec: EngineSpec, settings: Settings): Promise<Engine> =>
  hostEngine(
    { ...spec, environment: engineEnvironment(settings), keep: keepOptions(settings) },
    { maxMemoryBytes: settings.ENGINE_MEMORY_MEGABYTES * 2 ** 20 },
  );

export const maxPictureBytes = (settings: Settings): number => settings.MAX_IMAGE_MEGABYTES * MEGA;

/** A picture and those that came with it. */
export type TakenImages = readonly [TakenImage, ...TakenImage[]];

/** Takes pictures in as any stranger's are, one after the other, in a process that ends with it. */
export async function takePictures(
  [first, ...others]: readonly [Uint8Array, ...Uint8Array[]],
  settings: Settings,
  call: Call,
): Promise<TakenImages> {
  const intake = openIntake({
    ...IMAGE_LIMITS,
    maxBytes: maxPictureBytes(settings),
    maxPixels: settings.MAX_IMAGE_MEGAPIXELS * MEGA,
  });
  try {
    const taken: [TakenImage, ...TakenImage[]] = [await intake.take(first, call)];
    for (const bytes of others) taken.push(await intake.take(bytes, call));
    return taken;
  } finally {
    await intake[Symbol.asyncDispose]();
  }
}
