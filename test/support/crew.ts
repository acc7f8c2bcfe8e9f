import { once } from 'node:events';

import { launch, type Running } from './command-line.ts';
import { Gate } from './gate.ts';
import { Product } from './product.ts';
import { startRedis, type RedisServer } from './redis.ts';
import { WebChatClient, type SentMessage } from './web-chat-client.ts';

/** `reasonedit start` and two `reasonedit worker` on one Redis, with the gated engine. */
export class Crew implements AsyncDisposable {
  readonly redis: RedisServer;
  readonly bots: Product;
  readonly workers: Running[] = [];
  readonly gate: Gate;

  private constructor(redis: RedisServer, bots: Product) {
    this.redis = redis;
    this.bots = bots;
    this.gate = new Gate(bots.folder);
  }

  static async start(): Promise<Crew> {
    const redis = await startRedis({ settings: { appendonly: 'yes', appendfsync: 'always' } });
    const settings = { REDIS_URL: redis.url, ENGINE: 'gated', HEALTH_PORT: '0' };
    const crew = new Crew(redis, await Product.start(settings));
    await crew.addWorker();
    await crew.addWorker();
    return crew;
  }

  get chat(): WebChatClient {
    return new WebChatClient(this.bots.url);
  }

  async addWorker(): Promise<Running> {
    const { folder } = this.bots;
    const env = { DATA_DIR: folder, REDIS_URL: this.redis.url, ENGINE: 'gated' };
    const worker = launch(['worker'], { cwd: folder, env: { ...env, HEALTH_PORT: '0' } });
    this.workers.push(worker);
    await worker.says('Its health is at');
    return worker;
  }

  /** The worker whose process has that id. */
  workerOf(pid: number): Running {
    const found = this.workers.find((worker) => worker.process.pid === pid);
    if (!found) throw new Error('No worker has that id.');
    return found;
  }

  /** What a thread comes to once its turn has ended. */
  async outcome(thread: string): Promise<SentMessage[]> {
    for await (const { messages } of this.chat.events(thread)) {
      const kinds = messages.map(({ content }) => content && 'kind' in content && content.kind);
      if (kinds.includes('final')) return this.chat.read(thread);
    }
    throw new Error('The events ended.');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process } of this.workers) {
      if (process.exitCode !== null || process.signalCode !== null) continue;
      const exited = once(process, 'exit');
      process.kill('SIGKILL');
      await exited;
    }
    await this.bots[Symbol.asyncDispose]();
    await this.redis[Symbol.asyncDispose]();
  }
}
