/** A controller whose signal also aborts with somebody else's, until that one is let go of. */
export interface LinkedAbort {
  readonly controller: AbortController;
  /** Leaves nothing with the other signal, which may live as long as the process. */
  readonly unlink: () => void;
}

/** In place of `AbortSignal.any`, of which something stays with a signal for as long as that lives. */
export function linkedAbort(signal: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const forward = () => controller.abort(signal.reason);
  if (signal.aborted) forward();
  else signal.addEventListener('abort', forward, { once: true });
  return { controller, unlink: () => signal.removeEventListener('abort', forward) };
}
