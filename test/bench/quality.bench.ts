import sharp from 'sharp';
import { expect, it } from 'vitest';

import type { EncodedImage } from '../../src/image/types.ts';
import { createEngine } from '../../src/pipeline/engines/darkroom/index.ts';
import {
  readInstruction,
  type Instruction,
} from '../../src/pipeline/engines/darkroom/instruction.ts';
import { judge } from '../../src/pipeline/engines/darkroom/judge.ts';
import type { Goal, Measured } from '../../src/pipeline/engines/darkroom/measure/goal.ts';
import { METRICS } from '../../src/pipeline/engines/darkroom/measure/metrics.ts';
import { reasonEdit } from '../../src/pipeline/loop.ts';
import type { EditResult, Engine, Round } from '../../src/pipeline/types.ts';
import { encoded, makePhoto } from '../support/photos.ts';

const call = { signal: new AbortController().signal };

async function withAlpha(): Promise<EncodedImage> {
  const photo = await makePhoto();
  const hole = Buffer.from(
    `<svg width="${photo.width}" height="${photo.height}"><circle cx="240" cy="160" r="130" fill="#fff"/></svg>`,
  );
  const cut = sharp(photo.bytes)
    .ensureAlpha()
    .composite([{ input: hole, blend: 'dest-in' }]);
  return encoded(cut, 'png');
}

async function noisy(): Promise<EncodedImage> {
  const photo = await makePhoto({ stops: -0.7 });
  const { width, height } = photo;
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 18 },
    },
  })
    .png()
    .toBuffer();
  return encoded(sharp(photo.bytes).composite([{ input: noise, blend: 'soft-light' }]), 'png');
}

const PHOTOS: readonly (readonly [name: string, make: () => Promise<EncodedImage>])[] = [
  ['dark', () => makePhoto({ stops: -2 })],
  ['bright', () => makePhoto({ stops: 1.2 })],
  ['flat', () => makePhoto({ contrast: 0.35 })],
  ['clipped', () => makePhoto({ stops: 1.8, contrast: 1.5 })],
  ['cast', () => makePhoto({ tint: [1.5, 1, 0.6] })],
  ['noisy', noisy],
  ['tiny', () => makePhoto({ width: 60, height: 40 })],
  ['huge', () => makePhoto({ width: 4240, height: 2828, format: 'jpeg' })],
  ['grey', () => makePhoto({ saturation: 0 })],
  ['alpha', withAlpha],
];

const REQUESTS: readonly string[] = [
  'make it brighter',
  'a bit darker',
  '+1 stop',
  'more contrast',
  'less contrast',
  'lift the shadows',
  'recover the highlights',
  'warmer',
  'much cooler',
  'fix the white balance',
  'more saturated',
  'mute the colors a bit',
  'more vibrance',
  'add a purple tint',
  'black and white',
  'sepia',
  'duotone in navy and yellow',
  'faded film look',
  'more clarity',
  'remove the haze',
  'add fog',
  'reduce the noise',
  'add film grain',
  'add a vignette',
  'invert it',
  'posterize it',
  'sharpen it',
  'blur it a little',
  'darken the top half',
  'make the green parts blue',
  'everything grey but the red',
  'crop it square',
  'rotate by 5 degrees',
  'mirror it',
  'resize to 200 px wide',
  'add a white border',
  'write "Hello" at the bottom',
  'make it a webp under 20 kb',
  'golden hour',
  'brighter, warmer, sharper and with a vignette',
];

async function play(engine: Engine, source: EncodedImage, prompt: string): Promise<EditResult> {
  const turn = reasonEdit(
    engine,
    { prompt, source, latest: source, references: [], history: [], maxRounds: 3, seed: 1 },
    call,
  );
  for (;;) {
    const next = await turn.next();
    if (next.done) return next.value;
  }
}

/** The goals that thinking set, measured on a round, whatever later rounds have settled for. */
async function goalsOn(
  source: EncodedImage,
  { image, instruction }: Round,
  first: Instruction,
): Promise<Measured[]> {
  const told = readInstruction(instruction);
  if (!told) throw new Error('The engine does not read its own instruction.');
  const steps = told.steps.map((step, index) => ({
    ...step,
    goals: first.steps[index]?.goals ?? [],
  }));
  const judging = judge(
    { base: source, edited: image, references: [], instruction: { ...told, steps } },
    call,
  );
  const measured: Measured[] = [];
  for (;;) {
    const next = await judging.next();
    if (next.done) return measured;
    measured.push(next.value);
  }
}

/** How far a goal was missed, in widths of its tolerance; 0 when it was met. */
function distance({ goal, value, met }: Measured): number {
  return met ? 0 : Math.min(10, missOf(goal, value));
}

function missOf(goal: Goal, value: number): number {
  if ('at' in goal) return Math.abs(value - goal.at) / Math.max(goal.within, 1e-6) - 1;
  const limit = 'atMost' in goal ? goal.atMost : goal.atLeast;
  return Math.abs(value - limit) / Math.max(1, Math.abs(limit) * 0.1);
}

const isSideEffect = ({ goal }: Measured): boolean => METRICS[goal.metric].score !== 'editSuccess';

class Tally {
  goals = 0;
  met = 0;
  distance = 0;
  sideEffects = 0;

  add(measured: readonly Measured[]): void {
    for (const one of measured) {
      this.goals += 1;
      this.met += one.met ? 1 : 0;
      this.distance += distance(one);
      this.sideEffects += !one.met && isSideEffect(one) ? 1 : 0;
    }
  }

  row(): string {
    const share = ((100 * this.met) / this.goals).toFixed(1);
    const mean = (this.distance / this.goals).toFixed(3);
    return `${share.padStart(6)} %  distance ${mean}  side effects over their limit ${this.sideEffects}`;
  }
}

it('meets its goals', async () => {
  const engine = await createEngine({ name: 'darkroom', options: {} });
  const [first, last] = [new Tally(), new Tally()];
  let turns = 0;
  let answered = 0;
  const missed: string[] = [];
  const asked: string[] = [];
  for (const [name, make] of PHOTOS) {
    const source = await make();
    for (const request of REQUESTS) {
      turns += 1;
      const { thought, rounds, best } = await play(engine, source, request);
      const answer = rounds.find(({ round }) => round === best?.round);
      const [one] = rounds;
      if (thought?.kind !== 'plan' || !answer || !one) {
        asked.push(`${name}: ${request}`);
        continue;
      }
      answered += 1;
      const goals = readInstruction(thought.instruction);
      if (!goals) throw new Error('The engine does not read its own instruction.');
      first.add(await goalsOn(source, one, goals));
      const measured = await goalsOn(source, answer, goals);
      last.add(measured);
      for (const { goal, value, met } of measured) {
        if (!met)
          missed.push(`${name}: ${request}: ${goal.metric} ${value} for ${JSON.stringify(goal)}`);
      }
    }
  }
  console.log(
    `\n${PHOTOS.length} made photos × ${REQUESTS.length} requests; ${answered} of ${turns} turns had something to do, with ${last.goals} goals`,
  );
  console.log(`after one round  ${first.row()}`);
  console.log(`after the loop   ${last.row()}`);
  expect(last.sideEffects).toBe(0);
  console.log(`\nmissed:\n${missed.join('\n')}`);
  console.log(`\nnothing to do:\n${asked.join('\n')}`);
}, 1_800_000);
