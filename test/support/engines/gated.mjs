import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';

import { playedEngine } from '../children/played-engine.mjs';

/**
 * An engine that plays prompts as `playedPrompt` makes them, with real pictures. At each first edit it
 * writes its parent's process id to `gate.reached` in its working folder, and waits for a file `gate.open`.
 */
export function createEngine({ name }) {
  const played = playedEngine(name, async (place, { signal }) => {
    if (place.endsWith(' edit 1')) await pass(signal);
    signal.throwIfAborted();
  });
  const editor = {
    async *edit(input, call) {
      yield* played.editor.edit(input, call);
      const { width, height } = input.image;
      const { round = 1 } = JSON.parse(input.instruction);
      const background = { r: round * 40, g: 100, b: 20 };
      const picture = sharp({ create: { width, height, channels: 3, background } });
      return { bytes: await picture.png().toBuffer(), format: 'png', width, height };
    },
  };
  return Promise.resolve({ ...played, editor });
}

async function pass(signal) {
  const own = `gate.${process.pid}`;
  await writeFile(own, String(process.ppid));
  await rename(own, 'gate.reached');
  while (!signal.aborted && !existsSync('gate.open')) await sleep(20);
}
