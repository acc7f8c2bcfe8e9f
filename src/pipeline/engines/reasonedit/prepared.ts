import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { Provider } from './onnx/session.ts';
import { PROVIDERS } from './providers.ts';
import { unusable } from './safetensors.ts';

/** Raised when the graphs change, so that older ones are made anew. */
export const GRAPHS_VERSION = 2;

/** The file that says that a checkpoint is prepared, and for what. */
export const PREPARED_FILE = 'reasonedit.json';

const Bytes = z.number().int().nonnegative();

/** What `prepare` left in a checkpoint. */
export const Prepared = z.strictObject({
  graphs: z.literal(GRAPHS_VERSION),
  provider: z.enum(PROVIDERS),
  /** Bytes of each component's weights. */
  weights: z.strictObject({ text_encoder: Bytes, transformer: Bytes, vae: Bytes }),
});

export type Prepared = z.infer<typeof Prepared>;

/**
 * @param folder The checkpoint's.
 * @throws {AppError} `CHECKPOINT_UNUSABLE` with the command to run, when it is not prepared for this provider.
 */
export async function readPrepared(folder: string, provider: Provider): Promise<Prepared> {
  const command = `run "reasonedit prepare ${folder}"`;
  let text: string;
  try {
    text = await readFile(join(folder, PREPARED_FILE), 'utf8');
  } catch (error) {
    throw unusable(`${folder} is not prepared; ${command} first`, error);
  }
  const prepared = Prepared.safeParse(parseJson(text));
  if (!prepared.success) {
    throw unusable(`${folder} was prepared by another release; ${command} again`, prepared.error);
  }
  if (prepared.data.provider !== provider) {
    const { provider: other } = prepared.data;
    throw unusable(`${folder} was prepared for ${other}, not for ${provider}; ${command} again`);
  }
  return prepared.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
