import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { copyCheckpoint } from './reasonedit.ts';
import { QWEN } from './qwen-reference.ts';

/** A whole small checkpoint in the published layout, in a folder of its own. */
export async function copyWholeCheckpoint(): Promise<string> {
  const folder = await copyCheckpoint('bfloat16');
  await cp(join(QWEN, 'text_encoder_bf16'), join(folder, 'text_encoder'), { recursive: true });
  await cp(join(QWEN, 'processor'), join(folder, 'processor'), { recursive: true });
  return folder;
}
