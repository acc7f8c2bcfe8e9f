import { createHmac } from 'node:crypto';

import type { Ack, Attempt, Outgoing, Transport } from './dispatch.ts';
import type { ShiftedClock } from './shifted-clock.ts';
import type { Json } from './types.ts';

/** Events, interactivity and commands as signed requests to the app's address. */
export class SignedRequests implements Transport {
  readonly #url: string;
  readonly #secret: string;
  readonly #clock: ShiftedClock;
  /** How old requests say they are. */
  ageMs = 0;

  constructor(url: string, secret: string, clock: ShiftedClock) {
    this.#url = url;
    this.#secret = secret;
    this.#clock = clock;
  }

  /** Asks for the answer by which an address proves that it is the app's. */
  async verify(): Promise<boolean> {
    const challenge = 'who-is-there';
    const body = { token: 'verification-token', challenge, type: 'url_verification' };
    const response = await this.post('application/json', JSON.stringify(body));
    return response.ok && (await response.text()).includes(challenge);
  }

  async deliver(
    outgoing: Outgoing,
    attempt: Attempt,
    patienceMs: number,
  ): Promise<Ack | undefined> {
    const timeout = new AbortController();
    const stop = this.#clock.after(patienceMs, () => timeout.abort());
    const headers: Record<string, string> =
      attempt.number === 0
        ? {}
        : {
            'x-slack-retry-num': String(attempt.number),
            'x-slack-retry-reason': attempt.reason,
          };
    try {
      const [type, body] = encode(outgoing);
      const response = await this.post(type, body, { headers, signal: timeout.signal });
      const text = await response.text();
      const isFinal = response.headers.get('x-slack-no-retry') === '1';
      if (!response.ok) return isFinal ? { payload: undefined, isFinal } : undefined;
      return { payload: parse(text) };
    } catch {
      return undefined;
    } finally {
      stop();
    }
  }

  /** Any request, signed. */
  post(
    type: string,
    body: string,
    { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const timestamp = Math.floor((Date.now() - this.ageMs) / 1_000);
    const signature = createHmac('sha256', this.#secret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return fetch(this.#url, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
        ...headers,
      },
      ...(signal && { signal }),
    });
  }
}

const FORM = 'application/x-www-form-urlencoded';

function encode({ type, body }: Outgoing): readonly [type: string, body: string] {
  switch (type) {
    case 'events_api':
      return ['application/json', JSON.stringify(body)];
    case 'interactive':
      return [FORM, new URLSearchParams({ payload: JSON.stringify(body) }).toString()];
    case 'slash_commands':
      return [FORM, new URLSearchParams(body as Record<string, string>).toString()];
  }
  return type satisfies never;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text === '' ? {} : { text };
  }
}
