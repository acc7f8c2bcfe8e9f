import { GraphBuilder, type Value } from '../onnx/graph-builder.ts';
import {
  attention,
  layerNorm,
  linear,
  parameter,
  silu,
  split,
  type Scope,
} from '../onnx/layers.ts';
import type { FloatType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import { nameIn, Passes, type PassCount } from './passes.ts';
import { innerSize, type TransformerConfig } from './transformer-config.ts';

const NORM_EPSILON = 1e-6;

/**
 * The part of the connector that does not depend on the time: once for each instruction.
 *
 * In, float32: `hidden` and `embeddings` [1, text, width of the text encoder], `quoted` [1, text, 1], 1 where a
 * token is quoted text, else 0. Out, float32: `tokens` [1, text, connector], `summary` [1, connector],
 * `vector` [1, inner], and `mapped` [1, text, connector] where the checkpoint maps quoted text.
 */
export function buildConditionGraph(
  config: TransformerConfig,
  weights: Weights,
  type: FloatType,
): GraphBuilder {
  const graph = new GraphBuilder('condition');
  const scope: Scope = { graph, weights, type };
  const width = config.connector_in_channels;
  const give = (name: string, value: Value, shape: (number | string)[]): void =>
    graph.output(name, toFloat32(scope, value), 'float32', shape);

  const given = graph.input('hidden', 'float32', [1, 'text', width]);
  const hidden = fromFloat32(scope, given);
  // Summed in float32: hundreds of tokens are too many for narrow floats.
  const mean = fromFloat32(scope, graph.op('ReduceMean', [given, graph.int64(1)], { keepdims: 0 }));
  give('tokens', linear(scope, hidden, 'connector.S.input_embedder'), [
    1,
    'text',
    config.connector_hidden_size,
  ]);
  const summary = linear(scope, mean, 'connector.S.c_embedder.linear_1');
  give('summary', linear(scope, silu(scope, summary), 'connector.S.c_embedder.linear_2'), [
    1,
    config.connector_hidden_size,
  ]);
  const pooled = linear(scope, mean, 'connector.global_proj_out');
  const vector = silu(scope, linear(scope, pooled, 'vec_embed.in_layer'));
  give('vector', linear(scope, vector, 'vec_embed.out_layer'), [1, innerSize(config)]);

  if (config.enable_text_token_mapping) {
    const embeddings = fromFloat32(scope, graph.input('embeddings', 'float32', [1, 'text', width]));
    const quoted = fromFloat32(scope, graph.input('quoted', 'float32', [1, 'text', 1]));
    const mapped = linear(scope, embeddings, 'text_token_mapping');
    give('mapped', graph.op('Mul', [mapped, quoted]), [1, 'text', config.joint_attention_dim]);
  }
  return graph;
}

/**
 * The part of the connector that depends on the time: once a step, for one pass or for two at once.
 *
 * In, float32: what the condition graph gave, of each pass, by `nameIn`, and `time` [1, time size], a sinusoid of the
 * step's time. Out, float32, of each pass: `context` [1, text, inner] and `embedding` [1, inner], as the
 * transformer takes them.
 */
export function buildContextGraph(
  config: TransformerConfig,
  weights: Weights,
  type: FloatType,
  count: PassCount,
): GraphBuilder {
  const graph = new GraphBuilder('context');
  const scope: Scope = { graph, weights, type };
  const passes = new Passes(graph, count);
  const size = config.connector_hidden_size;
  const take = (name: string, shape: (number | string)[]): Value =>
    fromFloat32(scope, graph.input(name, 'float32', shape));
  const takeEach = (name: string, ...shape: (number | string)[]): Value[] =>
    passes.each((pass) =>
      take(
        nameIn(pass, name),
        shape.map((axis) => (axis === 'text' ? nameIn(pass, axis) : axis)),
      ),
    );

  let tokens = takeEach('tokens', 1, 'text', size);
  const summary = passes.stack(takeEach('summary', 1, size));
  const vector = passes.stack(takeEach('vector', 1, innerSize(config)));
  const time = take('time', [1, config.timestep_in_dim]);

  const lengths = passes.lengths(tokens);
  const refinerTime = linear(
    scope,
    silu(scope, linear(scope, time, 'connector.S.t_embedder.mlp.0')),
    'connector.S.t_embedder.mlp.2',
  );
  const control = silu(scope, graph.op('Add', [refinerTime, summary]));
  const refiner = new Refiner(scope, passes, control, lengths, config.connector_heads_num);
  for (let block = 0; block < config.connector_depth; block++) {
    tokens = refiner.block(`connector.S.individual_token_refiner.blocks.${block}`, tokens);
  }
  let refined = passes.join(tokens);
  if (config.enable_text_token_mapping) {
    const mapped = passes.join(takeEach('mapped', 1, 'text', config.joint_attention_dim));
    refined = graph.op('Add', [refined, mapped]);
  }
  const contexts = passes.part(linear(scope, refined, 'context_embedder'), lengths);
  const transformerTime = linear(
    scope,
    silu(scope, linear(scope, time, 'time_embed.in_layer')),
    'time_embed.out_layer',
  );
  const embeddings = passes.rows(graph.op('Add', [transformerTime, vector]));
  const inner = innerSize(config);
  const give = (pass: number, name: string, value: Value, shape: (number | string)[]): void =>
    graph.output(nameIn(pass, name), toFloat32(scope, value), 'float32', shape);
  contexts.forEach((context, pass) =>
    give(pass, 'context', context, [1, nameIn(pass, 'text'), inner]),
  );
  embeddings.forEach((embedding, pass) => give(pass, 'embedding', embedding, [1, inner]));
  return graph;
}

/** The blocks of the token refiner; `control` gives the gates of their two halves. */
class Refiner {
  readonly #scope: Scope;
  readonly #passes: Passes;
  readonly #control: Value;
  readonly #lengths: Value;
  readonly #heads: number;

  constructor(
    scope: Scope,
    passes: Passes,
    /** [passes, connector]. */
    control: Value,
    /** Of the tokens of each pass. */
    lengths: Value,
    heads: number,
  ) {
    this.#scope = scope;
    this.#passes = passes;
    this.#control = control;
    this.#lengths = lengths;
    this.#heads = heads;
  }

  /** @param tokens Of each pass. */
  block(name: string, tokens: readonly Value[]): Value[] {
    const scope = this.#scope;
    const passes = this.#passes;
    const gates = split(scope, linear(scope, this.#control, `${name}.adaLN_modulation.1`), 2, -1);
    const normal = this.#norm(passes.join(tokens), `${name}.norm1`);
    const joined = linear(scope, normal, `${name}.self_attn_qkv`);
    const attended = passes.part(joined, this.#lengths).map((part) => {
      const [query, key, value] = split(scope, part, 3, -1) as [Value, Value, Value];
      return attention(scope, query, key, value, this.#heads);
    });
    const change = linear(scope, passes.join(attended), `${name}.self_attn_proj`);
    const halfway = this.#add(tokens, change, gates[0] as Value);
    const inside = linear(
      scope,
      this.#norm(passes.join(halfway), `${name}.norm2`),
      `${name}.mlp.fc1`,
    );
    const further = linear(scope, silu(scope, inside), `${name}.mlp.fc2`);
    return this.#add(halfway, further, gates[1] as Value);
  }

  #norm(x: Value, name: string): Value {
    const part = (kind: string): Value => parameter(this.#scope, `${name}.${kind}`);
    return layerNorm(this.#scope, x, part('weight'), part('bias'), NORM_EPSILON);
  }

  #add(tokens: readonly Value[], change: Value, gates: Value): Value[] {
    const { graph } = this.#scope;
    const changes = this.#passes.part(change, this.#lengths);
    const rows = this.#passes.rows(gates);
    return tokens.map((part, pass) =>
      graph.op('Add', [part, graph.op('Mul', [changes[pass], rows[pass]])]),
    );
  }
}

const fromFloat32 = ({ graph, type }: Scope, value: Value): Value =>
  type === 'float32' ? value : graph.cast(value, type);

const toFloat32 = ({ graph, type }: Scope, value: Value): Value =>
  type === 'float32' ? value : graph.cast(value, 'float32');
