import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { env, InferenceSession } from 'onnxruntime-node';

/** Weights smaller than this stay in the graph's own file. */
const MIN_EXTERNAL_BYTES = '1024';

/** What the kernels of ONNX Runtime are chosen by: the processor's features, as Linux tells them. */
const FEATURES = /^(?:model name|flags|Features)\s*:.*$/gm;

/**
 * Keeps a graph's convolutions in the layout of this processor's kernels, weights in a file of their own, so that opening it
 * neither reads nor copies them. Does nothing where it is kept already and whole, or where the processor can't be told from others.
 * @param path Of the graph, which stays as it is.
 */
export async function keepLaidOut(path: string): Promise<void> {
  const kept = await placeOf(path);
  if (kept === undefined || (await opens(kept))) return;
  const [folder, stem] = [dirname(path), basename(path, '.onnx')];
  for (const file of await readdir(folder)) {
    if (file.startsWith(`${stem}.cpu-`)) await rm(join(folder, file));
  }
  const unfinished = `${kept}.${process.pid}`;
  const session = await InferenceSession.create(path, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    optimizedModelFilePath: unfinished,
    extra: {
      session: {
        optimized_model_external_initializers_file_name: `${basename(kept, '.onnx')}.weights`,
        optimized_model_external_initializers_min_size_in_bytes: MIN_EXTERNAL_BYTES,
      },
    },
  });
  await session.release();
  await rename(unfinished, kept);
}

/** @returns The path of the graph as `keepLaidOut` left it for this processor, these weights and this runtime, if it did. */
export async function findLaidOut(path: string): Promise<string | undefined> {
  const kept = await placeOf(path);
  return kept !== undefined && existsSync(kept) ? kept : undefined;
}

async function opens(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    await (await InferenceSession.create(path, { logSeverityLevel: 4 })).release();
    return true;
  } catch {
    return false;
  }
}

/** Another processor, runtime, graph or other weights beside it have another place: what is kept is never used for them. */
async function placeOf(path: string): Promise<string | undefined> {
  const processor = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const features = new Set(processor.match(FEATURES));
  if (features.size === 0 || !existsSync(path)) return undefined;
  const hash = createHash('sha1').update([...features, env.versions.node].join('\n'));
  hash.update(await readFile(path));
  const folder = dirname(path);
  const files = await readdir(folder);
  for (const file of files.filter((name) => name.endsWith('.safetensors')).toSorted()) {
    const { size, mtimeMs } = await stat(join(folder, file));
    hash.update(`${file} ${size} ${mtimeMs}`);
  }
  return join(folder, `${basename(path, '.onnx')}.cpu-${hash.digest('hex').slice(0, 12)}.onnx`);
}
