import { setTimeout as sleep } from 'node:timers/promises';

import { AppError } from '../errors.ts';
import type { EncodedImage } from '../image/types.ts';
import { bestRound } from './best-round.ts';
import { interruption, interruptionOf } from './interruption.ts';
import { deriveSeed } from './seeds.ts';
import type { Kept } from './keep/types.ts';
import { sumOfUsage, type Usage } from './usage.ts';
import type {
  Call,
  EditEvent,
  EditRequest,
  EditResult,
  Engine,
  EngineCall,
  Note,
  Plan,
  Round,
  StopReason,
  Thought,
} from './types.ts';

/** How long a broken-off engine call may take to clean up before the answer goes out without it. */
const CLOSE_GRACE_MS = 2_000;

/**
 * The loop of the paper (section 3): think, then edit and reflect until the reflection says
 * success, the rounds are used up, the deadline passes or the caller stops it.
 *
 * Yields what happens; returns all that came of it. `request.finished` resumes an interrupted run:
 * only what was not yet finished is done and yielded, which for a round that nobody judged yet is
 * its reflection. At a stop or deadline it returns with the
 * best round so far; at a shutdown it throws `SHUTDOWN`. What an engine throws comes through.
 *
 * @throws {AppError} `BAD_USAGE` when `maxRounds` is not a positive integer.
 */
export async function* reasonEdit(
  engine: Engine,
  request: EditRequest,
  call: Call,
): AsyncGenerator<EditEvent, EditResult> {
  if (!Number.isInteger(request.maxRounds) || request.maxRounds < 1) {
    throw new AppError('BAD_USAGE', 'The number of rounds must be a whole number of at least 1.');
  }
  const scope = new Scope(call.signal, request.deadlineAt);
  let thought: Thought | undefined = request.finished?.thought;
  const rounds: Round[] = [...(request.finished?.rounds ?? [])];
  try {
    thought ??= yield* think(engine, request, scope);
    if (thought.kind !== 'plan') return result(thought, rounds, thought.kind, scope);

    const base = thought.base === 'source' ? request.source : request.latest;
    const turn: Turn = { engine, request, plan: thought, base, rounds };
    for (;;) {
      const last = rounds.at(-1);
      if (last && !last.reflection) {
        yield* judge(turn, last, scope);
        continue;
      }
      if (last?.reflection?.verdict === 'success') return result(thought, rounds, 'success', scope);
      if (rounds.length >= request.maxRounds) return result(thought, rounds, 'max-rounds', scope);
      yield* edit(turn, scope);
    }
  } catch (error) {
    if (!scope.interrupted) throw error;
    const kind = interruptionOf(scope.signal.reason);
    if (kind === 'shutdown') throw interruption('shutdown');
    return result(thought, rounds, kind === 'deadline' ? 'deadline' : 'stopped', scope);
  } finally {
    scope.close();
  }
}

async function* think(
  engine: Engine,
  request: EditRequest,
  scope: Scope,
): AsyncGenerator<EditEvent, Thought> {
  const { prompt, source, latest, references, mask, history, exchanges = [] } = request;
  const seed = deriveSeed(request.seed, 'think');
  scope.check();
  yield { type: 'thinking-start' };
  const thought = yield* scope.drive(
    (inner) =>
      engine.reasoner.think(
        { prompt, source, latest, references, ...(mask && { mask }), history, exchanges, seed },
        inner,
      ),
    (text) => ({ type: 'thinking-delta', text }),
  );
  yield { type: 'thinking-end', thought, ...scope.usageOfLast() };
  return thought;
}

/** A turn that has a plan. Its rounds grow; all but the last are judged. */
interface Turn {
  readonly engine: Engine;
  readonly request: EditRequest;
  readonly plan: Plan;
  readonly base: EncodedImage;
  readonly rounds: Round[];
}

/** Makes the next round's picture. */
async function* edit(turn: Turn, scope: Scope): AsyncGenerator<EditEvent, void> {
  const { engine, request, rounds } = turn;
  const round = rounds.length + 1;
  const { references, mask } = request;
  const { image, instruction } = nextEdit(turn.plan, turn.base, rounds);
  const seed = deriveSeed(request.seed, `edit ${round}`);

  scope.check();
  yield { type: 'editing-start', round, instruction };
  const edited = yield* scope.drive(
    (inner) =>
      engine.editor.edit({ image, references, ...(mask && { mask }), instruction, seed }, inner),
    (step) => ({ type: 'editing-step', round, ...step }),
  );
  const { usage } = scope.usageOfLast();
  const kept = scope.keptInLast();
  rounds.push({
    round,
    instruction,
    image: edited,
    ...kept,
    ...(usage && { usage: { edit: usage } }),
  });
  yield { type: 'editing-end', round, image: edited, ...kept, ...(usage && { usage }) };
}

/** Judges the last round. */
async function* judge(
  { engine, request, plan, base, rounds }: Turn,
  last: Round,
  scope: Scope,
): AsyncGenerator<EditEvent, void> {
  const { round, instruction, image: edited } = last;
  const { references, mask } = request;
  const prompt = wordsOf(request);
  const { target } = nextEdit(plan, base, rounds.slice(0, -1));
  const seed = deriveSeed(request.seed, `reflect ${round}`);

  scope.check();
  yield { type: 'reflection-start', round };
  const reflection = yield* scope.drive(
    (inner) =>
      engine.reasoner.reflect(
        {
          prompt,
          target,
          instruction,
          base,
          edited,
          references,
          ...(mask && { mask }),
          round,
          seed,
        },
        inner,
      ),
    (text) => ({ type: 'reflection-delta', round, text }),
  );
  const { usage } = scope.usageOfLast();
  rounds[rounds.length - 1] = {
    ...last,
    reflection,
    ...(usage && { usage: { ...last.usage, reflection: usage } }),
  };
  yield { type: 'reflection-end', round, reflection, ...(usage && { usage }) };
}

/** All that the user said in the matter. */
function wordsOf({ prompt, exchanges = [] }: EditRequest): string {
  return [...exchanges.map((exchange) => exchange.prompt), prompt].join('\n');
}

interface NextEdit {
  image: EncodedImage;
  instruction: string;
  /** The full instruction that the result is judged by. */
  target: string;
}

/** What the next round edits, and how: follows from the plan and the verdicts so far alone. */
function nextEdit(plan: Plan, base: EncodedImage, rounds: readonly Round[]): NextEdit {
  let next: NextEdit = { image: base, instruction: plan.instruction, target: plan.instruction };
  for (const { image, reflection } of rounds) {
    if (reflection?.verdict === 'refine') {
      next = { image, instruction: reflection.nextInstruction, target: next.target };
    } else if (reflection?.verdict === 'revert') {
      const target = reflection.nextInstruction ?? next.target;
      next = { image: base, instruction: target, target };
    }
  }
  return next;
}

function result(
  thought: Thought | undefined,
  rounds: readonly Round[],
  stopReason: StopReason,
  scope: Scope,
): EditResult {
  const best = bestRound(rounds);
  const { usage } = scope;
  return {
    ...(thought && { thought }),
    rounds,
    ...(best && { best }),
    stopReason,
    ...(usage && { usage }),
  };
}

/** The caller's signal and the deadline as one, and engine calls that can't outlive it. */
class Scope {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #forward: () => void;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #aborted: Promise<never>;
  #interrupted = false;
  /** Of the call that runs, or ran last. */
  #notes: Note[] = [];
  #usage: Usage | undefined;

  constructor(outer: AbortSignal, deadlineAt: number | undefined) {
    this.#outer = outer;
    this.#aborted = new Promise<never>((_resolve, reject) => {
      this.#controller.signal.addEventListener('abort', () => reject(this.signal.reason), {
        once: true,
      });
    });
    this.#aborted.catch(() => {});
    this.#forward = () => this.#interrupt(outer.reason);
    outer.addEventListener('abort', this.#forward, { once: true });
    if (outer.aborted) this.#forward();
    if (deadlineAt !== undefined) this.#timer = this.#arm(deadlineAt);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** True once the caller or the deadline broke the turn off. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** What all calls took, those that failed among them. */
  get usage(): Usage | undefined {
    return this.#usage;
  }

  usageOfLast(): { readonly usage?: Usage } {
    const note = this.#notes.find(({ kind }) => kind === 'used');
    return note?.kind === 'used' ? { usage: note.usage } : {};
  }

  keptInLast(): { readonly kept?: Kept } {
    const note = this.#notes.find(({ kind }) => kind === 'kept');
    return note?.kind === 'kept' ? { kept: note.kept } : {};
  }

  check(): void {
    this.signal.throwIfAborted();
  }

  /** Runs an engine's generator to its end, its yields as events; closed however this ends. */
  async *drive<Step, Outcome>(
    start: (call: EngineCall) => AsyncGenerator<Step, Outcome>,
    toEvent: (step: Step) => EditEvent,
  ): AsyncGenerator<EditEvent, Outcome> {
    this.check();
    const notes: Note[] = (this.#notes = []);
    const note = (told: Note): void => {
      notes.push(told);
      if (told.kind === 'used') this.#usage = sumOfUsage([this.#usage, told.usage]);
    };
    const generator = start({ signal: this.signal, note });
    let settled = false;
    try {
      for (;;) {
        const next = await Promise.race([generator.next(), this.#aborted]).catch(
          (error: unknown) => {
            settled = !this.signal.aborted;
            throw error;
          },
        );
        if (next.done) {
          settled = true;
          return next.value;
        }
        this.check();
        yield toEvent(next.value);
        this.check();
      }
    } finally {
      if (!settled) await this.#abandon(generator);
    }
  }

  /** Ends what is still running and takes every listener off the caller's signal. */
  close(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#forward);
    if (!this.signal.aborted) this.#controller.abort(interruption('stop'));
  }

  async #abandon<Step, Outcome>(generator: AsyncGenerator<Step, Outcome>): Promise<void> {
    if (!this.signal.aborted) this.#controller.abort(interruption('stop'));
    const closed = generator.return(undefined as Outcome).catch(() => {});
    const timer = new AbortController();
    await Promise.race([closed, sleep(CLOSE_GRACE_MS, undefined, { signal: timer.signal })]).catch(
      () => {},
    );
    timer.abort();
  }

  #arm(deadlineAt: number): NodeJS.Timeout | undefined {
    const leftMs = deadlineAt - Date.now();
    if (leftMs <= 0) {
      this.#interrupt(interruption('deadline'));
      return undefined;
    }
    // A longer delay would overflow to none at all.
    const timer = setTimeout(
      () => this.#interrupt(interruption('deadline')),
      Math.min(leftMs, 2 ** 31 - 1),
    );
    timer.unref();
    return timer;
  }

  #interrupt(reason: unknown): void {
    this.#interrupted = true;
    this.#controller.abort(reason);
  }
}
