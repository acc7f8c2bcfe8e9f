import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import { pause } from '../delivery/patience.ts';
import { rateLimited } from './errors.ts';

/** How often a method may be called in any minute, and how many of these calls may come at once. */
interface Allowance {
  readonly perMinute: number;
  readonly burst: number;
  /** How long a call waits for its turn before it is refused; milliseconds. */
  readonly patienceMs: number;
  /** Each channel has an allowance of its own. */
  readonly perChannel?: boolean;
}

const PATIENCE_MS = 15_000;
const tier = (perMinute: number): Allowance => ({
  perMinute,
  burst: Math.floor(perMinute / 5),
  patienceMs: PATIENCE_MS,
});

const TIER_3 = tier(50);
const TIER_4 = tier(100);

/** Slack's tiers (https://docs.slack.dev/apis/web-api/rate-limits), for the methods that are called often. */
const ALLOWANCES: Readonly<Record<string, Allowance | readonly Allowance[]>> = {
  'chat.postMessage': [
    { perMinute: 60, burst: 1, patienceMs: PATIENCE_MS, perChannel: true },
    tier(300),
  ],
  // Who waits would write what is out of date by then.
  'chat.update': { ...TIER_3, patienceMs: 0 },
  'chat.delete': TIER_3,
  'conversations.history': TIER_3,
  'conversations.info': TIER_3,
  'conversations.replies': TIER_3,
  'files.delete': TIER_3,
  'chat.postEphemeral': TIER_4,
  'files.getUploadURLExternal': TIER_4,
  'files.completeUploadExternal': TIER_4,
  'files.info': TIER_4,
  'users.info': TIER_4,
  'views.open': TIER_4,
  'views.publish': TIER_4,
};

/** Keeps calls below what Slack allows, so that it never has to say so. Of one process. */
export class Pace {
  readonly #clock: Clock;
  /** When each would be free again if it had not been called at once. */
  readonly #filledUntil = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves when a call may be made, which counts from then on.
   * @throws {AppError} `RATE_LIMITED` where that would take too long.
   */
  async take(team: string, method: string, channel: string, call: Call): Promise<void> {
    const now = this.#clock.now();
    const buckets = [ALLOWANCES[method] ?? []].flat().map((allowance, index) => {
      const { perMinute, burst, patienceMs, perChannel } = allowance;
      // A burst and a steady flow together are no more than a minute's calls.
      const intervalMs = 60_000 / (burst === 1 ? perMinute : perMinute - burst);
      const key = JSON.stringify([team, method, index, perChannel ? channel : '']);
      const filledUntil = Math.max(now, this.#filledUntil.get(key) ?? 0);
      const waitMs = filledUntil - now - (burst - 1) * intervalMs;
      return { key, waitMs, patienceMs, filledUntil: filledUntil + intervalMs };
    });
    const late = buckets.find(({ waitMs, patienceMs }) => waitMs > patienceMs);
    if (late) throw rateLimited(Math.ceil(late.waitMs));
    for (const { key, filledUntil } of buckets) this.#filledUntil.set(key, filledUntil);
    this.#forgetPast(now);
    const waitMs = Math.max(0, ...buckets.map((bucket) => bucket.waitMs));
    if (waitMs > 0) await pause(this.#clock, waitMs, call);
  }

  #forgetPast(now: number): void {
    if (this.#filledUntil.size < MANY) return;
    for (const [key, until] of this.#filledUntil) if (until <= now) this.#filledUntil.delete(key);
  }
}

const MANY = 1_000;
