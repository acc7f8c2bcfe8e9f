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
 * The part of the connector that depends on the time: once a step.
 *
 * In, float32: what the condition graph gave, and `time` [1, time size], a sinusoid of the step's time. Out,
 * float32: `context` [1, text, inner] and `embedding` [1, inner], as the transformer takes them.
 */
export function buildContextGraph(
  config: TransformerConfig,
  weights: Weights,
  type: FloatType,
): GraphBuilder {
  const graph = new GraphBuilder('context');
  const scope: Scope = { graph, weights, type };
  const size = config.connector_hidden_size;
  const take = (name: string, shape: (number | string)[]): Value =>
    fromFloat32(scope, graph.input(name, 'float32', shape));

  let tokens = take('tokens', [1, 'text', size]);
  const summary = take('summary', [1, size]);
  const vector = take('vector', [1, innerSize(config)]);
  const time = take('time', [1, config.timestep_in_dim]);

  const refinerTime = linear(
    scope,
    silu(scope, linear(scope, time, 'connector.S.t_embedder.mlp.0')),
    'connector.S.t_embedder.mlp.2',
  );
  const control = silu(scope, graph.op('Add', [refinerTime, summary]));
  for (let block = 0; block < config.connector_depth; block++) {
    const name = `connector.S.individual_token_refiner.blocks.${block}`;
    tokens = refine(scope, tokens, control, name, config.connector_heads_num);
  }
  if (config.enable_text_token_mapping) {
    tokens = graph.op('Add', [tokens, take('mapped', [1, 'text', config.joint_attention_dim])]);
  }
  const context = linear(scope, tokens, 'context_embedder');
  const transformerTime = linear(
    scope,
    silu(scope, linear(scope, time, 'time_embed.in_layer')),
    'time_embed.out_layer',
  );
  const embedding = graph.op('Add', [transformerTime, vector]);
  const inner = innerSize(config);
  graph.output('context', toFloat32(scope, context), 'float32', [1, 'text', inner]);
  graph.output('embedding', toFloat32(scope, embedding), 'float32', [1, inner]);
  return graph;
}

/** A block of the token refiner; `control` gives the gates of its two halves. */
function refine(scope: Scope, tokens: Value, control: Value, name: string, heads: number): Value {
  const { graph } = scope;
  const norm = (x: Value, part: string): Value =>
    layerNorm(
      scope,
      x,
      parameter(scope, `${name}.${part}.weight`),
      parameter(scope, `${name}.${part}.bias`),
      NORM_EPSILON,
    );
  const gated = (x: Value, change: Value, gate: Value | undefined): Value =>
    graph.op('Add', [x, graph.op('Mul', [change, gate])]);

  const gates = split(scope, linear(scope, control, `${name}.adaLN_modulation.1`), 2, -1);
  const joined = linear(scope, norm(tokens, 'norm1'), `${name}.self_attn_qkv`);
  const [query, key, value] = split(scope, joined, 3, -1) as [Value, Value, Value];
  const attended = attention(scope, query, key, value, heads);
  const halfway = gated(tokens, linear(scope, attended, `${name}.self_attn_proj`), gates[0]);
  const inside = silu(scope, linear(scope, norm(halfway, 'norm2'), `${name}.mlp.fc1`));
  return gated(halfway, linear(scope, inside, `${name}.mlp.fc2`), gates[1]);
}

const fromFloat32 = ({ graph, type }: Scope, value: Value): Value =>
  type === 'float32' ? value : graph.cast(value, type);

const toFloat32 = ({ graph, type }: Scope, value: Value): Value =>
  type === 'float32' ? value : graph.cast(value, 'float32');
