import { writeFile } from 'node:fs/promises';

import { encodeNumbers } from '../../src/pipeline/engines/reasonedit/onnx/numbers.ts';
import type { FloatType } from '../../src/pipeline/engines/reasonedit/onnx/types.ts';

export interface Tensor {
  readonly type: FloatType;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

const NAMES = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' } as const;

/** A `.safetensors` file, written by the words of its format. */
export async function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { type, shape, values }] of Object.entries(tensors)) {
    const bytes = encodeNumbers(type, values);
    header[name] = { dtype: NAMES[type], shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    data.push(bytes);
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc(-json.length & 7, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  await writeFile(path, Buffer.concat([length, padded, ...data]));
}
