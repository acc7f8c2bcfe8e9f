import { setTimeout as sleep } from 'node:timers/promises';

import OpenAI from 'openai';
import { Agent } from 'undici';

import { withinTime } from '../../../http/time-limit.ts';
import type { Call } from '../../types.ts';
import { outOfTime, serverFailure, unreadable, type Half } from './failures.ts';
import type { Meter } from './meter.ts';
import type { ServerOptions } from './options.ts';
import { wireFetch } from './wire.ts';

const MAX_TRIES = 4;
const RETRY_MS = 1_000;

/** Servers without keys take any; the client wants one. */
const NO_KEY = 'none';

/** A server that speaks OpenAI's protocol, as one half of the engine uses it. */
export class Server {
  readonly half: Half;
  readonly options: ServerOptions;
  /** Models take minutes to their first word, where Node's own would give up after five. */
  readonly #agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  readonly #client: OpenAI;
  #model: string | undefined;

  constructor(half: Half, options: ServerOptions) {
    this.half = half;
    this.options = options;
    this.#model = options.model;
    this.#client = new OpenAI({
      baseURL: options.url.replace(/\/+$/, ''),
      apiKey: options.apiKey ?? NO_KEY,
      organization: null,
      project: null,
      webhookSecret: null,
      adminAPIKey: null,
      // Its waits hear no signal, and its limit ends with the headers.
      maxRetries: 0,
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
    });
  }

  /** The model of the settings, else the first that the server has. */
  async model(meter: Meter, call: Call): Promise<string> {
    if (this.#model !== undefined) return this.#model;
    const { data } = await this.client(meter).models.list({ signal: call.signal });
    const [first] = Array.isArray(data) ? data : [];
    if (typeof first?.id !== 'string') throw unreadable(this.half, 'no model');
    this.#model = first.id;
    return first.id;
  }

  /** The client, whatever it does counted by the meter. */
  client(meter: Meter): OpenAI {
    return this.#client.withOptions({ fetch: wireFetch(this.#agent, meter) });
  }

  /**
   * Does something with the server within its time limit, again where that can help, as soon as the
   * server wishes.
   * @throws {AppError} What `serverFailure` makes of the last failure; the reason of the signal.
   */
  async attempt<Value>(
    work: (call: Call) => Promise<Value>,
    meter: Meter,
    call: Call,
  ): Promise<Value> {
    const { timeoutMs } = this.options;
    const startedAt = performance.now();
    try {
      return await withinTime(timeoutMs, call, (inner) => this.#tries(work, timeoutMs, inner));
    } catch (error) {
      call.signal.throwIfAborted();
      if (error instanceof DOMException && error.name === 'TimeoutError') {
        throw outOfTime(this.half, timeoutMs);
      }
      throw serverFailure(this.half, error);
    } finally {
      meter.waited(performance.now() - startedAt);
    }
  }

  async #tries<Value>(
    work: (call: Call) => Promise<Value>,
    timeoutMs: number,
    call: Call,
  ): Promise<Value> {
    const startedAt = performance.now();
    for (let tried = 1; ; tried += 1) {
      try {
        return await work(call);
      } catch (thrown) {
        call.signal.throwIfAborted();
        const error = serverFailure(this.half, thrown);
        const waitMs = error.retryAfterMs ?? RETRY_MS * 2 ** (tried - 1);
        const leftMs = timeoutMs - (performance.now() - startedAt);
        if (!error.retryable || tried === MAX_TRIES || waitMs >= leftMs) throw error;
        await sleep(waitMs, undefined, { signal: call.signal });
      }
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
