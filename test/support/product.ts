import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** `reasonedit start` on a folder of its own, which can be killed and started again. */
export class Product implements AsyncDisposable {
  readonly #folder: string;
  #child: ChildProcess | undefined;
  /** What it has printed in its latest life. */
  output = '';
  /** Where its chat is; the same in each life. */
  url = '';

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<Product> {
    const product = new Product(await mkdtemp(join(tmpdir(), 'reasonedit-product-')));
    await product.start();
    return product;
  }

  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    this.output = '';
    const child = spawn(process.execPath, [MAIN, 'start'], {
      cwd: this.#folder,
      env: { PATH: process.env['PATH'], WEB_PORT: port, DATA_DIR: this.#folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
    await this.says(/The bot is at (\S+);/);
    this.url = /The bot is at (\S+);/.exec(this.output)?.[1] ?? '';
  }

  /** Resolves once it has printed that. */
  async says(pattern: RegExp): Promise<void> {
    const { stdout } = this.#child ?? {};
    if (!stdout) throw new Error('It is not running.');
    while (!pattern.test(this.output)) await once(stdout, 'data');
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    this.#child = undefined;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = await exited;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, maxRetries: 5 });
  }
}
