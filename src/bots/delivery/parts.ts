import type { AppError } from '../../errors.ts';
import type { Clock } from '../../queue/clock.ts';
import type { EditQueue } from '../../queue/types.ts';
import type { ConversationStore, ImageStore } from '../../store/types.ts';
import type { JobLimits } from '../job.ts';
import type { ChatAdapter } from '../types.ts';

/** What delivery works with; all of it stays the caller's. */
export interface DeliveryParts {
  readonly store: ConversationStore;
  readonly images: Pick<ImageStore, 'get'>;
  readonly queue: EditQueue;
  readonly adapters: readonly ChatAdapter[];
  /** What is to be known of an engine by its name. */
  readonly engines: (name: string) => { readonly seeded: boolean };
  readonly limits?: JobLimits;
  /**
   * Names this process among those that share the database. One that keeps its name over a restart
   * goes on at once, where others wait for its leases to run out; no two at a time may share one.
   */
  readonly owner: string;
  readonly clock?: Clock;
  /** Hears of each failure, for the log. */
  readonly onFault?: (fault: DeliveryFault) => void;
  readonly timing?: Partial<DeliveryTiming>;
}

export interface DeliveryFault {
  readonly turnId?: string;
  /** What a failed message was for. */
  readonly slot?: string;
  readonly error: AppError;
}

export interface DeliveryTiming {
  /** How long the right to deliver a turn holds without being renewed. */
  readonly leaseMs: number;
  readonly sweepIntervalMs: number;
  /** How often places in the queue are looked up. */
  readonly positionIntervalMs: number;
  /** Wait after a first failure; twice as long after each further one. */
  readonly retryMs: number;
  readonly maxRetryMs: number;
  /** After this time no message is tried any more that a platform which is there does not take. */
  readonly giveUpMs: number;
}

export const DELIVERY_TIMING = {
  leaseMs: 30_000,
  sweepIntervalMs: 60_000,
  positionIntervalMs: 5_000,
  retryMs: 1_000,
  maxRetryMs: 300_000,
  giveUpMs: 86_400_000,
} as const satisfies DeliveryTiming;

/** The same with nothing left open. */
export type Tools = Required<Omit<DeliveryParts, 'timing' | 'adapters'>> & {
  readonly timing: DeliveryTiming;
};
