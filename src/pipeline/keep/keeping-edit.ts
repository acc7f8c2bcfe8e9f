import type { EncodedImage } from '../../image/types.ts';
import type { EditInput, Editor, EditStep, EngineCall } from '../types.ts';
import type { KeepOptions } from './types.ts';

export function keepingEdit(
  editor: Editor,
  _options: KeepOptions | undefined,
  input: EditInput,
  call: EngineCall,
): AsyncGenerator<EditStep, EncodedImage> {
  return editor.edit(input, call);
}
