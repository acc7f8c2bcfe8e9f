import { renditionOf } from '../../image/rendition.ts';
import type { EncodedImage } from '../../image/types.ts';
import { untilAborted } from '../../image/until-aborted.ts';
import type { Call } from '../../pipeline/types.ts';
import type { ImageReference } from '../../store/image-reference.ts';
import type { ImageStore } from '../../store/types.ts';

/** Longest sides in which the page shows pictures, pixels. */
export const SIDES = [160, 640, 1_600] as const;

export type Side = (typeof SIDES)[number];

/** JPEG is written three times as fast as WebP; what can be seen through is WebP. */
const LIMITS = { maxBytes: 8_000_000, formats: ['jpeg', 'webp'] } as const;
const CACHE_BYTES = 64_000_000;
/** Made at the same time: each picture is in memory whole while it is. */
const AT_ONCE = 2;

/** Pictures in the sizes of the page, each made once; those that were asked for last stay in memory. */
export class Renditions {
  readonly #images: Pick<ImageStore, 'get'>;
  readonly #signal: AbortSignal;
  readonly #making = new Map<string, Promise<EncodedImage>>();
  /** In the order of their last use. */
  readonly #made = new Map<string, EncodedImage>();
  #bytes = 0;
  readonly #lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  #nextLane = 0;

  constructor(images: Pick<ImageStore, 'get'>, { signal }: Call) {
    this.#images = images;
    this.#signal = signal;
  }

  /** @throws {AppError} What the image store throws; the reason of either signal. */
  get(reference: ImageReference, side: Side, { signal }: Call): Promise<EncodedImage> {
    const name = `${reference.id}:${side}`;
    const made = this.#made.get(name);
    if (made) {
      this.#made.delete(name);
      this.#made.set(name, made);
      return Promise.resolve(made);
    }
    let making = this.#making.get(name);
    if (!making) {
      // One who leaves takes it from nobody else who waits for it.
      making = this.#inLane(() => this.#make(name, reference, side)).finally(() =>
        this.#making.delete(name),
      );
      this.#making.set(name, making);
    }
    return untilAborted(making, signal);
  }

  #inLane<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.#nextLane;
    this.#nextLane = (lane + 1) % AT_ONCE;
    const done = Promise.resolve(this.#lanes[lane]).then(work);
    this.#lanes[lane] = done.catch(() => {});
    return done;
  }

  async #make(name: string, reference: ImageReference, side: Side): Promise<EncodedImage> {
    const call = { signal: this.#signal };
    const image = await this.#images.get(reference, call);
    const rendition = await renditionOf(image, { ...LIMITS, maxSide: side }, call);
    this.#keep(name, rendition);
    return rendition;
  }

  #keep(name: string, rendition: EncodedImage): void {
    this.#made.set(name, rendition);
    this.#bytes += rendition.bytes.length;
    for (const [oldest, { bytes }] of this.#made) {
      if (this.#bytes <= CACHE_BYTES) return;
      this.#made.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}
