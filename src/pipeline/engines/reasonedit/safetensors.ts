import { open, readFile, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import type { WeightSource } from './onnx/graph-builder.ts';
import { fromBfloat16, fromFloat16 } from './onnx/numbers.ts';
import { ELEMENT_TYPES, type ElementType } from './onnx/types.ts';

/** The largest header that is read; the format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

const TYPES: Readonly<Record<string, ElementType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

const Size = z.number().int().nonnegative();
const Header = z.record(
  z.string(),
  z.object({ dtype: z.string(), shape: z.array(Size), data_offsets: z.tuple([Size, Size]) }),
);
const Index = z.object({ weight_map: z.record(z.string(), z.string()) });

/**
 * The weights of one component of a checkpoint, by name, as places in its files. No data is read.
 * @param folder The component's folder; `WeightSource.file` is a name in it.
 */
export class Weights {
  readonly folder: string;
  readonly #sources: ReadonlyMap<string, WeightSource>;

  constructor(folder: string, sources: Iterable<WeightSource>) {
    this.folder = folder;
    this.#sources = new Map(Array.from(sources, (source) => [source.name, source]));
  }

  get names(): readonly string[] {
    return [...this.#sources.keys()];
  }

  has(name: string): boolean {
    return this.#sources.has(name);
  }

  /** @throws {AppError} `CHECKPOINT_UNUSABLE` when there is none of that name. */
  get(name: string): WeightSource {
    const source = this.#sources.get(name);
    if (source === undefined) throw unusable(`${this.folder} has no weight "${name}"`);
    return source;
  }

  /** The numbers of a weight, floats of any width as float32. For small ones: it is read whole. */
  async read(name: string): Promise<Float32Array> {
    const { type, file, offset, length } = this.get(name);
    const handle = await open(join(this.folder, file));
    try {
      const bytes = await readExactly(handle, offset, length);
      if (type === 'float32') return new Float32Array(bytes.buffer);
      if (type === 'bfloat16') return fromBfloat16(new Uint16Array(bytes.buffer));
      if (type === 'float16') return fromFloat16(new Uint16Array(bytes.buffer));
      throw unusable(`the weight "${name}" is of type ${type}, not of floats`);
    } finally {
      await handle.close();
    }
  }
}

/**
 * Finds the weights of a component in `<stem>.safetensors`, or in the shards that
 * `<stem>.safetensors.index.json` lists.
 * @param stem `model` for transformers, `diffusion_pytorch_model` for diffusers.
 * @throws {AppError} `CHECKPOINT_UNUSABLE` with the file that is missing, cut off or damaged.
 */
export async function openWeights(folder: string, stem: string): Promise<Weights> {
  const index = await readShardIndex(join(folder, `${stem}.safetensors.index.json`));
  if (index === undefined) {
    return new Weights(folder, await readSafetensors(join(folder, `${stem}.safetensors`)));
  }
  const files = new Set(Object.values(index));
  const shards = await Promise.all(
    Array.from(files, (file) => readSafetensors(join(folder, file))),
  );
  const weights = new Weights(folder, shards.flat());
  for (const [name, file] of Object.entries(index)) {
    if (weights.get(name).file !== file) {
      throw unusable(`the index of ${folder} looks for "${name}" in ${file}, which lacks it`);
    }
  }
  return weights;
}

/** @returns From a weight's name to its file, or nothing when there is no index. */
async function readShardIndex(path: string): Promise<Record<string, string> | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unusable(`${path} can't be read`, error);
  }
  const parsed = Index.safeParse(parseJson(text));
  const map = parsed.data?.weight_map;
  if (map === undefined || !Object.values(map).every((file) => basename(file) === file)) {
    throw unusable(`${path} is not an index of weights`, parsed.error);
  }
  return map;
}

/**
 * The tensors of one file (https://github.com/huggingface/safetensors#format).
 * @throws {AppError} `CHECKPOINT_UNUSABLE`.
 */
export async function readSafetensors(path: string): Promise<WeightSource[]> {
  let handle: FileHandle;
  try {
    handle = await open(path);
  } catch (error) {
    throw unusable(isMissing(error) ? `${path} is missing` : `${path} can't be opened`, error);
  }
  try {
    const { size } = await handle.stat();
    if (size < 8) throw unusable(`${path} is cut off`);
    const headerBytes = Number((await readExactly(handle, 0, 8)).readBigUInt64LE());
    if (headerBytes > MAX_HEADER_BYTES) throw unusable(`${path} is not a safetensors file`);
    const start = 8 + headerBytes;
    if (start > size) throw unusable(`${path} is cut off`);
    const header = parseJson((await readExactly(handle, 8, headerBytes)).toString('utf8'));
    return tensorsOf(header, { path, start, size });
  } finally {
    await handle.close();
  }
}

function tensorsOf(
  json: unknown,
  { path, start, size }: { path: string; start: number; size: number },
): WeightSource[] {
  if (typeof json !== 'object' || json === null)
    throw unusable(`${path} is not a safetensors file`);
  const { __metadata__: _, ...tensors } = json as Record<string, unknown>;
  const header = Header.safeParse(tensors);
  if (!header.success) throw unusable(`${path} is not a safetensors file`, header.error);
  return Object.entries(header.data).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const type = TYPES[dtype];
      if (type === undefined)
        throw unusable(`${path} holds "${name}" as ${dtype}, which is not supported`);
      const length = shape.reduce(
        (count, dimension) => count * dimension,
        ELEMENT_TYPES[type].bytes,
      );
      if (to - from !== length)
        throw unusable(`${path} is damaged: "${name}" has the wrong length`);
      if (start + to > size) throw unusable(`${path} is cut off before the end of "${name}"`);
      return { name, type, shape, file: basename(path), offset: start + from, length };
    },
  );
}

async function readExactly(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.from(new ArrayBuffer(length));
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  if (bytesRead !== length) throw unusable('A file of the checkpoint is cut off');
  return buffer;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** @param problem What is wrong, without a full stop. */
export const unusable = (problem: string, cause?: unknown): AppError =>
  new AppError('CHECKPOINT_UNUSABLE', `The checkpoint can't be used: ${problem}.`, { cause });
