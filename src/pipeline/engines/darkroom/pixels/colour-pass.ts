import { setImmediate } from 'node:timers/promises';

import type { Call } from '../../../types.ts';
import type { Pixels } from './pixels.ts';
import { maskRows, type Mask } from './mask.ts';

/**
 * A change of colour that looks at one pixel at a time, in sRGB values from 0 to 1: either a curve
 * for each channel (0 red, 1 green, 2 blue), or a mix of a whole row of interleaved RGB in place.
 */
export type ColourStage =
  | { readonly curve: (value: number, channel: 0 | 1 | 2) => number }
  | { readonly mix: (row: Float32Array, place: RowPlace) => void };

/** Where a row lies in its picture. */
export interface RowPlace {
  /** 0 at the top edge, 1 at the bottom. */
  readonly y: number;
  /** Width of the picture divided by its height. */
  readonly aspect: number;
}

export interface PlacedStage {
  readonly stage: ColourStage;
  /** Absent where it works on the whole picture. */
  readonly mask?: Mask;
}

/** Rows between two looks at the signal. */
const ROWS_AT_ONCE = 128;
/** Entries of a curve's table for values that come out of a mix. */
const CURVE_STEPS = 4096;

/** Applies all stages in one pass over the pixels, in place; alpha is left alone. */
export async function runColourPass(
  pixels: Pixels,
  stages: readonly PlacedStage[],
  call: Call,
): Promise<void> {
  if (stages.length === 0) return;
  const runRows = stages.every(isPlainCurve)
    ? curvesOnly(pixels, stages)
    : anyStages(pixels, stages);
  for (let from = 0; from < pixels.height; from += ROWS_AT_ONCE) {
    runRows(from, Math.min(from + ROWS_AT_ONCE, pixels.height));
    await setImmediate();
    call.signal.throwIfAborted();
  }
}

type RunRows = (from: number, to: number) => void;
type PlainCurve = PlacedStage & { stage: { curve: (value: number, channel: 0 | 1 | 2) => number } };

const isPlainCurve = (placed: PlacedStage): placed is PlainCurve =>
  placed.mask === undefined && 'curve' in placed.stage;

/** Curves compose into one table of as many entries as a channel has values. */
function curvesOnly(pixels: Pixels, curves: readonly PlainCurve[]): RunRows {
  const { data, width, channels } = pixels;
  const max = data instanceof Uint16Array ? 65_535 : 255;
  const table = (channel: 0 | 1 | 2) =>
    Uint16Array.from({ length: max + 1 }, (_, value) => {
      let result = value / max;
      for (const { stage } of curves) result = clamp(stage.curve(result, channel));
      return Math.round(result * max);
    });
  const [red, green, blue] = [table(0), table(1), table(2)];
  return (from, to) => {
    const end = to * width * channels;
    for (let at = from * width * channels; at < end; at += channels) {
      data[at] = red[data[at] as number] as number;
      data[at + 1] = green[data[at + 1] as number] as number;
      data[at + 2] = blue[data[at + 2] as number] as number;
    }
  };
}

/** Row by row through floating point, so that stages do not round between one another. */
function anyStages(pixels: Pixels, stages: readonly PlacedStage[]): RunRows {
  const { data, width, height, channels } = pixels;
  const max = data instanceof Uint16Array ? 65_535 : 255;
  const scale = 1 / max;
  const row = new Float32Array(width * 3);
  const before = new Float32Array(width * 3);
  const runs = stages.map(({ stage, mask }) => ({
    run: 'mix' in stage ? stage.mix : curveOverRow(stage.curve),
    weightsOf: mask && maskRows(mask, pixels),
  }));
  // Rounds and clamps by itself, which is faster than doing so for each value.
  const out =
    data instanceof Uint16Array
      ? undefined
      : new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  return (from, to) => {
    for (let y = from; y < to; y += 1) {
      const start = y * width * channels;
      for (let at = start, to3 = 0; to3 < row.length; at += channels, to3 += 3) {
        row[to3] = (data[at] as number) * scale;
        row[to3 + 1] = (data[at + 1] as number) * scale;
        row[to3 + 2] = (data[at + 2] as number) * scale;
      }
      const place = { y: (y + 0.5) / height, aspect: width / height };
      for (const { run, weightsOf } of runs) {
        if (!weightsOf) {
          run(row, place);
          continue;
        }
        const weights = weightsOf(y);
        if (!weights) continue;
        before.set(row);
        run(row, place);
        blend(row, before, weights);
      }
      for (let at = start, from3 = 0; from3 < row.length; at += channels, from3 += 3) {
        if (out) {
          out[at] = (row[from3] as number) * 255;
          out[at + 1] = (row[from3 + 1] as number) * 255;
          out[at + 2] = (row[from3 + 2] as number) * 255;
        } else {
          data[at] = clamp(row[from3] as number) * max + 0.5;
          data[at + 1] = clamp(row[from3 + 1] as number) * max + 0.5;
          data[at + 2] = clamp(row[from3 + 2] as number) * max + 0.5;
        }
      }
    }
  };
}

function curveOverRow(curve: (value: number, channel: 0 | 1 | 2) => number) {
  const table = (channel: 0 | 1 | 2) =>
    Float32Array.from({ length: CURVE_STEPS + 2 }, (_, index) =>
      clamp(curve(Math.min(1, index / CURVE_STEPS), channel)),
    );
  const tables = [table(0), table(1), table(2)] as const;
  return (row: Float32Array): void => {
    for (let channel = 0; channel < 3; channel += 1) {
      const values = tables[channel] as Float32Array;
      for (let at = channel; at < row.length; at += 3) {
        const position = clamp(row[at] as number) * CURVE_STEPS;
        const index = position | 0;
        const low = values[index] as number;
        row[at] = low + (position - index) * ((values[index + 1] as number) - low);
      }
    }
  };
}

function blend(row: Float32Array, before: Float32Array, weights: Float32Array): void {
  for (let x = 0; x < weights.length; x += 1) {
    const weight = weights[x] as number;
    if (weight === 1) continue;
    for (let at = x * 3; at < x * 3 + 3; at += 1) {
      row[at] = (before[at] as number) + weight * ((row[at] as number) - (before[at] as number));
    }
  }
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);
