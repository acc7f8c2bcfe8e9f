import { link, lstat, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { unusable } from '../safetensors.ts';

/**
 * Makes weights that are symbolic links, as those in a cache of the Hugging Face hub, hard links to the same
 * files: ONNX Runtime refuses to read weights outside a model's folder. Nothing is copied.
 * @returns How many were links.
 * @throws {AppError} `CHECKPOINT_UNUSABLE` when they are on another disk.
 */
export async function ownWeightFiles(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.safetensors'));
  let count = 0;
  for (const name of names) {
    const path = join(folder, name);
    if (!(await lstat(path)).isSymbolicLink()) continue;
    const target = await realpath(path);
    const made = join(folder, `.${basename(name)}.${process.pid}`);
    try {
      await link(target, made);
      await rename(made, path);
    } catch (error) {
      await rm(made, { force: true });
      throw unusable(
        `${path} is a link to ${target} and can't be made a hard link; copy the checkpoint to one disk`,
        error,
      );
    }
    count++;
  }
  return count;
}
