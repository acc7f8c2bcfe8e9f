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
  /** Somebody deleted it, or it was given up: it is left alone for good. */
  readonly isGone?: boolean;
  /** A painting that the platform would not have. */
  readonly refused?: Fingerprint;
  /** When to try again after a failure. */
  readonly notBefore?: number;
}

/** When what may be written. */
export interface Pace {
  readonly postAt: number;
  readonly freeAt: number;
  readonly editAt: (slot: string) => number;
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
      .map(({ wanted: one, state }) => ({ one, state, at: pace.editAt(one.slot) }))
      .toSorted((one, other) => one.at - other.at)
      .map(({ one, state, at }) => ({
        kind: 'update' as const,
        wanted: one,
        at: Math.max(at, state.notBefore ?? 0, pace.freeAt),
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
