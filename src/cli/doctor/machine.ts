import { availableParallelism, freemem, totalmem } from 'node:os';

import type { Check } from './check.ts';

const OLDEST_NODE = [20, 19] as const;
const SCARCE_BYTES = 2 * 2 ** 30;

export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const recent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (recent) return { name: 'Node.js', status: 'ok', found: version };
  return {
    name: 'Node.js',
    status: 'missing',
    found: version,
    advice: `Install Node.js ${OLDEST_NODE.join('.')} or later.`,
  };
}

/** Memory within the limit of the container, if there is one. */
export function checkMachine(totalBytes: number = memoryLimit()): Check {
  const cores = availableParallelism();
  const free = Math.min(freemem(), totalBytes);
  const found = `${cores} ${cores === 1 ? 'core' : 'cores'}, ${gigabytes(totalBytes)} GB memory, ${gigabytes(free)} GB free`;
  if (totalBytes >= SCARCE_BYTES) return { name: 'machine', status: 'ok', found };
  return {
    name: 'machine',
    status: 'warning',
    found,
    advice: 'Give it 2 GB of memory, or lower MAX_IMAGE_MEGAPIXELS so that pictures stay small.',
  };
}

/** Without a limit the system names either none or one beyond all memory. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
