import { AppError } from '../../../../errors.ts';
import type { EncodedImage } from '../../../../image/types.ts';
import type { Call, EditInput, EditStep } from '../../../types.ts';
import { readPixels, writePng, writePreview } from '../picture-file.ts';
import { FILTERS, resample, resampleBytes } from '../resample.ts';
import { downscale, type AutoencoderConfig } from './autoencoder-config.ts';
import type { Conditioner } from './conditioning.ts';
import { denoise } from './denoise.ts';
import { pack, unpack, type LatentSize } from './latents.ts';
import type { Autoencoder, Painter } from './models.ts';
import { editSize, fromPlanes, toPlanes, type Size } from './picture.ts';
import { shrinkLatents } from './preview.ts';
import { noiseLevels, type SchedulerConfig } from './schedule.ts';
import { decodeInTiles, encodeInTiles } from './tiled-autoencoder.ts';

export interface EditSettings {
  /** Steps from noise to picture; the reference's default is 28, its authors recommend 50. */
  readonly steps: number;
  /** How strongly the instruction is followed; 1 leaves the second pass of each step out. */
  readonly guidance: number;
  /** Side in pixels of the square that has as many pixels as the edited picture: 512, 768 or 1024. */
  readonly level: number;
  /** A preview comes with every so many steps; 0 for none. */
  readonly previewEvery: number;
  /** Draws the source's latents at random around the likeliest ones, as the reference does. */
  readonly drawSource: boolean;
  /** Latents on the longer side of a tile of the autoencoder; Infinity where it takes pictures whole. */
  readonly tile: number;
}

/** What an edit is done with. */
export interface EditTools {
  /** Called before the painter is opened, which may take the place of the text encoder. */
  readonly condition: Conditioner;
  readonly openPainter: () => Promise<Painter>;
  readonly autoencoder: AutoencoderConfig;
  readonly schedule: SchedulerConfig;
  /** Normal numbers that a seed decides. */
  readonly normalNumbers: (seed: number, count: number) => Float32Array;
}

/** Shows the picture and the instruction to the model, and takes noise off until a picture is left. */
export async function* edit(
  tools: EditTools,
  settings: EditSettings,
  { image, references, instruction, seed }: EditInput,
  call: Call,
): AsyncGenerator<EditStep, EncodedImage> {
  if (references.length > 0) {
    throw new AppError(
      'NOT_SUPPORTED',
      'This engine edits one picture at a time; send the request with that picture alone.',
    );
  }
  const { condition, schedule } = tools;
  const { steps, guidance } = settings;
  const source = await readPixels(image);
  const size = editSize(source, settings.level);
  const latentSize = latentSizeOf(tools.autoencoder, size);
  const { channels, rows, columns } = latentSize;
  const count = channels * rows * columns;
  const numbers = tools.normalNumbers(seed, 2 * count);
  call.signal.throwIfAborted();

  const shown = resampleBytes(source, size.width, size.height, FILTERS.lanczos);
  const positive = await condition(instruction, shown, call);
  const negative = guidance > 1 ? await condition('', shown, call) : positive;
  call.signal.throwIfAborted();

  const { transformer, autoencoder } = await tools.openPainter();
  const small = resample(source, size.width, size.height, FILTERS.linear);
  const drawn = settings.drawSource ? numbers.subarray(count) : undefined;
  const { tile } = settings;
  const clean = await encodeInTiles(autoencoder, toPlanes(small), latentSize, tile, drawn, call);
  const work = denoise(
    transformer,
    {
      noise: pack(numbers.subarray(0, count), latentSize),
      source: pack(clean, latentSize),
      size: latentSize,
      positive,
      negative,
      guidance,
      levels: noiseLevels(schedule, steps, (rows * columns) / 4),
    },
    call,
  );
  let next = await work.next();
  for (; !next.done; next = await work.next()) {
    const { step, estimate } = next.value;
    const due = settings.previewEvery > 0 && step % settings.previewEvery === 0 && step < steps;
    yield due
      ? { step, steps, preview: await preview(autoencoder, estimate(), latentSize) }
      : { step, steps };
  }
  call.signal.throwIfAborted();
  const finished = unpack(next.value, latentSize);
  const planes = await decodeInTiles(autoencoder, finished, latentSize, tile, call);
  const edited = fromPlanes(planes, size);
  return writePng(resampleBytes(edited, source.width, source.height, FILTERS.cubic));
}

function latentSizeOf(config: AutoencoderConfig, { width, height }: Size): LatentSize {
  const pixels = downscale(config);
  return { channels: config.latent_channels, rows: height / pixels, columns: width / pixels };
}

async function preview(
  autoencoder: Autoencoder,
  packed: Float32Array,
  size: LatentSize,
): Promise<EncodedImage> {
  const small = shrinkLatents(unpack(packed, size), size);
  const planes = await autoencoder.decode(small.latents, small.size);
  const pixels = downscale(autoencoder.config);
  const { rows, columns } = small.size;
  return writePreview(fromPlanes(planes, { width: columns * pixels, height: rows * pixels }));
}
