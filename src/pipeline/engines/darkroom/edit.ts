import { AppError } from '../../../errors.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call, EditInput, EditStep } from '../../types.ts';
import { execute } from './execute.ts';
import { readInstruction } from './instruction.ts';
import { photoOfPixels, rememberPhoto } from './measure/photo.ts';
import { encodePixels } from './pixels/pixels.ts';
import { statisticsOf } from './measure/statistics.ts';

/** Carries out an instruction that `think` or `reflect` wrote. */
export async function* edit(
  { image, instruction }: EditInput,
  call: Call,
): AsyncGenerator<EditStep, EncodedImage> {
  const steps = readInstruction(instruction);
  if (!steps) {
    throw new AppError(
      'NOT_UNDERSTOOD',
      'This engine can only carry out instructions in its own words.',
    );
  }
  let last = { step: 0, steps: 1 };
  const work = execute(image, steps, call);
  let next = await work.next();
  while (!next.done) {
    last = next.value;
    yield next.value;
    next = await work.next();
  }
  // The measurements of the result come from the same pixels as its file, side by side with it.
  const [encoded, photo] = await Promise.all([
    encodePixels(next.value),
    photoOfPixels(next.value).then((measured) => {
      for (const { region } of steps) statisticsOf(measured, region);
      return measured;
    }),
  ]);
  rememberPhoto(encoded, Promise.resolve(photo));
  call.signal.throwIfAborted();
  yield { step: last.steps, steps: last.steps };
  return encoded;
}
