import { GraphBuilder, type Value } from '../onnx/graph-builder.ts';
import {
  attention,
  geluTanh,
  layerNorm,
  linear,
  rmsNorm,
  silu,
  split,
  type Scope,
} from '../onnx/layers.ts';
import type { FloatType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import { nameIn, Passes, type PassCount } from './passes.ts';
import { innerSize, type TransformerConfig } from './transformer-config.ts';

const EPSILON = 1e-6;

/**
 * The diffusion transformer (FLUX.1's shape): the velocity of the noisy tokens, in one pass or in two at once.
 *
 * In, float32: `latents` [1, noisy, channels] and `source` [1, clean, channels], the same for all passes; for each
 * pass, by `nameIn`, `context` [1, text, inner], `embedding` [1, inner], `cosine` and `sine`
 * [1, text + noisy + clean, head / 2], the rotations of each token in that order. Out, float32, for each pass:
 * `velocity` [1, noisy, channels].
 */
export function buildDenoiserGraph(
  config: TransformerConfig,
  weights: Weights,
  type: FloatType,
  count: PassCount,
): GraphBuilder {
  const graph = new GraphBuilder('denoiser');
  const scope: Scope = { graph, weights, type };
  const passes = new Passes(graph, count);
  const take = (name: string, shape: (number | string)[]): Value => {
    const value = graph.input(name, 'float32', shape);
    return type === 'float32' ? value : graph.cast(value, type);
  };
  const inner = innerSize(config);
  const half = config.attention_head_dim / 2;
  const latents = take('latents', [1, 'noisy', config.in_channels]);
  const source = take('source', [1, 'clean', config.in_channels]);
  let text = passes.each((pass) => take(nameIn(pass, 'context'), [1, nameIn(pass, 'text'), inner]));
  const embedding = passes.stack(
    passes.each((pass) => take(nameIn(pass, 'embedding'), [1, inner])),
  );
  const rotations = passes.each((pass) => ({
    cosine: take(nameIn(pass, 'cosine'), [1, nameIn(pass, 'tokens'), half]),
    sine: take(nameIn(pass, 'sine'), [1, nameIn(pass, 'tokens'), half]),
  }));
  const blocks = new Blocks(config, scope, passes, silu(scope, embedding), rotations);

  const both = graph.op('Concat', [latents, source], { axis: 1 });
  const embedded = linear(scope, both, 'x_embedder');
  let image = passes.each(() => embedded);
  const lengths = { text: passes.lengths(text), image: passes.lengths(image) };
  for (let index = 0; index < config.num_layers; index++) {
    ({ text, image } = blocks.double(`transformer_blocks.${index}`, { text, image }, lengths));
  }
  const starts = text.map((part) => blocks.length(part));
  let tokens = passes.each((pass) => blocks.concat(text[pass], image[pass]));
  const tokenLengths = passes.lengths(tokens);
  for (let index = 0; index < config.num_single_layers; index++) {
    tokens = blocks.single(`single_transformer_blocks.${index}`, tokens, tokenLengths);
  }
  const noisyLength = blocks.length(latents);
  const noisy = tokens.map((part, pass) => {
    const end = graph.op('Add', [starts[pass], noisyLength]);
    return graph.op('Slice', [part, starts[pass], end, graph.int64(1)]);
  });
  const velocities = linear(scope, passes.join(blocks.normOut(noisy)), 'proj_out');
  passes.part(velocities, passes.lengths(noisy)).forEach((velocity, pass) => {
    graph.output(
      nameIn(pass, 'velocity'),
      type === 'float32' ? velocity : graph.cast(velocity, 'float32'),
      'float32',
      [1, 'noisy', config.in_channels],
    );
  });
  return graph;
}

/** Scale and shift of a normalization, and the gate of what follows, all made of the embedding. */
interface Modulation {
  readonly shift: Value;
  readonly scale: Value;
  readonly gate: Value;
}

/** Tokens of text and image, of each pass. */
interface Streams {
  readonly text: Value[];
  readonly image: Value[];
}

interface Rotation {
  readonly cosine: Value;
  readonly sine: Value;
}

/** The blocks of the transformer; all of them see the same embeddings and rotations. */
class Blocks {
  readonly #config: TransformerConfig;
  readonly #scope: Scope;
  readonly #passes: Passes;
  readonly #embedding: Value;
  readonly #rotations: readonly Rotation[];
  readonly #one: Value;

  constructor(
    config: TransformerConfig,
    scope: Scope,
    passes: Passes,
    /** [passes, inner], after its activation. */
    embedding: Value,
    /** Of each pass. */
    rotations: readonly Rotation[],
  ) {
    this.#config = config;
    this.#scope = scope;
    this.#passes = passes;
    this.#embedding = embedding;
    this.#rotations = rotations;
    this.#one = scope.graph.scalar(scope.type, 1);
  }

  /** A block in which text and image have weights of their own and attend to each other. */
  double(
    name: string,
    { text, image }: Streams,
    lengths: { readonly text: Value; readonly image: Value },
  ): Streams {
    const scope = this.#scope;
    const { graph } = scope;
    const passes = this.#passes;
    const [imageIn, imageOut] = this.#modulations(`${name}.norm1.linear`, 2);
    const [textIn, textOut] = this.#modulations(`${name}.norm1_context.linear`, 2);
    if (!imageIn || !imageOut || !textIn || !textOut) throw new RangeError('two of each');

    const fromImage = this.#modulate(image, imageIn);
    const fromText = this.#modulate(text, textIn);
    const attn = `${name}.attn`;
    const ofBoth = (textPart: Value, imagePart: Value): Value[] => {
      const texts = passes.part(textPart, lengths.text);
      const images = passes.part(imagePart, lengths.image);
      return passes.each((pass) => this.concat(texts[pass], images[pass]));
    };
    const attended = this.#attend(
      ofBoth(
        this.#heads(linear(scope, fromText, `${attn}.add_q_proj`), `${attn}.norm_added_q`),
        this.#heads(linear(scope, fromImage, `${attn}.to_q`), `${attn}.norm_q`),
      ),
      ofBoth(
        this.#heads(linear(scope, fromText, `${attn}.add_k_proj`), `${attn}.norm_added_k`),
        this.#heads(linear(scope, fromImage, `${attn}.to_k`), `${attn}.norm_k`),
      ),
      ofBoth(
        linear(scope, fromText, `${attn}.add_v_proj`),
        linear(scope, fromImage, `${attn}.to_v`),
      ),
    );
    const last = graph.int64(Number.MAX_SAFE_INTEGER);
    const axis = graph.int64(1);
    const textAttended = attended.map((part, pass) =>
      graph.op('Slice', [part, graph.int64(0), this.length(text[pass]), axis]),
    );
    const imageAttended = attended.map((part, pass) =>
      graph.op('Slice', [part, this.length(text[pass]), last, axis]),
    );
    const textChange = linear(scope, passes.join(textAttended), `${attn}.to_add_out`);
    const imageChange = linear(scope, passes.join(imageAttended), `${attn}.to_out.0`);
    const textHalf = this.#add(text, passes.part(textChange, lengths.text), textIn);
    const imageHalf = this.#add(image, passes.part(imageChange, lengths.image), imageIn);
    return {
      text: this.#feedForward(textHalf, `${name}.ff_context`, textOut, lengths.text),
      image: this.#feedForward(imageHalf, `${name}.ff`, imageOut, lengths.image),
    };
  }

  /** A block with one set of weights for all tokens, whose attention and MLP run side by side. */
  single(name: string, tokens: readonly Value[], lengths: Value): Value[] {
    const scope = this.#scope;
    const passes = this.#passes;
    const [modulation] = this.#modulations(`${name}.norm.linear`, 1);
    if (!modulation) throw new RangeError('one is made');
    const normal = this.#modulate(tokens, modulation);
    const attn = `${name}.attn`;
    const query = this.#heads(linear(scope, normal, `${attn}.to_q`), `${attn}.norm_q`);
    const key = this.#heads(linear(scope, normal, `${attn}.to_k`), `${attn}.norm_k`);
    const value = linear(scope, normal, `${attn}.to_v`);
    const attended = this.#attend(
      passes.part(query, lengths),
      passes.part(key, lengths),
      passes.part(value, lengths),
    );
    const inside = geluTanh(scope, linear(scope, normal, `${name}.proj_mlp`));
    const joined = scope.graph.op('Concat', [passes.join(attended), inside], { axis: 2 });
    const change = passes.part(linear(scope, joined, `${name}.proj_out`), lengths);
    return this.#add(tokens, change, modulation);
  }

  /** The last normalization, of each pass; its scale comes before its shift. */
  normOut(tokens: readonly Value[]): Value[] {
    const made = linear(this.#scope, this.#embedding, 'norm_out.linear');
    const [scales, shifts] = split(this.#scope, made, 2, -1).map((part) => this.#passes.rows(part));
    return tokens.map((part, pass) => {
      const [scale, shift] = [scales?.[pass], shifts?.[pass]] as [Value, Value];
      return this.#normalize(part, { scale, shift });
    });
  }

  /** The size of axis 1, [1]. */
  length(tokens: Value | undefined): Value {
    return this.#scope.graph.op('Shape', [tokens], { start: 1, end: 2 });
  }

  /** Tokens of one pass, text before image. */
  concat(text: Value | undefined, image: Value | undefined): Value {
    return this.#scope.graph.op('Concat', [text, image], { axis: 1 });
  }

  /** `count` modulations, each of them for each pass. */
  #modulations(name: string, count: number): Modulation[][] {
    const made = linear(this.#scope, this.#embedding, name);
    const parts = split(this.#scope, made, 3 * count, -1).map((part) => this.#passes.rows(part));
    return Array.from({ length: count }, (_, index) =>
      this.#passes.each((pass) => {
        const [shift, scale, gate] = parts.slice(3 * index).map((rows) => rows[pass]);
        return { shift, scale, gate } as Modulation;
      }),
    );
  }

  /** Tokens of each pass, modulated and then joined. */
  #modulate(tokens: readonly Value[], modulations: readonly Modulation[]): Value {
    return this.#passes.join(
      tokens.map((part, pass) => this.#normalize(part, modulations[pass] as Modulation)),
    );
  }

  /** Normalizes, scales and shifts in one node: the batch is one, so that both are vectors. */
  #normalize(tokens: Value, { shift, scale }: Omit<Modulation, 'gate'>): Value {
    const { graph } = this.#scope;
    const vector = (value: Value): Value => graph.op('Reshape', [value, graph.int64(-1)]);
    const factor = graph.op('Add', [vector(scale), this.#one]);
    return layerNorm(this.#scope, tokens, factor, vector(shift), EPSILON);
  }

  #add(
    tokens: readonly Value[],
    changes: readonly Value[],
    modulations: readonly Modulation[],
  ): Value[] {
    const { graph } = this.#scope;
    return tokens.map((part, pass) =>
      graph.op('Add', [part, graph.op('Mul', [changes[pass], modulations[pass]?.gate])]),
    );
  }

  #feedForward(
    tokens: readonly Value[],
    name: string,
    modulations: readonly Modulation[],
    lengths: Value,
  ): Value[] {
    const scope = this.#scope;
    const normal = this.#modulate(tokens, modulations);
    const inside = geluTanh(scope, linear(scope, normal, `${name}.net.0.proj`));
    const change = linear(scope, inside, `${name}.net.2`);
    return this.#add(tokens, this.#passes.part(change, lengths), modulations);
  }

  /** Normalizes each head: [1, tokens, inner] → the same. */
  #heads(x: Value, name: string): Value {
    const { graph } = this.#scope;
    const { num_attention_heads: heads, attention_head_dim: size } = this.#config;
    const parted = graph.op('Reshape', [x, graph.int64(0, 0, heads, size)]);
    const normal = rmsNorm(this.#scope, parted, name, EPSILON);
    return graph.op('Reshape', [normal, graph.int64(0, 0, heads * size)]);
  }

  /** Attention of the tokens of each pass among themselves; queries and keys are rotated first. */
  #attend(queries: readonly Value[], keys: readonly Value[], values: readonly Value[]): Value[] {
    return this.#passes.each((pass) => {
      const [query, key, value] = [queries[pass], keys[pass], values[pass]] as [
        Value,
        Value,
        Value,
      ];
      const rotation = this.#rotations[pass] as Rotation;
      return attention(
        this.#scope,
        this.#rotate(query, rotation),
        this.#rotate(key, rotation),
        value,
        this.#config.num_attention_heads,
      );
    });
  }

  #rotate(x: Value, { cosine, sine }: Rotation): Value {
    return this.#scope.graph.op('RotaryEmbedding', [x, cosine, sine], {
      interleaved: 1,
      num_heads: this.#config.num_attention_heads,
    });
  }
}
