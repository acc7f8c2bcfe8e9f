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
import { innerSize, type TransformerConfig } from './transformer-config.ts';

const EPSILON = 1e-6;

/**
 * The diffusion transformer (FLUX.1's shape): the velocity of the noisy tokens.
 *
 * In, float32: `latents` [1, noisy, channels], `source` [1, clean, channels], `context` [1, text, inner],
 * `embedding` [1, inner], `cosine` and `sine` [1, text + noisy + clean, head / 2], the rotations of each token in that
 * order. Out, float32: `velocity` [1, noisy, channels].
 */
export function buildDenoiserGraph(
  config: TransformerConfig,
  weights: Weights,
  type: FloatType,
): GraphBuilder {
  const graph = new GraphBuilder('denoiser');
  const take = (name: string, shape: (number | string)[]): Value => {
    const value = graph.input(name, 'float32', shape);
    return type === 'float32' ? value : graph.cast(value, type);
  };
  const inner = innerSize(config);
  const half = config.attention_head_dim / 2;
  const latents = take('latents', [1, 'noisy', config.in_channels]);
  const source = take('source', [1, 'clean', config.in_channels]);
  let text = take('context', [1, 'text', inner]);
  const embedding = take('embedding', [1, inner]);
  const blocks = new Blocks(
    config,
    { graph, weights, type },
    silu({ graph, weights, type }, embedding),
    {
      cosine: take('cosine', [1, 'tokens', half]),
      sine: take('sine', [1, 'tokens', half]),
    },
  );
  const { scope } = blocks;

  const both = graph.op('Concat', [latents, source], { axis: 1 });
  let image = linear(scope, both, 'x_embedder');
  for (let index = 0; index < config.num_layers; index++) {
    ({ text, image } = blocks.double(`transformer_blocks.${index}`, text, image));
  }
  const textLength = blocks.length(text);
  let tokens = graph.op('Concat', [text, image], { axis: 1 });
  for (let index = 0; index < config.num_single_layers; index++) {
    tokens = blocks.single(`single_transformer_blocks.${index}`, tokens);
  }
  const end = graph.op('Add', [textLength, blocks.length(latents)]);
  const noisy = graph.op('Slice', [tokens, textLength, end, graph.int64(1)]);
  const velocity = linear(scope, blocks.normOut(noisy), 'proj_out');
  graph.output(
    'velocity',
    type === 'float32' ? velocity : graph.cast(velocity, 'float32'),
    'float32',
    [1, 'noisy', config.in_channels],
  );
  return graph;
}

/** Scale and shift of a normalization, and the gate of what follows, all made of the embedding. */
interface Modulation {
  readonly shift: Value;
  readonly scale: Value;
  readonly gate: Value;
}

/** The blocks of the transformer; all of them see the same embedding and rotations. */
class Blocks {
  readonly #config: TransformerConfig;
  readonly scope: Scope;
  readonly #embedding: Value;
  readonly #rotation: { readonly cosine: Value; readonly sine: Value };
  readonly #one: Value;

  constructor(
    config: TransformerConfig,
    scope: Scope,
    /** [1, inner], after its activation. */
    embedding: Value,
    rotation: { readonly cosine: Value; readonly sine: Value },
  ) {
    this.#config = config;
    this.scope = scope;
    this.#embedding = embedding;
    this.#rotation = rotation;
    this.#one = scope.graph.scalar(scope.type, 1);
  }

  /** A block in which text and image have weights of their own and attend to each other. */
  double(name: string, text: Value, image: Value): { text: Value; image: Value } {
    const { scope } = this;
    const { graph } = scope;
    const [imageIn, imageOut] = this.#modulations(`${name}.norm1.linear`, 2);
    const [textIn, textOut] = this.#modulations(`${name}.norm1_context.linear`, 2);
    if (!imageIn || !imageOut || !textIn || !textOut) throw new RangeError('two of each');

    const fromImage = this.#modulate(image, imageIn);
    const fromText = this.#modulate(text, textIn);
    const joined = (textPart: Value, imagePart: Value): Value =>
      graph.op('Concat', [textPart, imagePart], { axis: 1 });
    const attn = `${name}.attn`;
    const attended = attention(
      scope,
      this.#rotate(
        joined(
          this.#heads(linear(scope, fromText, `${attn}.add_q_proj`), `${attn}.norm_added_q`),
          this.#heads(linear(scope, fromImage, `${attn}.to_q`), `${attn}.norm_q`),
        ),
      ),
      this.#rotate(
        joined(
          this.#heads(linear(scope, fromText, `${attn}.add_k_proj`), `${attn}.norm_added_k`),
          this.#heads(linear(scope, fromImage, `${attn}.to_k`), `${attn}.norm_k`),
        ),
      ),
      joined(
        linear(scope, fromText, `${attn}.add_v_proj`),
        linear(scope, fromImage, `${attn}.to_v`),
      ),
      this.#config.num_attention_heads,
    );
    const textLength = this.length(text);
    const last = graph.int64(Number.MAX_SAFE_INTEGER);
    const axis = graph.int64(1);
    const textAttended = graph.op('Slice', [attended, graph.int64(0), textLength, axis]);
    const imageAttended = graph.op('Slice', [attended, textLength, last, axis]);
    const textHalf = this.#add(text, linear(scope, textAttended, `${attn}.to_add_out`), textIn);
    const imageHalf = this.#add(image, linear(scope, imageAttended, `${attn}.to_out.0`), imageIn);
    return {
      text: this.#feedForward(textHalf, `${name}.ff_context`, textOut),
      image: this.#feedForward(imageHalf, `${name}.ff`, imageOut),
    };
  }

  /** A block with one set of weights for all tokens, whose attention and MLP run side by side. */
  single(name: string, tokens: Value): Value {
    const { scope } = this;
    const [modulation] = this.#modulations(`${name}.norm.linear`, 1);
    if (!modulation) throw new RangeError('one is made');
    const normal = this.#modulate(tokens, modulation);
    const attn = `${name}.attn`;
    const attended = attention(
      scope,
      this.#rotate(this.#heads(linear(scope, normal, `${attn}.to_q`), `${attn}.norm_q`)),
      this.#rotate(this.#heads(linear(scope, normal, `${attn}.to_k`), `${attn}.norm_k`)),
      linear(scope, normal, `${attn}.to_v`),
      this.#config.num_attention_heads,
    );
    const inside = geluTanh(scope, linear(scope, normal, `${name}.proj_mlp`));
    const joined = scope.graph.op('Concat', [attended, inside], { axis: 2 });
    return this.#add(tokens, linear(scope, joined, `${name}.proj_out`), modulation);
  }

  /** The last normalization; its scale comes before its shift. */
  normOut(tokens: Value): Value {
    const parts = split(this.scope, linear(this.scope, this.#embedding, 'norm_out.linear'), 2, -1);
    const [scale, shift] = parts as [Value, Value];
    return this.#modulate(tokens, { scale, shift });
  }

  /** The size of axis 1, [1]. */
  length(tokens: Value): Value {
    return this.scope.graph.op('Shape', [tokens], { start: 1, end: 2 });
  }

  #modulations(name: string, count: number): Modulation[] {
    const parts = split(this.scope, linear(this.scope, this.#embedding, name), 3 * count, -1);
    return Array.from({ length: count }, (_, index) => {
      const [shift, scale, gate] = parts.slice(3 * index) as [Value, Value, Value];
      return { shift, scale, gate };
    });
  }

  /** Normalizes, scales and shifts in one node: the batch is one, so that both are vectors. */
  #modulate(tokens: Value, { shift, scale }: Omit<Modulation, 'gate'>): Value {
    const { graph } = this.scope;
    const vector = (value: Value): Value => graph.op('Reshape', [value, graph.int64(-1)]);
    const factor = graph.op('Add', [vector(scale), this.#one]);
    return layerNorm(this.scope, tokens, factor, vector(shift), EPSILON);
  }

  #add(tokens: Value, change: Value, { gate }: Modulation): Value {
    const { graph } = this.scope;
    return graph.op('Add', [tokens, graph.op('Mul', [change, gate])]);
  }

  #feedForward(tokens: Value, name: string, modulation: Modulation): Value {
    const normal = this.#modulate(tokens, modulation);
    const inside = geluTanh(this.scope, linear(this.scope, normal, `${name}.net.0.proj`));
    return this.#add(tokens, linear(this.scope, inside, `${name}.net.2`), modulation);
  }

  /** Normalizes each head: [1, tokens, inner] → the same. */
  #heads(x: Value, name: string): Value {
    const { graph } = this.scope;
    const { num_attention_heads: heads, attention_head_dim: size } = this.#config;
    const parted = graph.op('Reshape', [x, graph.int64(0, 0, heads, size)]);
    const normal = rmsNorm(this.scope, parted, name, EPSILON);
    return graph.op('Reshape', [normal, graph.int64(0, 0, heads * size)]);
  }

  #rotate(x: Value): Value {
    const { cosine, sine } = this.#rotation;
    return this.scope.graph.op('RotaryEmbedding', [x, cosine, sine], {
      interleaved: 1,
      num_heads: this.#config.num_attention_heads,
    });
  }
}
