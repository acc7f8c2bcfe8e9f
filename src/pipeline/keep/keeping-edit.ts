import type { EncodedImage } from '../../image/types.ts';
import { readCanvas } from '../canvas.ts';
import type { EditInput, Editor, EditStep, EngineCall } from '../types.ts';
import { keep } from './keep.ts';
import type { Kept, KeepOptions } from './types.ts';
import { withinMask } from './within-mask.ts';

const ALL: KeepOptions = { size: true, place: true, pixels: true };

/**
 * An edit, after which what was not to change is brought back: outside of a mask for every editor, and as far as
 * it can be found where the editor paints whole pictures anew. Notes what was done.
 */
export async function* keepingEdit(
  editor: Editor,
  options: KeepOptions = ALL,
  input: EditInput,
  call: EngineCall,
): AsyncGenerator<EditStep, EncodedImage> {
  const made = yield* editor.edit(input, call);
  const { image, kept } = await bringBack(editor, options, input, made, call);
  if (Object.keys(kept).length > 0) call.note?.({ kind: 'kept', kept });
  return image;
}

interface Outcome {
  readonly image: EncodedImage;
  readonly kept: Kept;
}

async function bringBack(
  { repaints }: Editor,
  options: KeepOptions,
  { image: before, mask, instruction }: EditInput,
  made: EncodedImage,
  call: EngineCall,
): Promise<Outcome> {
  if (!mask) {
    const { canvas } = readCanvas(instruction);
    return repaints ? keep(before, made, canvas, options, call) : { image: made, kept: {} };
  }
  // What lies outside of a mask can stay in a picture of the same size alone.
  const sized = { ...options, size: true };
  const { image: edited, kept } = repaints
    ? await keep(before, made, undefined, sized, call)
    : { image: made, kept: {} };
  const { image, outside } = await withinMask(before, edited, mask, call);
  return { image, kept: { ...kept, outsideMask: outside } };
}
