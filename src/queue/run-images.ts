import type { EncodedImage } from '../image/types.ts';
import { untilAborted } from '../image/until-aborted.ts';
import type { Call } from '../pipeline/types.ts';
import type { Clock } from './clock.ts';
import { imagesUnavailable } from './failures.ts';
import type { RoundRecord } from '../store/findings.ts';
import type { ImageReference } from '../store/image-reference.ts';
import type { EditJob } from './job.ts';
import type { TurnImages } from './types.ts';

/** How long the image store may take with one picture, whatever it makes of its signal. */
const LIMIT_MS = 60_000;

export interface LoadedImages {
  readonly source: EncodedImage;
  readonly latest: EncodedImage;
  readonly references: readonly EncodedImage[];
  readonly mask?: EncodedImage;
  /** Those of the rounds, in their order. */
  readonly rounds: readonly EncodedImage[];
}

/** The pictures of one run, from the store and to it. */
export class RunImages {
  readonly #images: TurnImages;
  readonly #clock: Clock;

  constructor(images: TurnImages, clock: Clock) {
    this.#images = images;
    this.#clock = clock;
  }

  /** All pictures of a turn: each is loaded once, and is the same object wherever it is used. */
  async load(
    { source, latest, references, mask }: EditJob,
    rounds: readonly RoundRecord[],
    call: Call,
  ): Promise<LoadedImages> {
    const loading = new Map<string, Promise<EncodedImage>>();
    const load = (reference: ImageReference): Promise<EncodedImage> => {
      const loaded =
        loading.get(reference.id) ??
        this.#within(call, (inner) => this.#images.get(reference, inner));
      loading.set(reference.id, loaded);
      return loaded;
    };
    const all = (some: readonly ImageReference[]) => Promise.all(some.map(load));
    const [[loadedSource, loadedLatest], loadedReferences, loadedMask, loadedRounds] =
      await Promise.all([
        Promise.all([load(source), load(latest)]),
        all(references),
        mask && load(mask),
        all(rounds.map(({ image }) => image)),
      ]);
    return {
      source: loadedSource,
      latest: loadedLatest,
      references: loadedReferences,
      ...(loadedMask && { mask: loadedMask }),
      rounds: loadedRounds,
    };
  }

  /** Keeps a picture, also of a turn that was just broken off: it may be the answer. */
  keep(image: EncodedImage): Promise<ImageReference> {
    return this.#within(undefined, (call) => this.#images.put(image, call));
  }

  /** Runs one call of the store until it ends, its time is up, or the turn is broken off. */
  async #within<Value>(
    outer: Call | undefined,
    work: (call: Call) => Promise<Value>,
  ): Promise<Value> {
    outer?.signal.throwIfAborted();
    const controller = new AbortController();
    const forward = () => controller.abort(outer?.signal.reason);
    outer?.signal.addEventListener('abort', forward, { once: true });
    const cancelTimer = this.#clock.after(LIMIT_MS, () =>
      controller.abort(imagesUnavailable(LIMIT_MS)),
    );
    try {
      return await untilAborted(work(controller), controller.signal);
    } finally {
      cancelTimer();
      outer?.signal.removeEventListener('abort', forward);
    }
  }
}
