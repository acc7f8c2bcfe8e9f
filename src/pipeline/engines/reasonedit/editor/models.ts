import { join } from 'node:path';

import { Tensor, type InferenceSession } from 'onnxruntime-node';

import { openSession, type SessionSettings } from '../onnx/session.ts';
import type { AutoencoderConfig } from './autoencoder-config.ts';
import type { Conditioning } from './conditioning.ts';
import { EDITOR_GRAPHS, STEP_GRAPHS } from './graphs.ts';
import type { LatentSize } from './latents.ts';
import { nameIn, type PassCount } from './passes.ts';
import type { Size } from './picture.ts';
import type { Rotations } from './positions.ts';
import type { TransformerConfig } from './transformer-config.ts';

/** What the connector makes of an instruction, whatever the time. */
export interface Condition {
  readonly parts: InferenceSession.OnnxValueMapType;
}

/** What the transformer takes of an instruction at one time. */
export interface Context {
  readonly context: Tensor;
  readonly embedding: Tensor;
}

/** The transformer of the editor with its connector, opened. */
export class Transformer implements AsyncDisposable {
  readonly config: TransformerConfig;
  /** Passes that one run makes; `contexts` and `velocities` take as many. */
  readonly passes: PassCount;
  readonly #condition: InferenceSession;
  readonly #context: InferenceSession;
  readonly #denoiser: InferenceSession;

  private constructor(
    config: TransformerConfig,
    passes: PassCount,
    sessions: readonly InferenceSession[],
  ) {
    this.config = config;
    this.passes = passes;
    [this.#condition, this.#context, this.#denoiser] = sessions as [
      InferenceSession,
      InferenceSession,
      InferenceSession,
    ];
  }

  /** @param folder The checkpoint's, with its graphs written. @param passes That one run is to make. */
  static async open(
    folder: string,
    config: TransformerConfig,
    passes: PassCount,
    settings: SessionSettings,
  ): Promise<Transformer> {
    const { condition } = EDITOR_GRAPHS;
    const { context, denoiser } = STEP_GRAPHS[passes];
    const sessions = await openAll(folder, [condition, context, denoiser], settings);
    return new Transformer(config, passes, sessions);
  }

  async condition({ hidden, embeddings, quoted, layout }: Conditioning): Promise<Condition> {
    const tokens = layout.times.length;
    const width = this.config.connector_in_channels;
    const parts = await this.#condition.run({
      hidden: new Tensor('float32', hidden, [1, tokens, width]),
      ...(this.config.enable_text_token_mapping && {
        embeddings: new Tensor('float32', embeddings, [1, tokens, width]),
        quoted: new Tensor('float32', quoted, [1, tokens, 1]),
      }),
    });
    return { parts };
  }

  /** @param conditions Of each pass. @param time Sinusoid of the time. */
  async contexts(conditions: readonly Condition[], time: Float32Array): Promise<Context[]> {
    this.#expectAll(conditions);
    const results = await this.#context.run({
      ...eachPass(conditions, ({ parts }) => parts),
      time: new Tensor('float32', time, [1, time.length]),
    });
    return conditions.map((_, pass) => ({
      context: results[nameIn(pass, 'context')] as Tensor,
      embedding: results[nameIn(pass, 'embedding')] as Tensor,
    }));
  }

  /**
   * @param latents [tokens, channels], as `source` is.
   * @param contexts Of each pass.
   * @param turns Of each pass, rotations of text, latents and source, in this order.
   * @returns Of each pass, [tokens, channels].
   */
  async velocities(
    latents: Float32Array,
    source: Float32Array,
    contexts: readonly Context[],
    turns: readonly Rotations[],
  ): Promise<Float32Array[]> {
    this.#expectAll(contexts);
    this.#expectAll(turns);
    const channels = this.config.in_channels;
    const half = this.config.attention_head_dim / 2;
    const tokens = (values: Float32Array): Tensor =>
      new Tensor('float32', values, [1, values.length / channels, channels]);
    const turn = (values: Float32Array): Tensor =>
      new Tensor('float32', values, [1, values.length / half, half]);
    const results = await this.#denoiser.run({
      latents: tokens(latents),
      source: tokens(source),
      ...eachPass(contexts, ({ context, embedding }) => ({ context, embedding })),
      ...eachPass(turns, ({ cosine, sine }) => ({ cosine: turn(cosine), sine: turn(sine) })),
    });
    return contexts.map((_, pass) => floats(results[nameIn(pass, 'velocity')]));
  }

  #expectAll({ length }: readonly unknown[]): void {
    if (length !== this.passes) throw new RangeError(`a run makes ${this.passes} passes`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of [this.#denoiser, this.#context, this.#condition]) await session.release();
  }
}

/** The autoencoder: between pictures and latents. */
export class Autoencoder implements AsyncDisposable {
  readonly config: AutoencoderConfig;
  readonly #encoder: InferenceSession;
  readonly #decoder: InferenceSession;

  private constructor(config: AutoencoderConfig, sessions: readonly InferenceSession[]) {
    this.config = config;
    [this.#encoder, this.#decoder] = sessions as [InferenceSession, InferenceSession];
  }

  /** @param folder The checkpoint's, with its graphs written. */
  static async open(
    folder: string,
    config: AutoencoderConfig,
    settings: SessionSettings,
  ): Promise<Autoencoder> {
    const { encoder, decoder } = EDITOR_GRAPHS;
    const all = { ...settings, copyWeights: true };
    return new Autoencoder(config, await openAll(folder, [encoder, decoder], all));
  }

  /**
   * @param planes [3, height, width] of -1 to 1.
   * @param noise Normal numbers to draw a sample with, [channels, rows, columns]; without them the likeliest latents
   *   are given.
   * @returns Latents as the transformer takes them, shifted and scaled, [channels, rows, columns].
   */
  async encode(
    planes: Float32Array,
    { width, height }: Size,
    noise?: Float32Array,
  ): Promise<Float32Array> {
    const { mean, deviation } = await this.#encoder.run({
      pixels: new Tensor('float32', planes, [1, 3, height, width]),
    });
    const { scaling_factor: scale, shift_factor: shift } = this.config;
    const [likeliest, spread] = [floats(mean), floats(deviation)];
    return likeliest.map((value, index) => {
      const drawn = noise ? (spread[index] as number) * (noise[index] as number) : 0;
      return (value + drawn - shift) * scale;
    });
  }

  /** The inverse: [channels, rows, columns] → [3, height, width]. */
  async decode(
    latents: Float32Array,
    { channels, rows, columns }: LatentSize,
  ): Promise<Float32Array> {
    const { scaling_factor: scale, shift_factor: shift } = this.config;
    const plain = latents.map((value) => value / scale + shift);
    const { pixels } = await this.#decoder.run({
      latents: new Tensor('float32', plain, [1, channels, rows, columns]),
    });
    return floats(pixels);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of [this.#decoder, this.#encoder]) await session.release();
  }
}

/** Inputs of all passes, by the names that they have in each. */
function eachPass<T>(
  passes: readonly T[],
  inputsOf: (pass: T) => InferenceSession.OnnxValueMapType,
): InferenceSession.OnnxValueMapType {
  return Object.fromEntries(
    passes.flatMap((one, pass) =>
      Object.entries(inputsOf(one)).map(([name, value]) => [nameIn(pass, name), value]),
    ),
  );
}

const floats = (tensor: InferenceSession.OnnxValueMapType[string] | undefined): Float32Array =>
  tensor?.data as Float32Array;

/** Both models of the editor. */
export class Painter implements AsyncDisposable {
  readonly transformer: Transformer;
  readonly autoencoder: Autoencoder;

  private constructor(transformer: Transformer, autoencoder: Autoencoder) {
    this.transformer = transformer;
    this.autoencoder = autoencoder;
  }

  /** @param folder The checkpoint's, with its graphs written. @param passes Of the transformer, in one run. */
  static async open(
    folder: string,
    configs: { readonly transformer: TransformerConfig; readonly vae: AutoencoderConfig },
    passes: PassCount,
    settings: SessionSettings,
  ): Promise<Painter> {
    const transformer = await Transformer.open(folder, configs.transformer, passes, settings);
    try {
      return new Painter(transformer, await Autoencoder.open(folder, configs.vae, settings));
    } catch (error) {
      await transformer[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.autoencoder[Symbol.asyncDispose]();
    await this.transformer[Symbol.asyncDispose]();
  }
}

/** Opens sessions one after the other; when one fails, those before it are released. */
async function openAll(
  folder: string,
  files: readonly string[],
  settings: SessionSettings,
): Promise<InferenceSession[]> {
  const sessions: InferenceSession[] = [];
  try {
    for (const file of files) sessions.push(await openSession(join(folder, file), settings));
    return sessions;
  } catch (error) {
    for (const session of sessions) await session.release();
    throw error;
  }
}
