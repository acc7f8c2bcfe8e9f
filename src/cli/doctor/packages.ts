import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import type { Check } from './check.ts';

const REINSTALL = 'Run "npm ci --include=optional" on this machine.';
const PROBE_TIMEOUT_MS = 20_000;
/** Prints what the runtime in the first argument says of itself. */
const PROBE = `
  const runtime = require(process.argv[1]);
  const names = runtime.listSupportedBackends().map(({ name }) => name);
  process.stdout.write(JSON.stringify(names));`;

const FORMATS = ['jpeg', 'png', 'webp', 'heif', 'gif', 'tiff'] as const;

export async function checkSharp(): Promise<Check> {
  try {
    const { default: sharp } = await import('sharp');
    const formats = FORMATS.filter((name) => sharp.format[name]?.input.buffer);
    const names = formats.map((name) => (name === 'heif' ? 'avif' : name));
    const found = `${sharp.versions.sharp}, libvips ${sharp.versions.vips}: ${names.join(', ')}`;
    if (names.length === FORMATS.length) return { name: 'sharp', status: 'ok', found };
    return { name: 'sharp', status: 'warning', found, advice: REINSTALL };
  } catch {
    return { name: 'sharp', status: 'missing', found: 'does not load', advice: REINSTALL };
  }
}

/** Two rows: the runtime, and its provider for NVIDIA GPUs. */
export async function checkOnnxRuntime(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): Promise<Check[]> {
  const name = 'onnxruntime';
  let entry: string;
  try {
    entry = resolve('onnxruntime-node');
  } catch {
    return [{ name, status: 'missing', found: 'not installed', advice: REINSTALL }];
  }
  try {
    // In a process of its own, since a binary that does not fit can take the whole process down.
    const probe = await promisify(execFile)(process.execPath, ['-e', PROBE, entry], {
      timeout: PROBE_TIMEOUT_MS,
    });
    const providers: string[] = JSON.parse(probe.stdout);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return [
      { name, status: 'ok', found: `${version}, providers built in: ${providers.join(', ')}` },
      await checkCuda(root, providers),
    ];
  } catch {
    return [{ name, status: 'missing', found: 'its binary does not load', advice: REINSTALL }];
  }
}

/** A provider that is named may still lack its library, which is a download of its own. */
async function checkCuda(root: string, providers: readonly string[]): Promise<Check> {
  const name = 'CUDA';
  if (!providers.includes('cuda')) {
    return {
      name,
      status: 'missing',
      found: `not available for ${process.platform} ${process.arch}`,
      advice: 'Nothing to do unless you want a model on a GPU; that takes Linux or Windows on x64.',
    };
  }
  const library = (await binaries(join(root, 'bin'))).find((file) =>
    /onnxruntime_providers_cuda\.(?:so|dll)$/.test(file),
  );
  if (library) return { name, status: 'ok', found: 'the provider library is in place' };
  return {
    name,
    status: 'missing',
    found: 'the provider library is not installed',
    advice:
      'Only for models on an NVIDIA GPU: node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12',
  };
}

async function binaries(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const place = join(process.platform, process.arch);
  return files.filter((file) => dirname(file).endsWith(place));
}
