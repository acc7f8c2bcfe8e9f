import {
  EngineProcess,
  type EngineSpec,
  type ProcessLimits,
  type RunningCall,
} from './engine-process.ts';
import type { EngineCalls, EngineRequest } from './engine-protocol.ts';
import { interruption } from './interruption.ts';
import type { Capabilities, Engine, EngineCall } from './types.ts';

export type { EngineSpec } from './engine-process.ts';

export interface HostLimits extends ProcessLimits {
  /** How long a process without a call is kept. */
  readonly idleMs: number;
}

const HOST_DEFAULTS = {
  startTimeoutMs: 300_000,
  killGraceMs: 1_500,
  disposeGraceMs: 5_000,
  maxMemoryBytes: 4 * 2 ** 30,
  idleMs: 600_000,
} as const satisfies HostLimits;

/**
 * Runs an engine in a process of its own, where its crash, hang or kill stays, and answers with its
 * proxy once it is ready. The process is started again when a call finds none. Calls run one at a
 * time, in the order in which they are first asked for a step.
 *
 * A call throws what the engine throws. On top of that come the reason of its signal once that has
 * aborted, `ENGINE_CRASHED` (retryable), `ENGINE_OUT_OF_MEMORY`, what a start can throw, and
 * `SHUTDOWN` once the proxy is disposed of.
 *
 * @param onMemory Hears four times a second how much memory its process holds; bytes, 0 without one.
 * @throws {AppError} `ENGINE_START`, `ENGINE_OUT_OF_MEMORY`, or what the engine's start throws.
 */
export async function hostEngine(
  spec: EngineSpec,
  limits: Partial<HostLimits> = {},
  onMemory?: (bytes: number) => void,
): Promise<Engine> {
  const host = new EngineHost(spec, { ...HOST_DEFAULTS, ...limits }, onMemory);
  const capabilities = await host.start();
  return {
    name: spec.name,
    capabilities,
    reasoner: {
      think: (input, call) => host.call({ name: 'think', input }, call),
      reflect: (input, call) => host.call({ name: 'reflect', input }, call),
    },
    editor: { edit: (input, call) => host.call({ name: 'edit', input }, call) },
    [Symbol.asyncDispose]: () => host.close(),
  };
}

/** Why a call is broken off whose consumer has left: nobody is to see it. */
const RETURNED = interruption('stop');

class EngineHost {
  readonly #spec: EngineSpec;
  readonly #limits: HostLimits;
  readonly #onMemory: ((bytes: number) => void) | undefined;
  #process: EngineProcess | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  /** Settles when all who asked for the process so far have left. */
  #last: Promise<void> = Promise.resolve();
  /** Breaks off the calls that wait or run. */
  readonly #calls = new Set<AbortController>();
  #closed: Promise<void> | undefined;

  constructor(spec: EngineSpec, limits: HostLimits, onMemory?: (bytes: number) => void) {
    this.#spec = spec;
    this.#limits = limits;
    this.#onMemory = onMemory;
  }

  async start(): Promise<Capabilities> {
    const leave = await this.#enter();
    try {
      const process = await this.#warm();
      return await process.ready;
    } finally {
      this.#rest();
      leave();
    }
  }

  call<Name extends keyof EngineCalls>(
    request: EngineRequest<Name>,
    call: EngineCall,
  ): AsyncGenerator<EngineCalls[Name]['step'], EngineCalls[Name]['outcome']>;
  call(request: EngineRequest, call: EngineCall): AsyncGenerator<unknown, unknown> {
    const controller = new AbortController();
    const generator = this.#run(request, call, controller);
    const close = generator.return.bind(generator);
    // By itself `return` would first wait for the step that the engine is at.
    generator.return = (outcome) => {
      controller.abort(RETURNED);
      return close(outcome);
    };
    return generator;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async *#run(
    request: EngineRequest,
    { signal: outer, note }: EngineCall,
    controller: AbortController,
  ): AsyncGenerator<unknown, unknown> {
    if (this.#closed) throw interruption('shutdown');
    outer.throwIfAborted();
    const { signal } = controller;
    const forward = () => controller.abort(outer.reason);
    outer.addEventListener('abort', forward, { once: true });
    this.#calls.add(controller);
    try {
      const { steps, settled } = await this.#begin(request, { signal, ...(note && { note }) });
      try {
        for (;;) {
          const next = await steps.next();
          if (!next) break;
          if (!signal.aborted) yield next.step;
        }
        const settlement = await settled;
        signal.throwIfAborted();
        if ('error' in settlement) throw settlement.error;
        return settlement.outcome;
      } finally {
        controller.abort(RETURNED);
        await settled;
      }
    } catch (error) {
      if (error === RETURNED) return undefined;
      throw error;
    } finally {
      this.#calls.delete(controller);
      outer.removeEventListener('abort', forward);
    }
  }

  /** Starts a call when its turn has come, and lets the next one in when it has settled. */
  async #begin(request: EngineRequest, call: EngineCall): Promise<RunningCall> {
    const { signal } = call;
    const leave = await this.#enter(signal);
    const rest = () => {
      this.#rest();
      leave();
    };
    try {
      const process = await this.#warm();
      await unlessAborted(process.ready, signal);
      const running = process.call(request, call);
      void running.settled.then(rest);
      return running;
    } catch (error) {
      rest();
      throw error;
    }
  }

  /** Waits until all who came before have left. What it returns lets the next one in. */
  async #enter(signal?: AbortSignal): Promise<() => void> {
    const before = this.#last;
    let leave!: () => void;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => left);
    try {
      await (signal ? unlessAborted(before, signal) : before);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** A living process, perhaps still starting; it stays until `#rest`. */
  async #warm(): Promise<EngineProcess> {
    clearTimeout(this.#idleTimer);
    this.#process?.hold(true);
    if (this.#process && (await this.#process.isAlive())) return this.#process;
    this.#process = new EngineProcess(this.#spec, this.#limits, this.#onMemory);
    return this.#process;
  }

  /** An idle process keeps nobody waiting for its end, and is put away after a while. */
  #rest(): void {
    this.#process?.hold(false);
    this.#idleTimer = setTimeout(() => void this.#putAway(), this.#limits.idleMs).unref();
  }

  async #putAway(): Promise<void> {
    const leave = await this.#enter();
    clearTimeout(this.#idleTimer);
    await this.#process?.shutDown();
    this.#process = undefined;
    leave();
  }

  async #close(): Promise<void> {
    for (const call of this.#calls) call.abort(interruption('shutdown'));
    await this.#putAway();
  }
}

/** Waits for a promise, but no longer than until the signal aborts; then throws its reason. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
