import { AppError } from '../../../errors.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, EditInput, EditStep } from '../../types.ts';
import { makeEarlier } from './earlier.ts';
import { execute } from './execute.ts';
import { readInstruction } from './instruction.ts';
import { photoOfPixels, rememberPhoto } from './measure/photo.ts';
import { statisticsOf } from './measure/statistics.ts';
import { placed } from './placed.ts';
import { encodePixels } from './pixels/pixels.ts';
import { rememberWritten } from './pixels/written.ts';

/** Carries out an instruction that `think` or `reflect` wrote. */
export async function* edit(
  { image, references, instruction }: EditInput,
  call: Call,
): AsyncGenerator<EditStep, EncodedImage> {
  const read = readInstruction(instruction);
  if (!read) {
    throw new AppError(
      'NOT_UNDERSTOOD',
      'This engine can only carry out instructions in its own words.',
    );
  }
  const { earlier, steps } = read;
  const before = yield* makeEarlier(image, references, read, call);
  const work = execute(before, references, steps, call);
  let last = { step: 0, steps: 1 };
  let next = await work.next();
  while (!next.done) {
    last = next.value;
    if (earlier.length === 0) yield next.value;
    next = await work.next();
  }
  const [file] = placed(steps, 'file');
  // The measurements of the result come from the same pixels as its file, side by side with it.
  const [encoded, photo] = await Promise.all([
    encodePixels(next.value, file?.work.form(file.step.params)),
    photoOfPixels(next.value).then((measured) => {
      // Letters and frames are left out when it is judged, and what is left is measured then.
      if (placed(steps, 'overlay', 'frame').length === 0) statisticsOf(measured);
      return measured;
    }),
  ]);
  if (file) rememberWritten(encoded, next.value);
  // Small as the file may be written, the picture in it is measured before.
  const { width, height } = encoded;
  rememberPhoto(
    encoded,
    Promise.resolve(photo.width === width ? photo : { ...photo, width, height }),
  );
  call.signal.throwIfAborted();
  const total = earlier.length > 0 ? earlier.length + 1 : last.steps;
  yield { step: total, steps: total };
  return encoded;
}
