import { engineOptions } from '../config/engines.ts';
import { loadSettings } from '../config/index.ts';
import type { Call } from '../pipeline/types.ts';
import type { EditCommand } from './args.ts';
import type { Context } from './context.ts';
import { createView } from './create-view.ts';
import { openFolder, openNextFolder } from './folder.ts';
import { readPicture } from './picture.ts';
import { Stopwatch } from './record.ts';
import { runSession } from './session.ts';
import { maxPictureBytes, startEngine, takePictures } from './start.ts';

/** Edits one picture, with others that the request refers to. Returns 0 with an answer, 1 without. */
export async function edit(command: EditCommand, context: Context, call: Call): Promise<number> {
  const stopwatch = new Stopwatch();
  const settings = loadSettings();
  const { image, references, mask, prompt, out, seed } = command;
  const spec = context.findEngine(command.engine ?? settings.ENGINE, engineOptions(settings));
  const read = (path: string) => readPicture(path, maxPictureBytes(settings));
  const bytes = await read(image);
  const others = await Promise.all(references.map(read));
  const drawing = mask === undefined ? undefined : await read(mask);
  const record = await runSession(
    {
      file: image,
      references,
      prompt,
      seed,
      maxRounds: command.maxRounds ?? settings.MAX_ROUNDS,
      deadlineAt: Date.now() + settings.TURN_DEADLINE_SECONDS * 1_000,
      engineName: spec.name,
      startEngine: () => startEngine(spec, settings),
      takePictures: () => takePictures({ pictures: [bytes, ...others], drawing }, settings, call),
      openFolder: () => (out === undefined ? openNextFolder(image) : openFolder(out)),
      view: await createView(command.json, context),
      stopwatch,
    },
    call,
  );
  return record.final === undefined ? 1 : 0;
}
