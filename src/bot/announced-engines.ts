import type { EngineDirectory, EngineFacts } from '../bots/conversation.ts';
import type { Logger } from '../logger.ts';

/** Of an engine that nobody has served yet. Its worker will say what it can't do. */
const UNKNOWN: EngineFacts = { seeded: false, maxImages: Number.MAX_SAFE_INTEGER };

/**
 * The engines that workers announce, and those that the settings name. Requests for one that no worker
 * serves are taken all the same: they wait.
 */
export class AnnouncedEngines implements EngineDirectory {
  readonly defaultName: string;
  readonly #log: Pick<Logger, 'info' | 'warn'>;
  /** As each was announced last; undefined until it was. */
  readonly #facts = new Map<string, EngineFacts | undefined>();
  #served: ReadonlySet<string> | undefined;

  /** @param named Engines of the settings; the first is the default. */
  constructor(named: readonly [string, ...string[]], log: Pick<Logger, 'info' | 'warn'>) {
    [this.defaultName] = named;
    this.#log = log;
    for (const name of named) this.#facts.set(name, undefined);
  }

  find(name: string): EngineFacts | undefined {
    return this.#facts.has(name) ? (this.#facts.get(name) ?? UNKNOWN) : undefined;
  }

  /** Takes what is announced now, and tells the log what that changed. */
  hear(announced: ReadonlyMap<string, EngineFacts>): void {
    const before = this.#served;
    for (const [name, facts] of announced) {
      this.#facts.set(name, facts);
      if (!before?.has(name)) this.#log.info('an engine is served', { engine: name });
    }
    for (const name of this.#facts.keys()) {
      const isNews = before === undefined || before.has(name);
      if (isNews && !announced.has(name)) {
        this.#log.warn('no worker serves an engine; its requests wait', { engine: name });
      }
    }
    this.#served = new Set(announced.keys());
  }

  /** 1 for an engine that is served, 0 for one that is not. */
  served(): Map<string, number> {
    return new Map([...this.#facts.keys()].map((name) => [name, this.#served?.has(name) ? 1 : 0]));
  }
}
