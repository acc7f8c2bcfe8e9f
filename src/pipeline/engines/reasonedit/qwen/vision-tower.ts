import { Tensor, type InferenceSession } from 'onnxruntime-node';

import { openSession, type SessionSettings } from '../onnx/session.ts';
import { FILTERS, resampleBytes, type Pixels } from '../resample.ts';
import type { VisionConfig } from './config.ts';
import { patchify, type Grid, type Patches } from './patches.ts';
import type { Size } from './smart-resize.ts';
import { visionLayout, type VisionLayout } from './vision-layout.ts';

/** Base of the frequencies of the vision tower's rotary embedding. */
const ROTARY_BASE = 10_000;

/** What the text model reads in place of a picture. */
export interface SeenPicture {
  /** Patches down and across. */
  readonly grid: Grid;
  /** [tokens, width of the text model]. */
  readonly features: Float32Array;
  /** One for each block of merged patches, row by row. */
  readonly tokens: number;
}

/** Makes tokens of pictures, one picture at a time: none of them attends to another. */
export class VisionTower implements AsyncDisposable {
  readonly #session: InferenceSession;
  readonly #config: VisionConfig;

  private constructor(session: InferenceSession, config: VisionConfig) {
    this.#session = session;
    this.#config = config;
  }

  /** @param path Of the graph that `buildVisionGraph` made. */
  static async open(
    path: string,
    config: VisionConfig,
    settings: SessionSettings,
  ): Promise<VisionTower> {
    return new VisionTower(await openSession(path, settings), config);
  }

  /** @param size Its sides divide by `tokenSide`. */
  see(picture: Pixels<Uint8Array>, { width, height }: Size): Promise<SeenPicture> {
    return this.encode(
      patchify(resampleBytes(picture, width, height, FILTERS.cubic), this.#config),
    );
  }

  async encode({ grid, values }: Patches): Promise<SeenPicture> {
    const patches = grid.rows * grid.columns;
    const layout = visionLayout(grid, this.#config);
    const { cosines, sines } = this.#rotaryTables(layout);
    const half = cosines.length / patches;
    const perWindow = layout.windowPatches.length / layout.windows;
    const { features } = await this.#session.run({
      pixels: new Tensor('float32', values, [patches, values.length / patches]),
      order: int64(layout.order),
      places: int64(layout.places),
      window_patches: int64(layout.windowPatches, [layout.windows, perWindow]),
      window_mask: maskOf(layout, perWindow),
      patch_places: int64(layout.patchPlaces),
      cosines: new Tensor('float32', cosines, [1, patches, half]),
      sines: new Tensor('float32', sines, [1, patches, half]),
    });
    return { grid, features: features?.data as Float32Array, tokens: layout.order.length };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#session.release();
  }

  /** A quarter of a head's values turns by the patch's row, a quarter by its column, and so again. */
  #rotaryTables({ rows, columns }: VisionLayout): { cosines: Float32Array; sines: Float32Array } {
    const { hidden_size: width, num_heads: heads } = this.#config;
    const half = width / heads / 2;
    const quarter = half / 2;
    const cosines = new Float32Array(rows.length * half);
    const sines = new Float32Array(rows.length * half);
    for (let patch = 0; patch < rows.length; patch++) {
      for (let pair = 0; pair < half; pair++) {
        const place = (pair < quarter ? rows : columns)[patch] ?? 0;
        const angle = Math.fround(place * ROTARY_BASE ** (-(pair % quarter) / quarter));
        cosines[patch * half + pair] = Math.cos(angle);
        sines[patch * half + pair] = Math.sin(angle);
      }
    }
    return { cosines, sines };
  }
}

/** Which patches of its window each patch may look at: those that there are. */
function maskOf({ windows, windowMask }: VisionLayout, perWindow: number): Tensor {
  const mask = new Uint8Array(windows * perWindow * perWindow);
  for (let window = 0; window < windows; window++) {
    const row = windowMask.slice(window * perWindow, (window + 1) * perWindow).map(Number);
    for (let patch = 0; patch < perWindow; patch++) {
      mask.set(row, (window * perWindow + patch) * perWindow);
    }
  }
  return new Tensor('bool', mask, [windows, 1, perWindow, perWindow]);
}

const int64 = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
