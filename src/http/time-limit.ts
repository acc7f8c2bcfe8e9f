/**
 * Runs work under the caller's signal and a time limit as one, whose reason once that is over is a
 * `TimeoutError` unless another is given. `AbortSignal.any` would do, but Node can lose its time-outs to the garbage collector
 * (https://github.com/nodejs/node/pull/57867).
 */
export async function withinTime<Value>(
  limitMs: number,
  { signal }: { readonly signal: AbortSignal },
  work: (call: { readonly signal: AbortSignal }) => Promise<Value>,
  reason: () => unknown = () => new DOMException('The time is over.', 'TimeoutError'),
): Promise<Value> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const forward = () => controller.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  const timer = setTimeout(() => controller.abort(reason()), limitMs);
  try {
    return await work(controller);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', forward);
  }
}
