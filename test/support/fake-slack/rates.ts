import type { Clock } from '../../../src/queue/clock.ts';

/** How often a method may be called, in any span of so many milliseconds. */
export interface Rate {
  readonly calls: number;
  readonly perMs: number;
  /** Counted for each channel, not for the workspace. */
  readonly byChannel?: boolean;
}

const perMinute = (calls: number): Rate => ({ calls, perMs: 60_000 });

/** The tiers, at the least that they promise. */
const TIERS = {
  1: perMinute(1),
  2: perMinute(20),
  3: perMinute(50),
  4: perMinute(100),
} as const;

/** What is said of each method in its reference. */
export const SLACK_RATES: Readonly<Record<string, readonly Rate[]>> = {
  'assistant.threads.setStatus': [perMinute(600)],
  'assistant.threads.setSuggestedPrompts': [TIERS[4]],
  'assistant.threads.setTitle': [TIERS[4]],
  'auth.test': [perMinute(300)],
  'chat.delete': [TIERS[3]],
  'chat.postEphemeral': [TIERS[4]],
  // One a second, and short bursts; several hundred a minute in all.
  'chat.postMessage': [{ calls: 5, perMs: 5_000, byChannel: true }, perMinute(300)],
  'chat.update': [TIERS[3]],
  'conversations.history': [TIERS[3]],
  'conversations.info': [TIERS[3]],
  'conversations.members': [TIERS[4]],
  'conversations.open': [TIERS[3]],
  'conversations.replies': [TIERS[3]],
  'files.completeUploadExternal': [TIERS[4]],
  'files.delete': [TIERS[3]],
  'files.getUploadURLExternal': [TIERS[4]],
  'files.info': [TIERS[4]],
  'reactions.add': [TIERS[3]],
  'reactions.remove': [TIERS[2]],
  'users.info': [TIERS[4]],
  'views.open': [TIERS[4]],
  'views.publish': [TIERS[4]],
  'views.push': [TIERS[4]],
  'views.update': [TIERS[4]],
};

/** Counts calls against rates. */
export class Rates {
  readonly #clock: Clock;
  readonly #calls = new Map<string, number[]>();
  /** By method; what is not there may be called at will. */
  readonly rates: Map<string, readonly Rate[]>;

  constructor(clock: Clock, rates: Readonly<Record<string, readonly Rate[]>>) {
    this.#clock = clock;
    this.rates = new Map(Object.entries(rates));
  }

  /** Takes a call, or says in how many milliseconds there may be one. */
  take(method: string, workspace: string, channel: string): number | undefined {
    const now = this.#clock.now();
    const spans = (this.rates.get(method) ?? []).map((rate, index) => {
      const key = [method, index, workspace, ...(rate.byChannel ? [channel] : [])].join(' ');
      const calls = (this.#calls.get(key) ?? []).filter((at) => at > now - rate.perMs);
      this.#calls.set(key, calls);
      return { rate, calls };
    });
    const waits = spans
      .filter(({ rate, calls }) => calls.length >= rate.calls)
      .map(({ rate, calls }) => (calls[calls.length - rate.calls] ?? now) + rate.perMs - now);
    if (waits.length > 0) return Math.max(...waits);
    for (const { calls } of spans) calls.push(now);
    return undefined;
  }
}
