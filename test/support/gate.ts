import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the gated engine waits, in whichever process of a folder. */
export class Gate {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'gate');
  }

  /** Resolves with the process that runs the engine which has come here since the last time. */
  async arrival(): Promise<number> {
    const reached = `${this.#path}.reached`;
    while (!existsSync(reached)) await sleep(20);
    const pid = Number(await readFile(reached, 'utf8'));
    await rm(reached);
    return pid;
  }

  /** Lets all pass from now on. */
  async open(): Promise<void> {
    await writeFile(`${this.#path}.open`, '');
  }
}
