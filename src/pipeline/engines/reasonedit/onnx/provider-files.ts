import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { Provider } from './session.ts';

/** Libraries that are a download of their own, beside the runtime's binary. */
const LIBRARIES: Readonly<Record<Provider, readonly string[]>> = {
  cpu: [],
  cuda: ['onnxruntime_providers_shared', 'onnxruntime_providers_cuda'],
  webgpu: [],
};

/**
 * The path of the first library of a provider that is not there, if any.
 * @param folder Where the runtime's binary is.
 */
export function missingFile(
  provider: Provider,
  folder: string = binaryFolder(),
): string | undefined {
  return LIBRARIES[provider]
    .map((name) => join(folder, fileOf(name)))
    .find((path) => !existsSync(path));
}

function binaryFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(dirname(entry)), 'bin', 'napi-v6', process.platform, process.arch);
}

const fileOf = (name: string): string =>
  process.platform === 'win32' ? `${name}.dll` : `lib${name}.so`;
