import { createHash } from 'node:crypto';

import type { Bucket, Limits } from './limits.ts';
import type { Route } from './routes/route.ts';

interface Window {
  until: number;
  used: number;
}

interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  /** Where it was too much: the answer. */
  readonly body?: object;
}

/** Windows of so many requests: one for all of the bot's, one for each route and channel. */
export class RateLimits {
  readonly #limits: Limits;
  readonly #windows = new Map<string, Window>();
  /** Requests that were refused. */
  refused = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  take(
    route: Route,
    params: Readonly<Record<string, string>>,
    provoked?: { readonly retryAfterMs: number; readonly isGlobal: boolean },
  ): Taken {
    const major = params['channel'] ?? params['guild'] ?? params['token'] ?? '';
    const id = createHash('md5').update(`${route.method} ${route.path}`).digest('hex');
    const { perRoute, global } = this.#limits;
    if (provoked) return this.#refusal(provoked.retryAfterMs, provoked.isGlobal, id, perRoute);
    // What answers an interaction does not count for the whole.
    if (route.needs === 'token') {
      const window = this.#window('global', global);
      if (window.used >= global.requests) {
        return this.#refusal(window.until - Date.now(), true, id, perRoute);
      }
      window.used += 1;
    }
    const window = this.#window(`${id}:${major}`, perRoute);
    const resetMs = window.until - Date.now();
    if (window.used >= perRoute.requests) return this.#refusal(resetMs, false, id, perRoute);
    window.used += 1;
    return { headers: headersOf(id, perRoute, perRoute.requests - window.used, resetMs) };
  }

  #window(key: string, { windowMs }: Bucket): Window {
    const now = Date.now();
    const known = this.#windows.get(key);
    if (known && known.until > now) return known;
    const window = { until: now + windowMs, used: 0 };
    this.#windows.set(key, window);
    return window;
  }

  #refusal(afterMs: number, isGlobal: boolean, id: string, bucket: Bucket): Taken {
    this.refused += 1;
    const retryAfter = Math.max(0.001, afterMs / 1_000);
    return {
      headers: {
        ...(isGlobal ? { 'x-ratelimit-global': 'true' } : headersOf(id, bucket, 0, afterMs)),
        'x-ratelimit-scope': isGlobal ? 'global' : 'user',
        'retry-after': String(Math.ceil(retryAfter)),
        via: '1.1 google',
      },
      body: { message: 'You are being rate limited.', retry_after: retryAfter, global: isGlobal },
    };
  }
}

const headersOf = (id: string, bucket: Bucket, remaining: number, resetMs: number) => ({
  'x-ratelimit-limit': String(bucket.requests),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String((Date.now() + resetMs) / 1_000),
  'x-ratelimit-reset-after': String(resetMs / 1_000),
  'x-ratelimit-bucket': id,
});
