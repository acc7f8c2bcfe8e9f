import { randomUUID } from 'node:crypto';

import type { AppError } from '../errors.ts';
import { untilAborted } from '../image/until-aborted.ts';
import type { Call } from '../pipeline/types.ts';
import { awaitedChange } from './change.ts';
import { turnLost } from './failures.ts';
import type { TurnLog } from './types.ts';
import { stampOf, type EditUpdate, type Fact, type LiveState, type Outcome } from './update.ts';

/** What one turn has told so far, in memory, for any number of readers. */
export class UpdateLog {
  /** Other than that of any other log, so that a cursor of another is not taken for one of this. */
  readonly #id = randomUUID();
  readonly #facts: { readonly fact: Fact; readonly epoch: number }[] = [];
  #live: { readonly state: LiveState } | undefined;
  #epoch = 0;
  #closed: AppError | undefined;
  #change = awaitedChange();

  get facts(): readonly Fact[] {
    return this.#facts.map(({ fact }) => fact);
  }

  get hasEnded(): boolean {
    return this.#facts.at(-1)?.fact.type === 'ended';
  }

  /** Begins the next run: what earlier ones still have to say is refused from now on. */
  begin(): TurnLog {
    const epoch = (this.#epoch += 1);
    const check = () => {
      if (epoch !== this.#epoch || this.hasEnded || this.#closed) throw turnLost();
    };
    return {
      append: async (facts) => {
        check();
        this.#append(facts);
      },
      show: async (state) => {
        check();
        this.#live = { state };
        this.#wakeReaders();
      },
    };
  }

  /** Ends the turn from outside of its runs. */
  end(outcome: Outcome): void {
    this.#epoch += 1;
    this.#append([{ type: 'ended', outcome }]);
  }

  /** Nothing more will come: readers throw this after the last fact. */
  close(reason: AppError): void {
    this.#closed ??= reason;
    this.#wakeReaders();
  }

  /** See `EditQueue.updates`. */
  async *read(after: string | undefined, { signal }: Call): AsyncGenerator<EditUpdate, void> {
    let next = this.#indexAfter(after);
    let seen: unknown;
    for (;;) {
      signal.throwIfAborted();
      const entry = this.#facts[next];
      if (entry) {
        yield { ...stampOf(this.#cursorAt(next), entry.epoch), ...entry.fact };
        next += 1;
      } else if (this.hasEnded) {
        return;
      } else if (this.#closed) {
        throw this.#closed;
      } else if (this.#live && this.#live !== seen) {
        seen = this.#live;
        const stamp = stampOf(this.#cursorAt(next - 1), this.#epoch);
        yield { ...stamp, type: 'live', state: this.#live.state };
      } else {
        await untilAborted(this.#change.happened, signal);
      }
    }
  }

  #append(facts: readonly Fact[]): void {
    this.#facts.push(...facts.map((fact) => ({ fact, epoch: this.#epoch })));
    this.#live = undefined;
    this.#wakeReaders();
  }

  #cursorAt(index: number): string {
    return `${this.#id} ${index}`;
  }

  #indexAfter(cursor: string | undefined): number {
    const [id, index] = cursor?.split(' ') ?? [];
    return id === this.#id ? Number(index) + 1 : 0;
  }

  #wakeReaders(): void {
    this.#change.happen();
    this.#change = awaitedChange();
  }
}
