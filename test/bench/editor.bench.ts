import { join } from 'node:path';

import { expect, it } from 'vitest';

import { readEditorCheckpoint } from '../../src/pipeline/engines/reasonedit/checkpoint.ts';
import {
  EDITOR_GRAPHS,
  writeEditorGraphs,
} from '../../src/pipeline/engines/reasonedit/editor/graphs.ts';
import { keepLaidOut } from '../../src/pipeline/engines/reasonedit/onnx/laid-out-graph.ts';
import { besideReference } from './beside-reference.ts';

/**
 * A checkpoint by `test/parity/editor.py --size bench --weights-only --dtype float32`, and a Python that has what
 * test/parity/README.md says. Without them there is nothing to compare with.
 */
const { EDITOR_BENCH_CHECKPOINT: checkpoint = '', EDITOR_BENCH_PYTHON: python = '' } = process.env;

it.runIf(checkpoint && python)(
  'the editor on the CPU, beside the reference',
  { timeout: 3_600_000 },
  async () => {
    await writeEditorGraphs(checkpoint, await readEditorCheckpoint(checkpoint), 'float32');
    // As `prepare` does.
    await keepLaidOut(join(checkpoint, EDITOR_GRAPHS.encoder));
    await keepLaidOut(join(checkpoint, EDITOR_GRAPHS.decoder));
    const ours = 'editor-bench-side.mjs';
    const reference = 'time_editor.py';
    const measures = ['open', 'pass', 'decode', 'encode', 'peak_mib'] as const;
    expect(await besideReference({ ours, reference, python, checkpoint, measures })).toBe(3);
  },
);
