import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Incoming } from '../../src/bots/types.ts';
import { QUICK_CAPABILITIES, type Chat } from './chat.ts';
import { answerTo, type Kill, type PlatformRequest } from './courier-process.ts';

const CHILD = fileURLToPath(new URL('children/bot.mjs', import.meta.url));

type News =
  | { readonly name: 'ready' | 'idle' }
  | { readonly name: 'kept'; readonly key: string }
  | PlatformRequest;

/**
 * A bot in processes of its own: each that is killed is followed by another, until no more kills are left. As a
 * platform does, it hands over again what was not acknowledged.
 */
export class BotProcess {
  readonly #chat: Chat;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #kills: Kill[];
  /** What was handed over and not yet acknowledged. */
  readonly #unkept = new Map<string, Incoming>();
  #child: ChildProcess | undefined;
  /** How many processes there were. */
  lives = 0;

  constructor(chat: Chat, settings: Readonly<Record<string, string>>, kills: readonly Kill[]) {
    this.#chat = chat;
    this.#settings = settings;
    this.#kills = [...kills];
    chat.receiver = (incoming) => this.#handle(incoming);
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Resolves when all has come of it that can, in this life or a later one. */
  async #handle(incoming: Incoming): Promise<void> {
    this.#unkept.set(incoming.key, incoming);
    for (;;) {
      const child = this.#child ?? this.#start();
      const isNew = this.#child !== child;
      this.#child = child;
      if (isNew && !(await heard(child, 'ready'))) continue;
      // A bot that is ready has done all that was left to do.
      if (this.#unkept.size === 0) return;
      const idle = heard(child, 'idle');
      for (const unkept of this.#unkept.values()) child.send({ incoming: unkept });
      if (await idle) return;
    }
  }

  #start(): ChildProcess {
    const { platform } = this.#chat;
    platform.meetAnother();
    this.lives += 1;
    const options = { settings: this.#settings, capabilities: QUICK_CAPABILITIES };
    const child = fork(CHILD, [JSON.stringify(options)], { serialization: 'advanced' });
    const kill = this.#kills.shift();
    let calls = 0;
    const die = () => child.kill('SIGKILL');
    child.on('exit', () => {
      this.#child = undefined;
    });
    const serve = async (request: PlatformRequest): Promise<void> => {
      calls += 1;
      const when = calls === kill?.atCall ? kill.when : undefined;
      if (when === 'unheard') die();
      if (child.killed) return;
      const answer = await answerTo(platform, request, this.#chat.files);
      if (when === 'heard') die();
      else child.send(answer, () => when && die());
    };
    child.on('message', (news: News) => {
      if (news.name === 'kept') this.#unkept.delete(news.key);
      if ('id' in news && !child.killed) void serve(news);
    });
    return child;
  }
}

/** Whether a process says something before it ends. */
function heard(child: ChildProcess, name: 'ready' | 'idle'): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isHeard: boolean) => {
      child.off('message', listen);
      child.off('exit', leave);
      resolve(isHeard);
    };
    const listen = (news: News) => news.name === name && settle(true);
    const leave = () => settle(false);
    child.on('message', listen);
    child.on('exit', leave);
  });
}
