import { Tensor, type InferenceSession } from 'onnxruntime-node';

import { openSession, type SessionSettings } from '../onnx/session.ts';
import type { FloatType } from '../onnx/types.ts';
import type { QwenConfig } from './config.ts';
import { emptyCache, type CacheShape, type KeyValueCache } from './key-value-cache.ts';
import { cacheType, headSize } from './text-graph.ts';

/** Tokens to read, where they go on from `cache`. */
export interface Reading {
  /** The new tokens; those of pictures are the image token. */
  readonly tokens: readonly number[];
  /** [pictures' tokens among them, width], in their order. */
  readonly features: Float32Array;
  /** [3, new tokens]. */
  readonly positions: readonly [readonly number[], readonly number[], readonly number[]];
  /** The position of the first token that is written. */
  readonly nextPosition: number;
  readonly cache: KeyValueCache;
}

/** How tokens are chosen. */
export interface Sampling {
  /** More than 0. */
  readonly temperature: number;
  /** 0 to 1; 0 takes the likeliest token always. */
  readonly topP: number;
  /** 1: none. */
  readonly penalty: number;
}

export const GREEDY = { temperature: 1, topP: 0, penalty: 1 } as const satisfies Sampling;

export interface Writing {
  /** At least one; the last is a stop token where it came to one. */
  readonly chosen: readonly number[];
  /** Holds all that was read, and all but the last that was chosen. */
  readonly cache: KeyValueCache;
}

/** Reads prompts and writes tokens. Keeps nothing between two calls. */
export class TextModel implements AsyncDisposable {
  readonly #session: InferenceSession;
  readonly #config: QwenConfig;
  readonly #cacheShape: CacheShape;

  private constructor(session: InferenceSession, config: QwenConfig, type: FloatType) {
    this.#session = session;
    this.#config = config;
    this.#cacheShape = {
      layers: config.text.num_hidden_layers,
      heads: config.text.num_key_value_heads,
      headSize: headSize(config.text),
      type: cacheType(type),
    };
  }

  /** @param path Of the graph that `buildTextGraph` made for this `type`. */
  static async open(
    path: string,
    config: QwenConfig,
    type: FloatType,
    settings: SessionSettings,
  ): Promise<TextModel> {
    return new TextModel(await openSession(path, settings), config, type);
  }

  get config(): QwenConfig {
    return this.#config;
  }

  get nothing(): KeyValueCache {
    return emptyCache(this.#cacheShape);
  }

  /**
   * Reads, and writes a token for each of `uniforms` or up to a stop token.
   * @param uniforms At least one, each 0 to 1.
   * @param seen Tokens that count as said before.
   */
  async write(
    reading: Reading,
    uniforms: Float32Array,
    sampling: Sampling,
    seen: Iterable<number>,
  ): Promise<Writing> {
    const { layers } = this.#cacheShape;
    const names = cacheNames('present', layers);
    const results = await this.#run(reading, uniforms, sampling, seen, ['chosen', ...names]);
    const tensors = names.map((name) => results[name] as Tensor);
    return {
      chosen: Array.from(results['chosen']?.data as BigInt64Array, Number),
      cache: { tokens: tensors[0]?.dims[2] ?? 0, tensors },
    };
  }

  /**
   * Reads alone.
   * @returns The last layer's output, normed, and what the first layer took, both [new tokens, width].
   */
  async read(reading: Reading): Promise<{ hidden: Float32Array; embeddings: Float32Array }> {
    const results = await this.#run(
      reading,
      Float32Array.of(0),
      GREEDY,
      [],
      ['hidden', 'embeddings'],
    );
    return {
      hidden: results['hidden']?.data as Float32Array,
      embeddings: results['embeddings']?.data as Float32Array,
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#session.release();
  }

  #run(
    { tokens, features, positions, nextPosition, cache }: Reading,
    uniforms: Float32Array,
    { temperature, topP, penalty }: Sampling,
    seen: Iterable<number>,
    wanted: readonly string[],
  ): Promise<InferenceSession.OnnxValueMapType> {
    const { text, imageToken, generation } = this.#config;
    // The model may write this token itself: without a picture's features it is a word as others are.
    const pictured = features.length / text.hidden_size;
    const places = tokens
      .flatMap((token, place) => (token === imageToken ? [place] : []))
      .slice(0, pictured);
    const mask = new Uint8Array(text.vocab_size);
    for (const token of seen) mask[token] = 1;
    const pasts = cacheNames('past', this.#cacheShape.layers);
    return this.#session.run(
      {
        tokens: int64(tokens),
        features: new Tensor('float32', features, [places.length, text.hidden_size]),
        feature_places: int64(places, [places.length, 1]),
        positions: int64(positions.flat(), [3, tokens.length]),
        next_position: int64([nextPosition]),
        ...Object.fromEntries(pasts.map((name, index) => [name, cache.tensors[index] as Tensor])),
        limit: int64([uniforms.length], []),
        uniforms: new Tensor('float32', uniforms, [uniforms.length]),
        temperature: scalar(temperature),
        top_p: scalar(topP),
        penalty: scalar(penalty),
        seen: new Tensor('bool', mask, [text.vocab_size]),
        stop_tokens: int64(generation.stopTokens),
      },
      wanted,
    );
  }
}

const cacheNames = (time: 'past' | 'present', layers: number): string[] =>
  Array.from({ length: layers }, (_, layer) => [
    `${time}_key_${layer}`,
    `${time}_value_${layer}`,
  ]).flat();

const scalar = (value: number): Tensor => new Tensor('float32', Float32Array.of(value), []);

const int64 = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
