import { GraphBuilder, type Value } from '../onnx/graph-builder.ts';
import { linear, rmsNorm, silu, split, type Scope } from '../onnx/layers.ts';
import type { FloatType } from '../onnx/types.ts';
import type { Weights } from '../safetensors.ts';
import type { VisionConfig } from './config.ts';
import { visionPrefix } from './names.ts';

const NORM_EPSILON = 1e-6;

/** What the layout of a picture gives to every block. */
interface Places {
  readonly windowPatches: Value;
  readonly windowMask: Value;
  readonly patchPlaces: Value;
  readonly cosines: Value;
  readonly sines: Value;
}

/**
 * The vision tower, for one picture.
 *
 * In: `pixels` float32 [patches, values]; of `VisionLayout` int64 `order` and `places` [tokens], `window_patches` [windows,
 * size], `patch_places` [patches] and bool `window_mask` [windows, 1, size, size]; `cosines` and `sines` float32 [1, patches, head / 2], in
 * window order. Out: `features` float32 [tokens, width of the text model].
 */
export function buildVisionGraph(
  config: VisionConfig,
  weights: Weights,
  type: FloatType,
): GraphBuilder {
  const graph = new GraphBuilder('vision');
  const scope: Scope = { graph, weights, type };
  const { hidden_size: width, spatial_merge_size: merge, window_size: window } = config;
  const prefix = visionPrefix(weights);
  const unit = merge * merge;
  const size = (window / config.patch_size) ** 2;
  const half = width / config.num_heads / 2;

  const patch = config.in_channels * config.temporal_patch_size * config.patch_size ** 2;
  const pixels = fromFloat32(scope, graph.input('pixels', 'float32', ['patches', patch]));
  const order = graph.input('order', 'int64', ['tokens']);
  const places = graph.input('places', 'int64', ['tokens']);
  const layout: Places = {
    windowPatches: graph.input('window_patches', 'int64', ['windows', size]),
    windowMask: graph.input('window_mask', 'bool', ['windows', 1, size, size]),
    patchPlaces: graph.input('patch_places', 'int64', ['patches']),
    cosines: fromFloat32(scope, graph.input('cosines', 'float32', [1, 'patches', half])),
    sines: fromFloat32(scope, graph.input('sines', 'float32', [1, 'patches', half])),
  };

  // A convolution whose stride is its size is a product with its flattened kernel.
  const kernel = weights.get(`${prefix}patch_embed.proj.weight`);
  const embed = graph.weight({ ...kernel, shape: [width, patch] }, type);
  const embedded = graph.op('FusedMatMul', [pixels, embed], { transB: 1 });
  const units = graph.op('Reshape', [embedded, graph.int64(-1, unit * width)]);
  let x = graph.op('Gather', [units, order], { axis: 0 });
  x = graph.op('Reshape', [x, graph.int64(-1, width)]);

  for (let block = 0; block < config.depth; block++) {
    const name = `${prefix}blocks.${block}`;
    const whole = config.fullatt_block_indexes.includes(block);
    const normed = rmsNorm(scope, x, `${name}.norm1`, NORM_EPSILON);
    x = graph.op('Add', [x, attend(scope, normed, layout, `${name}.attn`, config, whole)]);
    const inside = rmsNorm(scope, x, `${name}.norm2`, NORM_EPSILON);
    x = graph.op('Add', [x, gatedMlp(scope, inside, `${name}.mlp`)]);
  }

  const merged = graph.op('Reshape', [
    rmsNorm(scope, x, `${prefix}merger.ln_q`, NORM_EPSILON),
    graph.int64(-1, unit * width),
  ]);
  // In float32: not every provider has the operator in bfloat16, and it runs once a picture.
  const widened = toFloat32(scope, linear(scope, merged, `${prefix}merger.mlp.0`));
  const bent = fromFloat32(scope, graph.op('Gelu', [widened]));
  const features = linear(scope, bent, `${prefix}merger.mlp.2`);
  const natural = graph.op('Gather', [features, places], { axis: 0 });
  graph.output('features', toFloat32(scope, natural), 'float32', [
    'tokens',
    config.out_hidden_size,
  ]);
  return graph;
}

/** Attention within windows, or with `whole` of all patches to all. @param x [patches, width]. */
function attend(
  scope: Scope,
  x: Value,
  layout: Places,
  name: string,
  { num_heads: heads, hidden_size: width }: VisionConfig,
  whole: boolean,
): Value {
  const { graph } = scope;
  const [query, key, value] = split(scope, linear(scope, x, `${name}.qkv`), 3, -1) as [
    Value,
    Value,
    Value,
  ];
  const batched = (part: Value): Value => graph.op('Unsqueeze', [part, graph.int64(0)]);
  const flat = (part: Value): Value => graph.op('Reshape', [part, graph.int64(-1, width)]);
  const turned = (part: Value): Value =>
    graph.op('RotaryEmbedding', [batched(part), layout.cosines, layout.sines], {
      num_heads: heads,
    });
  const ofWindows = (part: Value): Value =>
    graph.op('Gather', [flat(part), layout.windowPatches], { axis: 0 });

  const attributes = { q_num_heads: heads, kv_num_heads: heads };
  let attended: Value;
  if (whole) {
    attended = flat(
      graph.op('Attention', [turned(query), turned(key), batched(value)], attributes),
    );
  } else {
    const parts = [turned(query), turned(key), value].map(ofWindows);
    const padded = graph.op('Attention', [...parts, layout.windowMask], attributes);
    attended = graph.op('Gather', [flat(padded), layout.patchPlaces], { axis: 0 });
  }
  return linear(scope, attended, `${name}.proj`);
}

/** SwiGLU. */
export function gatedMlp(scope: Scope, x: Value, name: string): Value {
  const gate = silu(scope, linear(scope, x, `${name}.gate_proj`));
  const product = scope.graph.op('Mul', [gate, linear(scope, x, `${name}.up_proj`)]);
  return linear(scope, product, `${name}.down_proj`);
}

const fromFloat32 = ({ graph, type }: Scope, value: Value): Value =>
  type === 'float32' ? value : graph.cast(value, type);

const toFloat32 = ({ graph, type }: Scope, value: Value): Value =>
  type === 'float32' ? value : graph.cast(value, 'float32');
