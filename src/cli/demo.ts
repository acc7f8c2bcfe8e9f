import { join } from 'node:path';

import { engineOptions } from '../config/engines.ts';
import { loadSettings } from '../config/index.ts';
import type { Call } from '../pipeline/types.ts';
import type { Context } from './context.ts';
import { createView } from './create-view.ts';
import { openOwnFolder } from './folder.ts';
import { Stopwatch } from './record.ts';
import { runSession } from './session.ts';
import { startEngine, takePictures } from './start.ts';

const FOLDER = join('out', 'demo');
const PICTURE = 'scene.jpg';
const PROMPT =
  'Fix the white balance, make it a lot brighter with more contrast, and write "Evening at the lake" at the bottom';
const SEED = 0;

/** Edits a picture of the project's own. Returns 0 with an answer, 1 without. */
export async function demo(
  { json }: { readonly json: boolean },
  context: Context,
  call: Call,
): Promise<number> {
  const stopwatch = new Stopwatch();
  const settings = loadSettings();
  const spec = context.findEngine(settings.ENGINE, engineOptions(settings));
  const engine = startEngine(spec, settings);
  engine.catch(() => {});
  if (!json) context.stdout.write('Drawing a picture to edit: a lake at dusk, badly exposed.\n\n');
  const folder = await openOwnFolder(FOLDER);
  const { renderScene } = await import('../demo/scene.ts');
  const { bytes } = await renderScene();
  await folder.write(PICTURE, bytes);

  const record = await runSession(
    {
      file: join(FOLDER, PICTURE),
      references: [],
      prompt: PROMPT,
      seed: SEED,
      maxRounds: settings.MAX_ROUNDS,
      deadlineAt: Date.now() + settings.TURN_DEADLINE_SECONDS * 1_000,
      engineName: spec.name,
      startEngine: () => engine,
      takePictures: () => takePictures({ pictures: [bytes] }, settings, call),
      openFolder: () => Promise.resolve(folder),
      view: await createView(json, context),
      stopwatch,
    },
    call,
  );
  if (!json) {
    context.stdout.write(
      `\nThe picture before: ${join(FOLDER, PICTURE)}\n` +
        'Now with a picture of yours: node dist/main.js edit <picture> "<what to change>"\n',
    );
  }
  return record.final === undefined ? 1 : 0;
}
