import { float, GraphBuilder, type Value } from '../onnx/graph-builder.ts';
import { attention, linear, parameter, silu, type Scope } from '../onnx/layers.ts';
import type { Weights } from '../safetensors.ts';
import type { AutoencoderConfig } from './autoencoder-config.ts';

const EPSILON = 1e-6;

/**
 * The encoder of the VAE, in float32: `pixels` [1, 3, height, width] of -1 to 1 → `mean` and `deviation`
 * [1, channels, height / 8, width / 8] of the latents, not yet shifted and scaled.
 */
export function buildEncoderGraph(config: AutoencoderConfig, weights: Weights): GraphBuilder {
  const graph = new GraphBuilder('encoder');
  const layers = new Layers({ graph, weights, type: 'float32' }, config.norm_num_groups);
  let x = layers.convolution(
    graph.input('pixels', 'float32', [1, 3, 'height', 'width']),
    'encoder.conv_in',
  );
  config.block_out_channels.forEach((_, block) => {
    const name = `encoder.down_blocks.${block}`;
    for (let layer = 0; layer < config.layers_per_block; layer++) {
      x = layers.residual(x, `${name}.resnets.${layer}`);
    }
    if (block < config.block_out_channels.length - 1) {
      // Padded at the right and the bottom alone.
      x = layers.convolution(x, `${name}.downsamplers.0.conv`, {
        pads: [0, 0, 1, 1],
        strides: [2, 2],
      });
    }
  });
  x = layers.middle(x, 'encoder.mid_block');
  x = layers.convolution(layers.normSilu(x, 'encoder.conv_norm_out'), 'encoder.conv_out');
  const [mean, logarithm] = graph.ops('Split', [x], 2, { axis: 1, num_outputs: 2 }) as [
    Value,
    Value,
  ];
  const bounded = graph.op('Clip', [
    logarithm,
    graph.scalar('float32', -30),
    graph.scalar('float32', 20),
  ]);
  const deviation = graph.op('Exp', [graph.op('Mul', [bounded, graph.scalar('float32', 0.5)])]);
  const shape = [1, config.latent_channels, 'rows', 'columns'];
  graph.output('mean', mean, 'float32', shape);
  graph.output('deviation', deviation, 'float32', shape);
  return graph;
}

/**
 * The decoder of the VAE, in float32: `latents` [1, channels, height / 8, width / 8], no longer shifted and scaled →
 * `pixels` [1, 3, height, width] of about -1 to 1.
 */
export function buildDecoderGraph(config: AutoencoderConfig, weights: Weights): GraphBuilder {
  const graph = new GraphBuilder('decoder');
  const layers = new Layers({ graph, weights, type: 'float32' }, config.norm_num_groups);
  const latents = graph.input('latents', 'float32', [1, config.latent_channels, 'rows', 'columns']);
  let x = layers.middle(layers.convolution(latents, 'decoder.conv_in'), 'decoder.mid_block');
  config.block_out_channels.forEach((_, block) => {
    const name = `decoder.up_blocks.${block}`;
    for (let layer = 0; layer <= config.layers_per_block; layer++) {
      x = layers.residual(x, `${name}.resnets.${layer}`);
    }
    if (block < config.block_out_channels.length - 1) {
      x = layers.convolution(layers.twice(x), `${name}.upsamplers.0.conv`);
    }
  });
  x = layers.convolution(layers.normSilu(x, 'decoder.conv_norm_out'), 'decoder.conv_out');
  graph.output('pixels', x, 'float32', [1, 3, 'height', 'width']);
  return graph;
}

/** Layers of both halves, on pictures [1, channels, height, width]. */
class Layers {
  readonly #scope: Scope;
  readonly #groups: number;

  constructor(scope: Scope, groups: number) {
    this.#scope = scope;
    this.#groups = groups;
  }

  convolution(
    x: Value,
    name: string,
    { pads, strides = [1, 1] }: { pads?: number[]; strides?: number[] } = {},
  ): Value {
    const { graph, weights } = this.#scope;
    const [, , rows = 1, columns = 1] = weights.get(`${name}.weight`).shape;
    const [vertical, horizontal] = [(rows - 1) / 2, (columns - 1) / 2];
    return graph.op(
      'Conv',
      [x, parameter(this.#scope, `${name}.weight`), parameter(this.#scope, `${name}.bias`)],
      { pads: pads ?? [vertical, horizontal, vertical, horizontal], strides },
    );
  }

  residual(x: Value, name: string): Value {
    const { graph, weights } = this.#scope;
    const half = this.convolution(this.normSilu(x, `${name}.norm1`), `${name}.conv1`);
    const change = this.convolution(this.normSilu(half, `${name}.norm2`), `${name}.conv2`);
    const shortcut = `${name}.conv_shortcut`;
    const kept = weights.has(`${shortcut}.weight`) ? this.convolution(x, shortcut) : x;
    return graph.op('Add', [kept, change]);
  }

  middle(x: Value, name: string): Value {
    const before = this.residual(x, `${name}.resnets.0`);
    return this.residual(this.#attend(before, `${name}.attentions.0`), `${name}.resnets.1`);
  }

  normSilu(x: Value, name: string): Value {
    return silu(this.#scope, this.#groupNorm(x, name));
  }

  /** Each pixel twice along both axes. */
  twice(x: Value): Value {
    const { graph } = this.#scope;
    const scales = graph.constant('float32', [4], [1, 1, 2, 2]);
    return graph.op('Resize', [x, undefined, scales], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    });
  }

  #groupNorm(x: Value, name: string): Value {
    const { graph, weights } = this.#scope;
    const groups = this.#groups;
    const same = (value: number): Value =>
      graph.constant(
        'float32',
        [groups],
        Array.from({ length: groups }, () => value),
      );
    const grouped = graph.op('Reshape', [x, graph.int64(0, groups, -1)]);
    const normal = graph.op('InstanceNormalization', [grouped, same(1), same(0)], {
      epsilon: float(EPSILON),
    });
    const [channels = 0] = weights.get(`${name}.weight`).shape;
    const ungrouped = graph.op('Reshape', [normal, graph.op('Shape', [x])]);
    const perChannel = (part: string): Value =>
      graph.op('Reshape', [
        parameter(this.#scope, `${name}.${part}`),
        graph.int64(1, channels, 1, 1),
      ]);
    const scaled = graph.op('Mul', [ungrouped, perChannel('weight')]);
    return graph.op('Add', [scaled, perChannel('bias')]);
  }

  /** Attention of all pixels to all, in one head. */
  #attend(x: Value, name: string): Value {
    const { graph } = this.#scope;
    const normal = this.#groupNorm(x, `${name}.group_norm`);
    const flat = graph.op('Reshape', [normal, graph.int64(0, 0, -1)]);
    const tokens = graph.op('Transpose', [flat], { perm: [0, 2, 1] });
    const attended = attention(
      this.#scope,
      linear(this.#scope, tokens, `${name}.to_q`),
      linear(this.#scope, tokens, `${name}.to_k`),
      linear(this.#scope, tokens, `${name}.to_v`),
      1,
    );
    const given = linear(this.#scope, attended, `${name}.to_out.0`);
    const turned = graph.op('Transpose', [given], { perm: [0, 2, 1] });
    return graph.op('Add', [x, graph.op('Reshape', [turned, graph.op('Shape', [x])])]);
  }
}
