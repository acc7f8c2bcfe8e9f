import { linkedAbort } from '../image/linked-abort.ts';
import { Inbox } from './inbox.ts';
import { interruption } from './interruption.ts';
import type { Call } from './types.ts';

/**
 * Work that tells of its progress, as a generator: yields what is told, returns what comes of it.
 * Closing the generator aborts the work.
 */
export async function* relayed<Step, Outcome>(
  work: (tell: (step: Step) => void, call: Call) => Promise<Outcome>,
  { signal }: Call,
): AsyncGenerator<Step, Outcome> {
  signal.throwIfAborted();
  const { controller, unlink } = linkedAbort(signal);
  const told = new Inbox<{ readonly step: Step }>();
  const outcome = work((step) => told.push({ step }), controller).finally(() => told.end());
  // It may fail before anybody waits for it.
  outcome.catch(() => {});
  try {
    for (let next = await told.next(); next; next = await told.next()) yield next.step;
    return await outcome;
  } finally {
    unlink();
    controller.abort(interruption('stop'));
  }
}
