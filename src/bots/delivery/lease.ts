import { AppError, toAppError } from '../../errors.ts';
import { linkedAbort } from '../../image/linked-abort.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Lease } from '../../store/records.ts';
import type { Tools } from './parts.ts';

type LeaseTools = Pick<Tools, 'store' | 'clock' | 'owner' | 'timing' | 'onFault'>;

/**
 * Does work that one at a time may do, and keeps the right to it meanwhile; false where somebody
 * else has it. When it is lost the signal of the work aborts with `LEASE_LOST`, no later than
 * others may begin.
 */
export async function withLease(
  tools: LeaseTools,
  name: string,
  work: (lease: Lease, call: Call) => Promise<void>,
  { signal }: Call,
): Promise<boolean> {
  const { store, clock, owner, timing } = tools;
  signal.throwIfAborted();
  const askedAt = clock.now();
  const lease = await store.acquireLease(name, owner, timing.leaseMs);
  if (!lease) return false;
  const { controller, unlink } = linkedAbort(signal);
  const stop = keepLease(tools, lease, askedAt, () => controller.abort(leaseLost()));
  try {
    await work(lease, { signal: controller.signal });
  } finally {
    stop();
    unlink();
    await giveBack(tools, lease);
  }
  return true;
}

/** Renews a lease again and again until it is told to stop, or the lease is lost. */
function keepLease(
  { store, clock, timing, onFault }: LeaseTools,
  lease: Lease,
  acquiredAt: number,
  onLost: () => void,
): () => void {
  const { leaseMs } = timing;
  let isStopped = false;
  let cancelRenewal = () => {};
  let cancelEnd = () => {};
  const stop = () => {
    isStopped = true;
    cancelRenewal();
    cancelEnd();
  };
  const lose = () => {
    stop();
    onLost();
  };
  const heldSince = (since: number) => {
    cancelEnd();
    cancelEnd = clock.after(since + leaseMs - clock.now(), lose);
    cancelRenewal = clock.after(leaseMs / 3, () => void renew());
  };
  const renew = async () => {
    const askedAt = clock.now();
    try {
      const renewed = await store.renewLease(lease, leaseMs);
      if (isStopped) return;
      if (renewed) heldSince(askedAt);
      else lose();
    } catch (error) {
      if (isStopped) return;
      onFault({ error: toAppError(error) });
      cancelRenewal = clock.after(leaseMs / 6, () => void renew());
    }
  };
  heldSince(acquiredAt);
  return stop;
}

/** It would run out by itself; that it could not be given back is no harm. */
async function giveBack({ store, onFault }: LeaseTools, lease: Lease): Promise<void> {
  try {
    await store.releaseLease(lease);
  } catch (error) {
    onFault({ error: toAppError(error) });
  }
}

function leaseLost(): AppError {
  return new AppError('LEASE_LOST', 'Somebody else takes care of this now.');
}
