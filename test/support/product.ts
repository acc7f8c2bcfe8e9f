import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** `reasonedit start` on a folder of its own, which can be killed and started again. */
export class Product implements AsyncDisposable {
  readonly folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  /** What it has printed in its latest life. */
  output = '';
  /** The log of all its lives. */
  log = '';
  /** Where its chat is; the same in each life. */
  url = '';

  private constructor(folder: string, settings: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#settings = settings;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
    const folder = await mkdtemp(join(tmpdir(), 'reasonedit-product-'));
    const product = new Product(folder, settings);
    await product.start();
    return product;
  }

  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    this.output = '';
    const child = spawn(process.execPath, [MAIN, 'start'], {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'],
        WEB_PORT: port,
        DATA_DIR: this.folder,
        ...this.#settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
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
    await rm(this.folder, { recursive: true, maxRetries: 5 });
  }
}
