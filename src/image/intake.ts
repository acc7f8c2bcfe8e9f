import { AppError } from '../errors.ts';
import { checkFile, damaged, notesOn } from './checks.ts';
import { DecodeProcess, type EndReason } from './decode-process.ts';
import type { Decoded } from './decode-protocol.ts';
import { IMAGE_LIMITS, type ImageLimits } from './limits.ts';
import type { EncodedImage, ImageFormat } from './types.ts';
import { untilAborted } from './until-aborted.ts';

/** A decoder that nobody needed for this long gives its memory back. */
const IDLE_MS = 60_000;

/** A picture from outside that proved sound: every pixel of its first frame has been decoded. */
export interface TakenImage {
  /** The file's own bytes; but for GIF, HEIC and animated AVIF, the first frame as PNG. */
  readonly image: EncodedImage;
  readonly originalFormat: ImageFormat;
  /** What the user should know about how the picture was taken: whole sentences. */
  readonly notes: readonly string[];
}

/**
 * The one way in for pictures from outside. They are decoded in a child process, which is started
 * when first needed, kept while it is in use and replaced when it fell over. Pictures that come at
 * the same time take turns.
 */
export interface Intake extends AsyncDisposable {
  /** Starts the decoder ahead of the first picture; resolves once it is ready. */
  warm(): Promise<void>;
  /**
   * @param bytes The whole file; not to be changed from now on.
   * @throws {AppError} One of the `IMAGE_…` codes; `SHUTDOWN` once the intake is disposed of; the
   *   reason of the signal as soon as it aborts.
   */
  take(bytes: Uint8Array, call: { readonly signal: AbortSignal }): Promise<TakenImage>;
}

export function openIntake(limits: ImageLimits = IMAGE_LIMITS): Intake {
  return new DecodingIntake(limits);
}

class DecodingIntake implements Intake {
  readonly #limits: ImageLimits;
  #decoder: DecodeProcess | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();
  #disposed = false;

  constructor(limits: ImageLimits) {
    this.#limits = limits;
  }

  async warm(): Promise<void> {
    await this.#takeTurn(async () => {
      if (this.#disposed) return;
      await this.#running().ready;
      this.#rest();
    });
  }

  async take(bytes: Uint8Array, { signal }: { readonly signal: AbortSignal }): Promise<TakenImage> {
    signal.throwIfAborted();
    const originalFormat = checkFile(bytes, this.#limits);
    const { width, height, frames, png } = await untilAborted(
      this.#takeTurn(() => this.#decode(bytes, originalFormat, signal)),
      signal,
    );
    return {
      image: png
        ? { bytes: png, format: 'png', width, height }
        : { bytes, format: originalFormat, width, height },
      originalFormat,
      notes: notesOn({ format: originalFormat, width, height, frames }),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#idleTimer);
    const decoder = this.#decoder;
    decoder?.hold(true);
    decoder?.kill();
    await this.#lastTurn;
    await decoder?.ended;
  }

  /** Runs `work` after all that came before. */
  #takeTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => {});
    return turn;
  }

  async #decode(bytes: Uint8Array, format: ImageFormat, signal: AbortSignal): Promise<Decoded> {
    const { timeoutMs, ...limits } = this.#limits;
    for (;;) {
      signal.throwIfAborted();
      if (this.#disposed) throw shutDown();
      const isFresh = this.#decoder === undefined;
      const decoder = this.#running();
      const outcome = await decoder.decode({ bytes, format, limits }, { signal, timeoutMs });
      if (outcome.type !== 'ended') this.#rest();
      if (outcome.type === 'decoded') return outcome;
      if (outcome.type === 'refused') {
        const { code, message, cause } = outcome;
        throw new AppError(code, message, cause === undefined ? {} : { cause });
      }
      this.#forget(decoder);
      // It may be gone for what came before, so that only the end of a fresh one tells.
      if (isFresh || outcome.why === 'slow') throw this.#endedError(outcome.why, format, signal);
    }
  }

  /** What to throw when the decoder ended while it was at a picture. */
  #endedError(why: EndReason, format: ImageFormat, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    if (this.#disposed) return shutDown();
    switch (why) {
      case 'slow':
        return new AppError(
          'IMAGE_TOO_SLOW',
          `The picture took more than ${this.#limits.timeoutMs / 1_000} seconds to open; please send a smaller one, or as another file.`,
        );
      case 'memory':
        return new AppError(
          'IMAGE_TOO_MANY_PIXELS',
          'The picture takes more memory than it may; please send a smaller one, or as another file.',
        );
      case 'crashed':
        return damaged(format);
      case 'killed':
      case 'not-started':
        break;
    }
    return new AppError('INTERNAL', 'Pictures can not be opened just now; please try again.', {
      retryable: true,
    });
  }

  /** The decoder, started if there is none, as long as it is in use. */
  #running(): DecodeProcess {
    clearTimeout(this.#idleTimer);
    const decoder = (this.#decoder ??= this.#start());
    decoder.hold(true);
    return decoder;
  }

  #start(): DecodeProcess {
    const decoder = new DecodeProcess(this.#limits);
    void decoder.ended.then(() => this.#forget(decoder));
    return decoder;
  }

  /** Keeps the decoder for what comes next, but neither for ever nor against the process's end. */
  #rest(): void {
    const decoder = this.#decoder;
    if (!decoder) return;
    decoder.hold(false);
    this.#idleTimer = setTimeout(() => {
      this.#forget(decoder);
      decoder.kill();
    }, IDLE_MS).unref();
  }

  #forget(decoder: DecodeProcess): void {
    if (this.#decoder === decoder) this.#decoder = undefined;
  }
}

function shutDown(): AppError {
  return new AppError('SHUTDOWN', 'The program is shutting down; please send the picture again.');
}
