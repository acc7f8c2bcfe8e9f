import type { EncodedImage } from '../../image/types.ts';
import { readCanvas } from '../canvas.ts';
import type { EditInput, Editor, EditStep, EngineCall } from '../types.ts';
import { keep } from './keep.ts';
import type { KeepOptions } from './types.ts';

const ALL: KeepOptions = { size: true, place: true, pixels: true };

/**
 * An edit, after which what was not asked to change is brought back where the editor paints whole pictures
 * anew. Notes what was done.
 */
export async function* keepingEdit(
  editor: Editor,
  options: KeepOptions = ALL,
  input: EditInput,
  call: EngineCall,
): AsyncGenerator<EditStep, EncodedImage> {
  const painted = yield* editor.edit(input, call);
  if (!editor.repaints) return painted;
  const { canvas } = readCanvas(input.instruction);
  const { image, kept } = await keep(input.image, painted, canvas, options, call);
  if (Object.keys(kept).length > 0) call.note?.({ kind: 'kept', kept });
  return image;
}
