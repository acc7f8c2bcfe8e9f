import { engineEnvironment } from '../config/engines.ts';
import type { Settings } from '../config/index.ts';
import { keepOptions } from '../config/keep.ts';
import { openIntake, type TakenImage } from '../image/intake.ts';
import { IMAGE_LIMITS } from '../image/limits.ts';
import { toMask } from '../image/mask.ts';
import type { EncodedImage } from '../image/types.ts';
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

/** A picture, those that came with it, and where it may change. */
export interface TakenImages {
  readonly pictures: readonly [TakenImage, ...TakenImage[]];
  readonly mask?: EncodedImage;
}

/** Takes pictures in as any stranger's are, one after the other, in a process that ends with it. */
export async function takePictures(
  files: {
    readonly pictures: readonly [Uint8Array, ...Uint8Array[]];
    readonly drawing?: Uint8Array | undefined;
  },
  settings: Settings,
  call: Call,
): Promise<TakenImages> {
  const intake = openIntake({
    ...IMAGE_LIMITS,
    maxBytes: maxPictureBytes(settings),
    maxPixels: settings.MAX_IMAGE_MEGAPIXELS * MEGA,
  });
  try {
    const [first, ...others] = files.pictures;
    const pictures: [TakenImage, ...TakenImage[]] = [await intake.take(first, call)];
    for (const bytes of others) pictures.push(await intake.take(bytes, call));
    const drawing = files.drawing && (await intake.take(files.drawing, call));
    return { pictures, ...(drawing && { mask: await toMask(drawing.image, call) }) };
  } finally {
    await intake[Symbol.asyncDispose]();
  }
}
