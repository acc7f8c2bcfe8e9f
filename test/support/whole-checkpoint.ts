import { cp, readFile, writeFile } from 'node:fs/promises';
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

/** Makes its model brief: every sixteenth of its tokens ends an answer, which else goes on as long as it may. */
export async function makeBrief(checkpoint: string): Promise<void> {
  const path = join(checkpoint, 'text_encoder', 'generation_config.json');
  const config = JSON.parse(await readFile(path, 'utf8')) as { eos_token_id: number[] };
  const words = Math.min(...config.eos_token_id);
  const more = Array.from({ length: words / 16 }, (_, index) => 16 * index);
  await writeFile(
    path,
    JSON.stringify({ ...config, eos_token_id: [...config.eos_token_id, ...more] }),
  );
}
