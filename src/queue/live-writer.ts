import type { EncodedImage } from '../image/types.ts';
import type { Clock } from './clock.ts';
import type { ImageReference } from '../store/image-reference.ts';
import type { LiveState } from './update.ts';

/** At most four writes a second. */
const INTERVAL_MS = 250;

/** A live state whose picture is not in the image store yet. */
export interface Shown {
  readonly state: LiveState;
  readonly preview?: EncodedImage;
}

interface Sinks {
  readonly show: (state: LiveState) => Promise<void>;
  readonly keep: (preview: EncodedImage) => Promise<ImageReference>;
}

/**
 * Writes live states at a bounded pace, the latest one each time. That one gets lost is no harm, so
 * nothing here waits or fails.
 */
export class LiveWriter {
  readonly #sinks: Sinks;
  readonly #clock: Clock;
  #next: Shown | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;
  #writing: Promise<void> | undefined;
  #kept: { readonly preview: EncodedImage; readonly reference: ImageReference } | undefined;

  constructor(sinks: Sinks, clock: Clock) {
    this.#sinks = sinks;
    this.#clock = clock;
  }

  show(shown: Shown): void {
    this.#next = shown;
    this.#schedule();
  }

  /** Drops what was not written yet. Once it resolves nothing is being written. */
  async settle(): Promise<void> {
    this.#next = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    await this.#writing;
  }

  #schedule(): void {
    if (this.#next === undefined || this.#writing || this.#cancelTimer) return;
    const waitMs = this.#lastAt + INTERVAL_MS - this.#clock.now();
    if (waitMs <= 0) {
      this.#writing = this.#write(this.#next);
      return;
    }
    this.#cancelTimer = this.#clock.after(waitMs, () => {
      this.#cancelTimer = undefined;
      this.#schedule();
    });
  }

  async #write({ state, preview }: Shown): Promise<void> {
    this.#next = undefined;
    this.#lastAt = this.#clock.now();
    try {
      await this.#sinks.show(
        preview && state.stage === 'editing'
          ? { ...state, preview: await this.#keep(preview) }
          : state,
      );
    } catch {
      // The next fact fails for the same reason, if it lasts.
    }
    this.#writing = undefined;
    this.#schedule();
  }

  async #keep(preview: EncodedImage): Promise<ImageReference> {
    if (this.#kept?.preview === preview) return this.#kept.reference;
    const reference = await this.#sinks.keep(preview);
    this.#kept = { preview, reference };
    return reference;
  }
}
