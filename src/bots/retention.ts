import { toAppError, type AppError } from '../errors.ts';
import type { Call } from '../pipeline/types.ts';
import type { Clock } from '../queue/clock.ts';
import { sweep, type Stores, type Swept } from '../store/housekeeping.ts';

export interface RetentionParts extends Stores {
  /** How long a turn is kept after its end; 0 keeps it for good. */
  readonly days: number;
  /** Of this process, as for leases. */
  readonly owner: string;
  readonly clock: Clock;
  readonly onSwept: (swept: Swept) => void;
  readonly onFault: (error: AppError) => void;
}

const DAY_MS = 86_400_000;
const INTERVAL_MS = 3_600_000;
/** Not in the first seconds, when there is more to do than that. */
const FIRST_MS = 60_000;
/** Longer than the slowest sweep. */
const LEASE_MS = 1_800_000;

/** Removes what is too old once an hour, in one of all processes; what it returns ends that. */
export function keepRetention(parts: RetentionParts): AsyncDisposable {
  const { clock, onFault } = parts;
  const shutdown = new AbortController();
  let cancel = () => {};
  let running = Promise.resolve();
  const sweepSafely = async () => {
    try {
      await sweepOnce(parts, shutdown);
    } catch (error) {
      if (!shutdown.signal.aborted) onFault(toAppError(error));
    }
    if (!shutdown.signal.aborted) arm(INTERVAL_MS);
  };
  const arm = (delayMs: number) => {
    cancel = clock.after(delayMs, () => {
      running = sweepSafely();
    });
  };
  arm(FIRST_MS);
  return {
    [Symbol.asyncDispose]: async () => {
      shutdown.abort();
      cancel();
      await running;
    },
  };
}

async function sweepOnce(
  { conversations, images, days, owner, clock, onSwept }: RetentionParts,
  call: Call,
): Promise<void> {
  const lease = await conversations.acquireLease('retention', owner, LEASE_MS);
  if (!lease) return;
  try {
    const now = clock.now();
    const before = days === 0 ? undefined : now - days * DAY_MS;
    onSwept(await sweep({ conversations, images }, { before, now }, call));
  } finally {
    await conversations.releaseLease(lease);
  }
}
