/** What calls of servers took. */
export interface Usage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Pictures that were painted. */
  readonly images: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Time spent waiting for answers; calls side by side count each. */
  readonly seconds: number;
  /** By the operator's prices, in their currency; absent where one of the models has none. */
  readonly cost?: number;
}

/** The sum; undefined for nothing. Without a cost where a part of it has none. */
export function sumOfUsage(parts: readonly (Usage | undefined)[]): Usage | undefined {
  return parts.reduce((sum, part) => (sum && part ? plus(sum, part) : (sum ?? part)), undefined);
}

function plus(one: Usage, other: Usage): Usage {
  const { cost: _cost, ...counts } = one;
  return {
    ...counts,
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    images: one.images + other.images,
    sentBytes: one.sentBytes + other.sentBytes,
    receivedBytes: one.receivedBytes + other.receivedBytes,
    seconds: one.seconds + other.seconds,
    ...(one.cost !== undefined && other.cost !== undefined && { cost: one.cost + other.cost }),
  };
}
