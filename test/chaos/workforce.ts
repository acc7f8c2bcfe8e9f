import {
  startWorkerProcess,
  type WorkerProcess,
  type WorkerProcessSettings,
} from '../support/worker-process.ts';
import type { Random } from './random.ts';

/** Some worker processes; where one ends, another takes its place. */
export class Workforce implements AsyncDisposable {
  /** Worker processes that were started. */
  started = 0;
  readonly #settings: WorkerProcessSettings;
  readonly #onPlace: () => void;
  readonly #workers: WorkerProcess[] = [];
  readonly #ends = new Set<Promise<void>>();
  #isClosing = false;

  /** @param onPlace Called whenever one of them comes to a place of its engine. */
  constructor(count: number, settings: WorkerProcessSettings, onPlace: () => void) {
    this.#settings = settings;
    this.#onPlace = onPlace;
    for (let index = 0; index < count; index += 1) this.#start(index);
  }

  oneOf(random: Random): WorkerProcess {
    return random.oneOf(this.#workers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    for (const worker of this.#workers) worker.kill('SIGKILL');
    await Promise.all(this.#ends);
  }

  #start(index: number): void {
    const worker = startWorkerProcess(this.#settings, this.#onPlace);
    this.started += 1;
    this.#workers[index] = worker;
    const end = this.#replaceAtEnd(index, worker).finally(() => this.#ends.delete(end));
    this.#ends.add(end);
  }

  async #replaceAtEnd(index: number, worker: WorkerProcess): Promise<void> {
    await worker.ended;
    if (!this.#isClosing) this.#start(index);
  }
}
