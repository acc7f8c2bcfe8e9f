import { compiledModule, startChild, type Child, type ChildExit } from '../child-process.ts';
import { FromChild, type Decoded, type DecodeRequest, type Refused } from './decode-protocol.ts';
import type { ImageLimits } from './limits.ts';

const START_TIMEOUT_MS = 30_000;

/** Node, libvips and the WebAssembly of libheif, with nothing to do. */
const IDLE_MEMORY_BYTES = 512 * 2 ** 20;
/** Of the costliest legitimate pictures: 16-bit planes, a decoder's references, a copy. */
const MEMORY_BYTES_PER_PIXEL = 24;

/** Why a process is gone: it ran out of time or memory, we killed it, or it fell over. */
export type EndReason = 'slow' | 'memory' | 'killed' | 'crashed' | 'not-started';

/** The end of a process while it was decoding. */
export interface Ended {
  readonly type: 'ended';
  readonly why: EndReason;
}

/** One child process that decodes pictures, one at a time, from its start to its end. */
export class DecodeProcess {
  /** Settles once the child can decode, or has ended without. */
  readonly ready: Promise<void>;
  /** Settles once the child is gone. */
  readonly ended: Promise<Ended>;
  readonly #child: Child;
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #becomeReady = () => {};
  #end = (_ended: Ended) => {};
  #answer = (_answer: Decoded | Refused) => {};
  #outOfTime = false;
  #makesSense = true;

  constructor({ maxPixels, maxBytes }: ImageLimits) {
    this.ready = new Promise((resolve) => (this.#becomeReady = resolve));
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#child = startChild({
      entry: compiledModule(import.meta.url, './decode-child.ts'),
      maxMemoryBytes: IDLE_MEMORY_BYTES + MEMORY_BYTES_PER_PIXEL * maxPixels + 2 * maxBytes,
      onMessage: (message) => this.#hear(message),
      onExit: (exit) => this.#exit(exit),
    });
    const startTimer = setTimeout(() => this.#child.kill(), START_TIMEOUT_MS);
    void this.ready.then(() => clearTimeout(startTimer));
  }

  /** Whether the process alone keeps this one running. True at first. */
  hold(yes: boolean): void {
    this.#child.hold(yes);
  }

  kill(): void {
    this.#child.kill();
  }

  /** Decodes one picture; the process is killed when the time is up or the signal aborts. */
  async decode(
    request: DecodeRequest,
    call: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<Decoded | Refused | Ended> {
    const kill = () => this.#child.kill();
    call.signal.addEventListener('abort', kill, { once: true });
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.ready;
      if (call.signal.aborted) kill();
      timer = setTimeout(() => {
        this.#outOfTime = true;
        kill();
      }, call.timeoutMs);
      const answer = new Promise<Decoded | Refused>((resolve) => (this.#answer = resolve));
      this.#child.send(request);
      return await Promise.race([answer, this.ended]);
    } finally {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', kill);
    }
  }

  #hear(message: unknown): void {
    const { data } = FromChild.safeParse(message);
    if (data?.type === 'ready') {
      this.#state = 'ready';
      this.#becomeReady();
    } else if (data) {
      this.#answer(data);
    } else {
      this.#makesSense = false;
      this.#child.kill();
    }
  }

  #exit(exit: ChildExit): void {
    const why = this.#state === 'starting' ? 'not-started' : this.#endReason(exit);
    this.#state = 'ended';
    this.#becomeReady();
    this.#end({ type: 'ended', why });
  }

  #endReason({ kind, signal }: ChildExit): EndReason {
    if (!this.#makesSense) return 'crashed';
    if (kind === 'killed') return this.#outOfTime ? 'slow' : 'killed';
    // Killed by somebody else: by a system that ran short of memory, as a rule.
    return signal === 'SIGKILL' ? 'memory' : kind;
  }
}
