import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

/** Where the gated engine waits, in whichever process of a folder. */
export class Gate {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'gate');
  }

  /** Resolves with the process that runs the engine which has come here since the last time. */
  async arrival(): Promise<number> {
    const reached = `${this.#path}.reached`;
    const read = () => readFile(reached, 'utf8').catch(() => '');
    await expect.poll(read, { timeout: 120_000 }).not.toBe('');
    const pid = Number(await read());
    await rm(reached);
    return pid;
  }

  /** Lets all pass from now on. */
  async open(): Promise<void> {
    await writeFile(`${this.#path}.open`, '');
  }
}
