import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves while all is well. */
export type Check = () => Promise<unknown>;

export interface ReadinessReport {
  readonly isReady: boolean;
  /** By what was checked. */
  readonly checks: Readonly<Record<string, 'ok' | 'failing'>>;
}

/** How long one check may take. */
const PATIENCE_MS = 2_000;

/** What must hold for this process to be of use. Before anything is named, it is not. */
export class Readiness {
  readonly #checks = new Map<string, Check>([['start', () => Promise.reject(new Error('soon'))]]);

  /** @param name For the report; the same name replaces what it was. */
  need(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** All that is needed has been named and started. */
  start(): void {
    this.need('start', () => Promise.resolve());
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      [...this.#checks].map(async ([name, check]) => [name, await holds(check)] as const),
    );
    return {
      isReady: results.every(([, isHeld]) => isHeld),
      checks: Object.fromEntries(
        results.map(([name, isHeld]) => [name, isHeld ? 'ok' : 'failing']),
      ),
    };
  }
}

async function holds(check: Check): Promise<boolean> {
  const waiting = new AbortController();
  const tooLate = sleep(PATIENCE_MS, false, { signal: waiting.signal });
  tooLate.catch(() => {});
  try {
    return await Promise.race([check().then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    waiting.abort();
  }
}
