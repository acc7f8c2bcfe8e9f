import type { GraphBuilder, Value } from '../onnx/graph-builder.ts';

/** How the next token is chosen. All are scalars, float32. */
export interface SamplerInputs {
  readonly temperature: Value;
  /** 0 takes the likeliest token whatever the uniform. */
  readonly topP: Value;
  readonly penalty: Value;
}

/**
 * Chooses a token as transformers does: tokens seen before are made less likely, then temperature, the `topK` likeliest, and of
 * these the fewest that together reach `topP`. The uniform picks among them, the likeliest first.
 * @param logits float32 [vocabulary].
 * @param seen bool [vocabulary].
 * @param uniform float32 [1], 0 to 1.
 * @returns int64 [1].
 */
export function sampleToken(
  graph: GraphBuilder,
  logits: Value,
  seen: Value,
  uniform: Value,
  { temperature, topP, penalty }: SamplerInputs,
  topK: number,
): Value {
  const zero = graph.scalar('float32', 0);
  const lessLikely = graph.op('Where', [
    graph.op('Less', [logits, zero]),
    graph.op('Mul', [logits, penalty]),
    graph.op('Div', [logits, penalty]),
  ]);
  const penalized = graph.op('Where', [seen, lessLikely, logits]);
  const [likeliest, ids] = graph.ops('TopK', [penalized, graph.int64(topK)], 2, { axis: -1 });
  const scaled = graph.op('Div', [likeliest, temperature]);
  const probabilities = graph.op('Softmax', [scaled], { axis: -1 });

  const last = graph.scalar('int64', 0);
  const before = graph.op('CumSum', [probabilities, last], { exclusive: 1 });
  const within = graph.op('Less', [before, topP]);
  const first = graph.constant(
    'bool',
    [topK],
    Array.from({ length: topK }, (_, rank) => (rank === 0 ? 1 : 0)),
  );
  const kept = graph.op('Where', [graph.op('Or', [within, first]), probabilities, zero]);

  const upTo = graph.op('CumSum', [kept, last]);
  const total = graph.op('ReduceMax', [upTo], { keepdims: 1 });
  const passed = graph.op('LessOrEqual', [upTo, graph.op('Mul', [uniform, total])]);
  const rank = graph.op('ReduceSum', [graph.cast(passed, 'int64')], { keepdims: 1 });
  // Rounding may put the mark at the total itself, past the last token that was kept.
  const lastKept = graph.op('Sub', [
    graph.op('ReduceSum', [graph.cast(graph.op('Greater', [kept, zero]), 'int64')], {
      keepdims: 1,
    }),
    graph.int64(1),
  ]);
  return graph.op('Gather', [ids, graph.op('Min', [rank, lastKept])], { axis: 0 });
}
