import { GraphBuilder, type Value } from '../onnx/graph-builder.ts';
import { linear, parameter, rmsNorm, type Scope } from '../onnx/layers.ts';
import type { FloatType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import type { QwenConfig, TextConfig } from './config.ts';
import { textPrefix } from './names.ts';
import { sampleToken } from './sampler-graph.ts';
import { gatedMlp } from './vision-graph.ts';

/** The cache's type outside of the graph, where bfloat16 can't go. */
export const cacheType = (type: FloatType): 'float32' | 'float16' =>
  type === 'float32' ? 'float32' : 'float16';

export const headSize = ({ hidden_size, num_attention_heads }: TextConfig): number =>
  hidden_size / num_attention_heads;

/**
 * The text model: reads a prompt and goes on writing, all in one graph, so that its weights are opened once.
 *
 * A Loop runs `limit` times or until a stop token. Its first run takes all of `tokens`, each other one the token
 * that was chosen before.
 *
 * In: int64 `tokens` [new]; float32 `features` [pictured, width] and int64 `feature_places` [pictured, 1], the places of
 * pictures' tokens among `tokens`; int64 `positions` [3, new] and `next_position` [1]; `past_key_N` and `past_value_N`
 * [1, heads, past, head] of each layer, in `cacheType`; int64 `limit` []; float32 `uniforms` [limit]; float32
 * `temperature`, `top_p` and `penalty` []; bool `seen` [vocabulary]; int64 `stop_tokens` [any].
 *
 * Out: int64 `chosen` [runs]; `present_key_N` and `present_value_N`, which hold all but the last of the chosen; bool
 * `seen_after`; float32 `hidden` [1, tokens of the last run, width], normed; float32 `embeddings` [1, new, width].
 */
export function buildTextGraph(
  { text, generation, tiedEmbeddings }: QwenConfig,
  weights: Weights,
  type: FloatType,
): GraphBuilder {
  const graph = new GraphBuilder('text');
  const scope: Scope = { graph, weights, type };
  const { hidden_size: width, vocab_size: vocabulary, num_key_value_heads: cacheHeads } = text;
  const prefix = textPrefix(weights);
  const layers = Array.from({ length: text.num_hidden_layers }, (_, layer) => layer);
  // Without a cast: rows are looked up, and cast after.
  const table = graph.weight(weights.get(`${prefix}embed_tokens.weight`));
  const head = tiedEmbeddings ? `${prefix}embed_tokens` : 'lm_head';
  castAll(scope, [`${head}.weight`, ...namesOf(weights, prefix)]);

  const tokens = graph.input('tokens', 'int64', ['new']);
  const features = graph.input('features', 'float32', ['pictured', width]);
  const places = graph.input('feature_places', 'int64', ['pictured', 1]);
  const positions = graph.input('positions', 'int64', [3, 'new']);
  const nextPosition = graph.input('next_position', 'int64', [1]);
  const cacheShape = [1, cacheHeads, 'past', headSize(text)];
  const past = layers.flatMap((layer) =>
    ['key', 'value'].map((part) =>
      cast(
        scope,
        graph.input(`past_${part}_${layer}`, cacheType(type), cacheShape),
        cacheType(type),
        type,
      ),
    ),
  );
  const limit = graph.input('limit', 'int64', []);
  const uniforms = graph.input('uniforms', 'float32', ['limit']);
  const sampler = {
    temperature: graph.input('temperature', 'float32', []),
    topP: graph.input('top_p', 'float32', []),
    penalty: graph.input('penalty', 'float32', []),
  };
  const seen = graph.input('seen', 'bool', [vocabulary]);
  const stopTokens = graph.input('stop_tokens', 'int64', ['stops']);

  const embed = (builder: GraphBuilder, ids: Value): Value =>
    cast(
      { ...scope, graph: builder },
      builder.op('Gather', [table, ids], { axis: 0 }),
      weights.get(`${prefix}embed_tokens.weight`).type,
      type,
    );
  const read = graph.op('ScatterND', [
    embed(graph, tokens),
    places,
    cast(scope, features, 'float32', type),
  ]);
  const embedded = graph.op('Unsqueeze', [read, graph.int64(0)]);

  const body = graph.subgraph('step');
  const inside: Scope = { ...scope, graph: body };
  const run = body.input('run', 'int64', []);
  body.input('go_on', 'bool', []);
  let x = body.input('x', type, [1, 'here', width]);
  const here = body.input('here_positions', 'int64', [3, 'here']);
  const seenBefore = body.input('seen_before', 'bool', [vocabulary]);
  body.input('hidden_before', type, [1, 'there', width]);
  const cache = layers.map((layer) => ({
    key: body.input(`key_${layer}`, type, [1, cacheHeads, 'cached', headSize(text)]),
    value: body.input(`value_${layer}`, type, [1, cacheHeads, 'cached', headSize(text)]),
  }));

  const rotary = rotaryTables(inside, here, text);
  const cached = body.op('Shape', [cache[0]?.key], { start: 2, end: 3 });
  const length = body.op('Add', [cached, body.op('Shape', [x], { start: 1, end: 2 })]);
  const lengths: Lengths = {
    last: body.cast(body.op('Sub', [length, body.int64(1)]), 'int32'),
    total: body.cast(body.op('Squeeze', [length]), 'int32'),
  };
  const grown: Value[] = [];
  for (const layer of layers) {
    const name = `${prefix}layers.${layer}`;
    const normed = rmsNorm(inside, x, `${name}.input_layernorm`, text.rms_norm_eps);
    const { key, value } = cache[layer] as { key: Value; value: Value };
    const [attended, ...present] = attend(
      inside,
      normed,
      { key, value, rotary, lengths },
      `${name}.self_attn`,
      text,
    );
    grown.push(...present);
    x = body.op('Add', [x, attended]);
    const after = rmsNorm(inside, x, `${name}.post_attention_layernorm`, text.rms_norm_eps);
    x = body.op('Add', [x, gatedMlp(inside, after, `${name}.mlp`)]);
  }
  const hidden = rmsNorm(inside, x, `${prefix}norm`, text.rms_norm_eps);

  const final = body.op('Gather', [hidden, body.int64(-1)], { axis: 1 });
  const product = body.op('FusedMatMul', [final, parameter(inside, `${head}.weight`)], {
    transB: 1,
  });
  const logits = body.op('Reshape', [cast(inside, product, type, 'float32'), body.int64(-1)]);
  const uniform = body.op('Gather', [uniforms, body.op('Unsqueeze', [run, body.int64(0)])], {
    axis: 0,
  });
  const token = sampleToken(body, logits, seenBefore, uniform, sampler, generation.topK);
  const stops = body.op('ReduceMax', [body.cast(body.op('Equal', [token, stopTokens]), 'int32')], {
    keepdims: 0,
  });
  const there = body.op('Add', [nextPosition, run]);

  body.output('go_on_after', body.op('Equal', [stops, body.scalar('int32', 0)]), 'bool', []);
  body.output('x_after', body.op('Unsqueeze', [embed(body, token), body.int64(0)]), type, [
    1,
    1,
    width,
  ]);
  body.output('positions_after', body.op('Expand', [there, body.int64(3, 1)]), 'int64', [3, 1]);
  const marked = body.op('ScatterElements', [seenBefore, token, body.constant('bool', [1], [1])]);
  body.output('seen_after_step', marked, 'bool', [vocabulary]);
  body.output('hidden_after', hidden, type, [1, 'here', width]);
  grown.forEach((value, index) =>
    body.output(`cache_${index}`, value, type, [1, cacheHeads, 'total', headSize(text)]),
  );
  body.output('token', body.op('Squeeze', [token]), 'int64', []);

  const [, , seenAfter, lastHidden, ...rest] = graph.ops(
    'Loop',
    [limit, graph.constant('bool', [], [1]), embedded, positions, seen, embedded, ...past],
    5 + past.length,
    { body: body.asAttribute() },
  ) as [Value, Value, Value, Value, ...Value[]];
  graph.output('chosen', rest[past.length] as Value, 'int64', ['runs']);
  graph.output('seen_after', seenAfter, 'bool', [vocabulary]);
  graph.output('hidden', cast(scope, lastHidden, type, 'float32'), 'float32', [1, 'last', width]);
  graph.output('embeddings', cast(scope, embedded, type, 'float32'), 'float32', [1, 'new', width]);
  for (const layer of layers) {
    for (const [index, part] of ['key', 'value'].entries()) {
      const value = cast(scope, rest[2 * layer + index] as Value, type, cacheType(type));
      graph.output(`present_${part}_${layer}`, value, cacheType(type), [
        1,
        cacheHeads,
        'present',
        headSize(text),
      ]);
    }
  }
  return graph;
}

/** How many tokens the cache holds after a run, as the operator takes it. */
interface Lengths {
  /** int32 [1]: the place of the last. */
  readonly last: Value;
  /** int32 []. */
  readonly total: Value;
}

interface Memory {
  readonly key: Value;
  readonly value: Value;
  readonly rotary: { readonly cosines: Value; readonly sines: Value };
  readonly lengths: Lengths;
}

/** Causal attention with a cache, whose heads several query heads share. @returns What came of it, and the grown cache. */
function attend(
  scope: Scope,
  x: Value,
  { key, value, rotary, lengths }: Memory,
  name: string,
  { num_attention_heads: heads, num_key_value_heads: cacheHeads }: TextConfig,
): [Value, Value, Value] {
  const { graph } = scope;
  const turned = (part: Value, count: number): Value =>
    graph.op('RotaryEmbedding', [part, rotary.cosines, rotary.sines], { num_heads: count });
  const [attended, grownKey, grownValue] = graph.ops(
    'GroupQueryAttention',
    [
      turned(linear(scope, x, `${name}.q_proj`), heads),
      turned(linear(scope, x, `${name}.k_proj`), cacheHeads),
      linear(scope, x, `${name}.v_proj`),
      key,
      value,
      lengths.last,
      lengths.total,
    ],
    3,
    { num_heads: heads, kv_num_heads: cacheHeads },
  ) as [Value, Value, Value];
  return [linear(scope, attended, `${name}.o_proj`), grownKey, grownValue];
}

/** Each pair of a head's values turns by one of the three positions. @param positions int64 [3, tokens]. */
function rotaryTables(scope: Scope, positions: Value, text: TextConfig): Memory['rotary'] {
  const { graph, type } = scope;
  const half = headSize(text) / 2;
  const axes = text.rope_scaling.mrope_section.flatMap((count, axis) =>
    Array.from({ length: count }, () => axis),
  );
  const frequencies = Array.from({ length: half }, (_, pair) => text.rope_theta ** (-pair / half));
  const byPair = graph.op('Gather', [positions, graph.int64(...axes)], { axis: 0 });
  const place = graph.cast(graph.op('Transpose', [byPair], { perm: [1, 0] }), 'float32');
  const angle = graph.op('Mul', [place, graph.constant('float32', [half], frequencies)]);
  const table = (operator: string): Value =>
    graph.op('Unsqueeze', [
      cast(scope, graph.op(operator, [angle]), 'float32', type),
      graph.int64(0),
    ]);
  return { cosines: table('Cos'), sines: table('Sin') };
}

/** Casts outside of the loop, once, what it uses in every run. */
function castAll(scope: Scope, names: readonly string[]): void {
  for (const name of names) parameter(scope, name);
}

function namesOf(weights: Weights, prefix: string): string[] {
  const parts = [`${prefix}layers.`, `${prefix}norm.`];
  return weights.names.filter((name) => parts.some((part) => name.startsWith(part)));
}

const cast = ({ graph }: Scope, value: Value, from: string, to: FloatType): Value =>
  from === to ? value : graph.cast(value, to);
