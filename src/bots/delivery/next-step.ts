import type { ChatMessage } from '../messages.ts';
import type { Fingerprint } from '../fingerprint.ts';

/** A message as it should be. */
export interface Wanted {
  readonly slot: string;
  readonly message: ChatMessage;
  readonly fingerprint: Fingerprint;
}

/** What is known of a message as it is. */
export interface SlotState {
  readonly messageId?: string;
  /** What was last painted; undefined while nobody knows. */
  readonly painted?: Fingerprint;
  /** When that was. */
  readonly paintedAt?: number;
  /** Somebody deleted it, or it was given up: it is left alone for good. */
  readonly isGone?: boolean;
  /** A painting that the platform would not have. */
  readonly refused?: Fingerprint;
  /** When to try again after a failure. */
  readonly notBefore?: number;
}

export interface Pace {
  readonly editIntervalMs: number;
  /** When a new message may be written, and when anything may. */
  readonly postAt: number;
  readonly freeAt: number;
}

export type Step =
  | { readonly kind: 'post' | 'update'; readonly wanted: Wanted }
  | { readonly kind: 'wait'; readonly until: number }
  /** The thread is as it should be. */
  | { readonly kind: 'rest' };

/**
 * What to do next to make a thread as it should be: new messages in their order and before all
 * else, then of the messages that differ the one that has waited longest. Pure.
 */
export function nextStep(
  wanted: readonly Wanted[],
  slots: ReadonlyMap<string, SlotState>,
  pace: Pace,
  now: number,
): Step {
  const open = wanted.flatMap((one) => {
    const state = slots.get(one.slot) ?? {};
    return isDone(one, state) ? [] : [{ wanted: one, state }];
  });
  const unposted = open.find(({ state }) => state.messageId === undefined);
  const candidates = [
    ...(unposted
      ? [
          {
            kind: 'post' as const,
            wanted: unposted.wanted,
            at: Math.max(unposted.state.notBefore ?? 0, pace.postAt),
          },
        ]
      : []),
    ...open
      .filter(({ state }) => state.messageId !== undefined)
      .toSorted((one, other) => (one.state.paintedAt ?? 0) - (other.state.paintedAt ?? 0))
      .map(({ wanted: one, state }) => ({
        kind: 'update' as const,
        wanted: one,
        at: Math.max(
          state.notBefore ?? 0,
          pace.freeAt,
          state.paintedAt === undefined ? 0 : state.paintedAt + pace.editIntervalMs,
        ),
      })),
  ];
  const due = candidates.find(({ at }) => at <= now);
  if (due) return { kind: due.kind, wanted: due.wanted };
  if (candidates.length === 0) return { kind: 'rest' };
  return { kind: 'wait', until: Math.min(...candidates.map(({ at }) => at)) };
}

function isDone({ fingerprint }: Wanted, { isGone, painted, refused }: SlotState): boolean {
  return isGone === true || isSame(fingerprint, painted) || isSame(fingerprint, refused);
}

function isSame(one: Fingerprint, other: Fingerprint | undefined): boolean {
  return one.message === other?.message && one.pictures === other.pictures;
}
