import type { EngineEnvironment } from '../config/environment.ts';
import { compiledModule, startChild, type Child, type ChildExit } from '../child-process.ts';
import { AppError, toAppError } from '../errors.ts';
import {
  fromPlainError,
  isToHost,
  type EngineRequest,
  type ToChild,
  type ToHost,
} from './engine-protocol.ts';
import { EMPTY_TABLE, pack, unpack, type Packed } from './image-table.ts';
import { Inbox } from './inbox.ts';
import { interruptionOf } from './interruption.ts';
import type { Capabilities, EngineCall, EngineSettings, Note } from './types.ts';

export interface EngineSpec extends EngineSettings {
  /** File URL of the compiled `index.js` of the engine's folder, which is an `EngineModule`. */
  readonly module: string;
  /** What its process sees of the environment beside what every child does. */
  readonly environment?: EngineEnvironment;
}

export interface ProcessLimits {
  /** From the start of the process to an engine that is ready. */
  readonly startTimeoutMs: number;
  /** How long a broken-off call may take to clean up before the process is killed. */
  readonly killGraceMs: number;
  /** How long an engine may take to dispose of itself before the process is killed. */
  readonly disposeGraceMs: number;
  readonly maxMemoryBytes: number;
}

export interface RunningCall {
  /** What the engine yields; ends when the call has settled. */
  readonly steps: Inbox<{ readonly step: unknown }>;
  /** Never rejects. The process is free for the next call from then on. */
  readonly settled: Promise<Settlement>;
}

type Settlement = { readonly outcome: unknown } | { readonly error: AppError };

/**
 * One process that runs one engine, from its start to its end. Whoever uses it does one thing at a
 * time: start, then ask or call, each after the last has ended.
 */
export class EngineProcess {
  /** Rejects with `ENGINE_START`, `ENGINE_OUT_OF_MEMORY`, or what `createEngine` threw. */
  readonly ready: Promise<Capabilities>;
  readonly #name: string;
  readonly #limits: ProcessLimits;
  readonly #child: Child;
  readonly #inbox = new Inbox<unknown>();
  #state: 'starting' | 'ready' | 'gone' = 'starting';
  #exit: ChildExit | undefined;
  #table = EMPTY_TABLE;

  /** @param onMemory Hears how much memory the process holds; bytes, 0 at its end. */
  constructor(
    { module, environment = {}, ...settings }: EngineSpec,
    limits: ProcessLimits,
    onMemory: (bytes: number) => void = () => {},
  ) {
    this.#name = settings.name;
    this.#limits = limits;
    this.#child = startChild({
      entry: compiledModule(import.meta.url, './engine-child.ts'),
      maxMemoryBytes: limits.maxMemoryBytes,
      environment,
      onMemory,
      onMessage: (message) => this.#inbox.push(message),
      onExit: (exit) => {
        this.#exit = exit;
        this.#state = 'gone';
        this.#inbox.end();
      },
    });
    this.#send({ type: 'start', module, settings });
    this.ready = this.#start();
    // A start that nobody waits for any more may fail unheard: the next call finds it gone.
    this.ready.catch(() => {});
  }

  /** Whether the process alone keeps this one running. True at first. */
  hold(yes: boolean): void {
    this.#child.hold(yes);
  }

  /** Whether the process can take a call, as soon as it is ready; killed if it does not answer. */
  async isAlive(): Promise<boolean> {
    if (this.#state !== 'ready') return this.#state === 'starting';
    this.#send({ type: 'ping' });
    return (await this.#within(this.#limits.killGraceMs, this.#read('pong'))) !== undefined;
  }

  /**
   * Starts one call. When its signal aborts the child hears of it, and is killed if the call has not
   * settled after the grace, whether or not anybody reads its steps.
   */
  call(request: EngineRequest, { signal, note }: EngineCall): RunningCall {
    signal.throwIfAborted();
    const { packed, table } = pack(this.#table, request);
    this.#send({ type: 'call', request: packed });
    this.#table = table;
    const steps = new Inbox<{ readonly step: unknown }>();
    return { steps, settled: this.#settle(steps, signal, note) };
  }

  /** Lets the engine dispose of itself, and ends the process. */
  async shutDown(): Promise<void> {
    this.hold(true);
    if (this.#state === 'starting') this.#child.kill();
    await this.ready.catch(() => {});
    this.#send({ type: 'shutdown' });
    await this.#within(this.#limits.disposeGraceMs, this.#read());
  }

  async #start(): Promise<Capabilities> {
    const reply = await this.#within(this.#limits.startTimeoutMs, this.#read('ready', 'failed'));
    if (reply?.type === 'ready') {
      this.#state = 'ready';
      return reply.capabilities;
    }
    this.#state = 'gone';
    this.#child.kill();
    throw reply ? fromPlainError(reply.error) : this.#lost('starting');
  }

  async #settle(
    steps: Inbox<{ readonly step: unknown }>,
    signal: AbortSignal,
    note: (note: Note) => void = () => {},
  ): Promise<Settlement> {
    let grace: NodeJS.Timeout | undefined;
    const cancel = () => {
      this.#send({ type: 'cancel', kind: interruptionOf(signal.reason) });
      grace = setTimeout(() => this.#child.kill(), this.#limits.killGraceMs);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      for (;;) {
        const message = await this.#read('yield', 'note', 'return', 'throw');
        if (!message) return { error: this.#lost('running') };
        if (message.type === 'throw') return { error: fromPlainError(message.error) };
        if (message.type === 'return') return { outcome: this.#unpack(message.outcome) };
        if (message.type === 'note') note(message.note);
        else steps.push(message);
      }
    } catch (error) {
      // The two ends do not agree any more.
      this.#child.kill();
      return { error: toAppError(error) };
    } finally {
      signal.removeEventListener('abort', cancel);
      clearTimeout(grace);
      steps.end();
    }
  }

  #unpack(packed: Packed<unknown>): unknown {
    const { value, table } = unpack(this.#table, packed);
    this.#table = table;
    return value;
  }

  /** The next message of these types; undefined when the process is gone. */
  async #read<Type extends ToHost['type']>(
    ...types: Type[]
  ): Promise<Extract<ToHost, { type: Type }> | undefined> {
    for (;;) {
      const message = await this.#inbox.next();
      if (message === undefined || isToHost(message, types)) return message;
    }
  }

  /** Kills the process when what it was asked for takes too long. */
  async #within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.#child.kill(), limitMs);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  #send(message: ToChild): void {
    this.#child.send(message);
  }

  /** What the end of the process means to whoever waited for it. */
  #lost(phase: 'starting' | 'running'): AppError {
    const engine = `The engine "${this.#name}"`;
    const { maxMemoryBytes, startTimeoutMs } = this.#limits;
    const { kind, code = null, signal = null } = this.#exit ?? {};
    const cause = signal ? `ended by ${signal}` : `exit code ${code}`;
    if (kind === 'memory') {
      const megabytes = Math.round(maxMemoryBytes / 2 ** 20);
      return new AppError(
        'ENGINE_OUT_OF_MEMORY',
        `${engine} needed more than its ${megabytes} MB of memory; try a smaller picture.`,
      );
    }
    if (phase === 'running') {
      return new AppError('ENGINE_CRASHED', `${engine} crashed; please try again.`, {
        retryable: true,
        cause,
      });
    }
    return new AppError(
      'ENGINE_START',
      kind === 'killed'
        ? `${engine} was not ready after ${startTimeoutMs / 1_000} seconds; please try again.`
        : `${engine} ended before it was ready; its error output says why.`,
      { retryable: true, cause },
    );
  }
}
