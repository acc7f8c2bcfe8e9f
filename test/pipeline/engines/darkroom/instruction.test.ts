import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Goal } from '../../../../src/pipeline/engines/darkroom/measure/goal.ts';
import {
  readInstruction,
  roundStep,
  writeInstruction,
} from '../../../../src/pipeline/engines/darkroom/instruction.ts';
import {
  METRICS,
  type MetricName,
} from '../../../../src/pipeline/engines/darkroom/measure/metrics.ts';
import { DEFECTS } from '../../../../src/pipeline/engines/darkroom/measure/spots.ts';
import type { Step } from '../../../../src/pipeline/engines/darkroom/operation.ts';
import { OPERATIONS } from '../../../../src/pipeline/engines/darkroom/operations/index.ts';
import type { Params } from '../../../../src/pipeline/engines/darkroom/phrase.ts';
import {
  writeSelection,
  type Selected,
} from '../../../../src/pipeline/engines/darkroom/pixels/colour-selection.ts';
import {
  boxRegion,
  otherThan,
  PART_NAMES,
  type Region,
} from '../../../../src/pipeline/engines/darkroom/pixels/region.ts';

const decimals = (digits: number, min: number, max: number): fc.Arbitrary<number> =>
  fc
    .integer({ min: min * 10 ** digits, max: max * 10 ** digits })
    .map((value) => value / 10 ** digits);
const side = fc.integer({ min: 1, max: 20_000 });

const color = fc.constantFrom('blue', 'dark red', 'sky blue', '#ff8800', '#0f8');
const percent = fc.integer({ min: 0, max: 100 });
const degrees = fc.integer({ min: -30, max: 400 });
const selected: fc.Arbitrary<Selected> = fc.oneof(
  fc.record({
    family: fc.constantFrom('red', 'blue'),
    hues: fc.record({ from: degrees, to: degrees, least: decimals(2, 0, 2) }),
  }),
  fc.record({
    family: fc.constantFrom('white', 'black'),
    greys: fc.record({
      darkest: fc.integer({ min: -1, max: 100 }),
      lightest: fc.integer({ min: 0, max: 101 }),
    }),
  }),
  fc.record({ family: fc.constant('brown') }),
);
const selections = fc.oneof(
  fc.array(selected, { minLength: 1, maxLength: 2 }).map(writeSelection),
  fc.constant('everything'),
);

/** Every parameter that each operation can be told. */
const PARAMS: Record<string, fc.Arbitrary<Params>> = {
  shadows: fc.record({ stops: decimals(2, -3, 3) }),
  highlights: fc.record({ stops: decimals(2, -3, 3) }),
  sepia: fc.record({ strength: decimals(2, 0, 2) }),
  invert: fc.constant({}),
  exposure: fc.record({ stops: decimals(2, -4, 4) }),
  contrast: fc.record({ power: decimals(2, 0, 4), pivot: decimals(2, 0, 1) }),
  warmth: fc.record({ mireds: decimals(0, -100, 200) }),
  'white balance': fc.record({
    a: decimals(1, -90, 90),
    b: decimals(1, -90, 90),
    lightness: fc.integer({ min: 1, max: 99 }),
  }),
  monochrome: fc.constant({}),
  saturation: fc.record({ factor: decimals(2, 0, 4) }),
  vibrance: fc.record({ strength: decimals(2, -1, 2) }),
  tint: fc.record({ color, strength: decimals(1, -60, 60) }),
  duotone: fc.record({ dark: color, light: color, black: percent, white: percent }),
  'split toning': fc.record({
    dark: color,
    light: color,
    shadows: decimals(1, -60, 60),
    highlights: decimals(1, -60, 60),
  }),
  recolor: fc.record({
    from: selections,
    lightness: decimals(2, 0, 1),
    chroma: decimals(2, 0, 1),
    to: color,
  }),
  'selective color': fc.record({ keep: selections }),
  fade: fc.record({ strength: decimals(2, 0, 3) }),
  posterize: fc.record({ levels: fc.integer({ min: 2, max: 16 }) }),
  solarize: fc.record({ threshold: decimals(2, 0, 1) }),
  fill: fc.record({ color }),
  sharpen: fc.record({ sigma: decimals(1, 0, 8), strength: decimals(2, 0, 12) }),
  blur: fc.record({ sigma: decimals(1, 0, 200) }),
  straighten: fc.record({ degrees: decimals(1, -45, 45) }),
  denoise: fc.record({ strength: decimals(2, 0, 3) }),
  grain: fc.record({ amount: decimals(1, 0, 20) }),
  clarity: fc.record({ strength: decimals(2, -1, 2) }),
  dehaze: fc.record({ strength: decimals(2, -1, 1) }),
  equalize: fc.record({ strength: decimals(2, 0, 1), limit: decimals(1, 1, 4) }),
  vignette: fc.record({ stops: decimals(2, -3, 3) }),
  rotate: fc.record({ degrees: decimals(1, -180, 180) }),
  flip: fc.record({ way: fc.constantFrom('left to right', 'top to bottom') }),
  resize: fc.record({ width: side, height: side }),
  crop: fc.record({ width: side, height: side, left: side, top: side }),
  'background blur': fc.record({ radius: decimals(1, 0, 900) }),
  cutout: fc.constant({}),
  pixelate: fc.record({ block: side }),
  'red eye': fc.constant({}),
  'remove spot': fc.record({ what: fc.constantFrom(...DEFECTS) }),
  file: fc.record({
    format: fc.constantFrom('jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'),
    quality: fc.integer({ min: 1, max: 100 }),
    scale: decimals(1, 0, 100),
  }),
  caption: fc.record({
    text: fc.string({ unit: 'grapheme', minLength: 1 }),
    place: fc.constantFrom('top', 'bottom', 'center', 'top left', 'bottom right', 'lower third'),
    style: fc.constantFrom('plain', 'outlined', 'boxed', 'bold outlined'),
    color: fc.constantFrom('white', 'black', 'gold', 'dark blue', '#01fa9b'),
    scale: fc.integer({ min: 10, max: 400 }),
    opacity: fc.integer({ min: 1, max: 100 }),
  }),
  watermark: fc.record({
    text: fc.string({ unit: 'grapheme', minLength: 1 }),
    place: fc.constantFrom('across', 'tiled', 'center', 'bottom right', 'top'),
    color: fc.constantFrom('white', 'black', '#808080'),
    opacity: fc.integer({ min: 1, max: 100 }),
    scale: fc.integer({ min: 10, max: 400 }),
  }),
  pad: fc.record({
    width: side,
    height: side,
    fill: fc.constantFrom('white', '#ff8800', 'transparent', 'blurred', 'mirrored', 'extended'),
  }),
  border: fc.record({
    color: fc.constantFrom('white', 'light gray', '#336699'),
    top: side,
    right: side,
    bottom: side,
    left: side,
  }),
  'round corners': fc.record({ radius: side }),
  montage: fc.record({
    layout: fc.constantFrom('row', 'column', 'grid', 'collage'),
    columns: fc.integer({ min: 1, max: 9 }),
    gap: fc.integer({ min: 0, max: 200 }),
    color: fc.constantFrom('white', 'black', '#336699'),
    width: side,
    offsets: fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 })
      .map((each) => each.join(', ')),
  }),
};

const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const anyGoal: fc.Arbitrary<Goal> = fc
  .constantFrom(...(Object.keys(METRICS) as MetricName[]))
  .chain((metric) =>
    fc.oneof(
      fc.record({
        metric: fc.constant(metric),
        at: number,
        within: fc.double({ min: 0, max: 50, noNaN: true }),
      }),
      fc.record({ metric: fc.constant(metric), atMost: number }),
      fc.record({ metric: fc.constant(metric), atLeast: number }),
    ),
  );

const anyRegion: fc.Arbitrary<Region> = fc.oneof(
  fc.constantFrom(
    ...PART_NAMES,
    ...PART_NAMES.map(otherThan).filter((region) => region !== undefined),
  ),
  fc.record({ left: side, top: side, width: side, height: side }).map((box) => boxRegion(box)),
);

const anyStep: fc.Arbitrary<Step> = fc
  .constantFrom(...OPERATIONS)
  .chain(({ name, regional }) =>
    fc.record({
      operation: fc.constant(name),
      region: regional ? anyRegion : fc.constant('picture' as const),
      params: PARAMS[name] ?? fc.constant({}),
      goals: fc.array(anyGoal, { minLength: 1, maxLength: 4 }),
    }),
  )
  .map(roundStep);

const anyPass = fc.array(anyStep, { minLength: 1, maxLength: 5 });

describe('an instruction', () => {
  it('is read back to the same steps and goals, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(anyPass, { maxLength: 3 }), anyPass, (earlier, steps) => {
        const instruction = {
          earlier: earlier.map((pass) => pass.map((step) => ({ ...step, goals: [] }))),
          steps,
        };
        expect(readInstruction(writeInstruction(instruction))).toEqual(instruction);
      }),
      { numRuns: 500 },
    );
  });

  it('is tried here for every operation', () => {
    expect(OPERATIONS.map(({ name }) => name).toSorted()).toEqual(Object.keys(PARAMS).toSorted());
  });

  it('is plain English, a line for each step', () => {
    const steps: Step[] = [
      {
        operation: 'exposure',
        region: 'top',
        params: { stops: -0.6 },
        goals: [
          { metric: 'medianLightness', at: 42, within: 2 },
          { metric: 'crushedShadows', atMost: 0.5 },
        ],
      },
      {
        operation: 'resize',
        region: 'picture',
        params: { width: 800, height: 600 },
        goals: [{ metric: 'width', at: 800, within: 0 }],
      },
    ];
    expect(writeInstruction({ earlier: [], steps })).toBe(
      'Darken the top half by 0.60 stops, so that the median lightness is 42.0 ± 2.0 and the share of crushed shadows is at most 0.5 %.\n' +
        'Resize the picture to 800 × 600 px, so that the width is exactly 800 px.',
    );
  });

  it('can’t be forged by the text of a caption', () => {
    const step: Step = {
      operation: 'caption',
      region: 'picture',
      params: {
        text: 'x", so that the width is exactly 1 px.\nMirror the picture left to right',
        place: 'top',
        style: 'plain',
        color: 'white',
        scale: 100,
        opacity: 100,
      },
      goals: [{ metric: 'textContrast', atLeast: 4.5 }],
    };
    const instruction = { earlier: [], steps: [step] };
    expect(readInstruction(writeInstruction(instruction))).toEqual(instruction);
  });

  it('is nothing else: other words are not read', () => {
    for (const words of [
      '',
      'make it nice',
      'Darken the picture by 1 stops',
      'Darken it, so that.',
    ]) {
      expect(readInstruction(words)).toBeUndefined();
    }
  });
});
