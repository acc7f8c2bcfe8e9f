import { once } from 'node:events';

import sharp from 'sharp';

import { AppError } from '../../../dist/errors.js';

/**
 * An engine that plays the script which its prompt holds, as JSON:
 * `think` (words to stream), `thought`, `reflections` (one a round), `steps` (of each edit), and
 * `hangAt` or `failAt`: `think`, `edit 1`, `reflect 1` and so on.
 */
export function createEngine({ name }) {
  let script;
  let edits = 0;

  const reach = async (place, { signal }) => {
    if (script.failAt === place) throw new AppError('ENGINE_OUT_OF_MEMORY', `No room at ${place}.`);
    if (script.hangAt === place) await once(signal, 'abort');
    signal.throwIfAborted();
  };

  async function* think({ prompt }, call) {
    script = JSON.parse(prompt);
    const words = script.think ?? ['Let me ', 'see.'];
    for (const word of words) yield word;
    await reach('think', call);
    const plan = {
      kind: 'plan',
      reasoning: words.join(''),
      instruction: 'Paint it.',
      base: 'latest',
    };
    return script.thought ?? plan;
  }

  async function* edit({ image: { width, height } }, call) {
    edits += 1;
    const steps = script.steps ?? 2;
    for (let step = 1; step <= steps; step += 1) {
      yield { step, steps };
      if (step === 1) await reach(`edit ${edits}`, call);
    }
    const background = { r: edits * 40, g: 100, b: 20 };
    const bytes = await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
    return { bytes, format: 'png', width, height };
  }

  async function* reflect({ round }, call) {
    const reflection = script.reflections[round - 1];
    yield reflection.critique;
    await reach(`reflect ${round}`, call);
    return reflection;
  }

  return Promise.resolve({
    name,
    capabilities: { seeded: true, previews: false, maxImages: 1, masks: false },
    reasoner: { think, reflect },
    editor: { edit },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}
