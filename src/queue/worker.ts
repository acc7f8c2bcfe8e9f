import { setMaxListeners } from 'node:events';

import { isAppError, toAppError, type AppError, type ErrorCode } from '../errors.ts';
import type { EncodedImage } from '../image/types.ts';
import { untilAborted } from '../image/until-aborted.ts';
import { bestRound } from '../pipeline/best-round.ts';
import { interruption, interruptionOf } from '../pipeline/interruption.ts';
import { reasonEdit } from '../pipeline/loop.ts';
import type { Call, EditRequest, EditResult, Engine } from '../pipeline/types.ts';
import { SYSTEM_CLOCK, type Clock } from './clock.ts';
import { ContentGuard, UNCHECKED } from './content-guard.ts';
import { atTime, earliest } from './deadline.ts';
import { sentenceOfRefusal } from './failures.ts';
import { EditJob, readJob } from './job.ts';
import { LiveWriter } from './live-writer.ts';
import { progressOf, type Progress } from './progress.ts';
import { Recorder } from './recorder.ts';
import { RunImages, type LoadedImages } from './run-images.ts';
import type { ContentCheck, EditWorker, TurnImages, TurnRun } from './types.ts';
import type { Fact, Outcome } from './update.ts';

export interface WorkerOptions {
  /** The engine of this name, ready to run; it stays the caller's. Failures are the turn's. */
  readonly engine: (name: string) => Promise<Engine>;
  readonly images: TurnImages;
  /** What requests, instructions and results are held against. Default: nothing is. */
  readonly contentCheck?: ContentCheck;
  /** Hears of each failure, for the log: users are told the code alone. */
  readonly onFault?: (fault: RunFault) => void;
  readonly clock?: Clock;
}

export interface RunFault {
  readonly turnId: string;
  readonly error: AppError;
  /** Whether another run follows. */
  readonly isRetried: boolean;
}

/** A worker that plays turns on engines, as many at a time as it is given. */
export function createWorker(options: WorkerOptions): EditWorker {
  const tools = { contentCheck: UNCHECKED, onFault: () => {}, clock: SYSTEM_CLOCK, ...options };
  return { run: (turn, call) => run(tools, turn, call) };
}

/** How a turn ends that did not come to an end by itself. */
export type Ending =
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** What came of a turn that no worker has any more, or had at all. The job may be unreadable. */
export function outcomeWithoutRun(job: unknown, facts: readonly Fact[], ending: Ending): Outcome {
  const { data } = EditJob.safeParse(job);
  return outcomeAt(progressOf(data?.finished, facts), ending);
}

async function run(tools: Required<WorkerOptions>, turn: TurnRun, call: Call): Promise<Outcome> {
  const images = new RunImages(tools.images, tools.clock);
  const keep = (image: EncodedImage) => images.keep(image);
  const live = new LiveWriter({ show: (state) => turn.log.show(state), keep }, tools.clock);
  let recorder: Recorder | undefined;
  let outcome: Outcome;
  try {
    const job = readJob(turn.job);
    recorder = new Recorder(turn.log, live, keep, progressOf(job.finished, turn.facts));
    outcome = await play(tools, images, job, recorder, call);
  } catch (error) {
    const progress = recorder?.progress ?? progressOf(undefined, turn.facts);
    outcome = refusalOf(error, progress) ?? outcomeAt(progress, endingOf(error, tools, turn, call));
  } finally {
    await live.settle();
  }
  await turn.log.append([{ type: 'ended', outcome }]);
  return outcome;
}

async function play(
  { engine: engineOf, clock, contentCheck }: Required<WorkerOptions>,
  images: RunImages,
  job: EditJob,
  recorder: Recorder,
  call: Call,
): Promise<Outcome> {
  const limit = job.timeLimitMs === undefined ? undefined : clock.now() + job.timeLimitMs;
  const deadlineAt = recorder.progress.deadlineAt ?? earliest(job.deadlineAt, limit);
  await recorder.record({ type: 'started', ...(deadlineAt !== undefined && { deadlineAt }) });
  const scope = openScope(call, deadlineAt, clock);
  try {
    const { signal } = scope;
    const [engine, loaded] = await Promise.all([
      untilAborted(engineOf(job.engine), signal),
      images.load(job, recorder.progress.rounds, { signal }),
    ]);
    const request = requestOf(job, recorder.progress, loaded);
    const guard = new ContentGuard(contentCheck, recorder.progress);
    await guard.admit(request, { signal });
    const result = await drive(engine, request, guard, recorder, { signal });
    return outcomeOf(result, recorder.progress, stopReasonOf(signal));
  } finally {
    scope.close();
  }
}

/** The caller's signal and the deadline as one, so that also what comes before the loop hears both. */
function openScope(
  { signal: outer }: Call,
  deadlineAt: number | undefined,
  clock: Clock,
): Call & { readonly close: () => void } {
  const controller = new AbortController();
  // Each picture that is being loaded listens to it.
  setMaxListeners(0, controller.signal);
  const forward = () => controller.abort(outer.reason);
  if (outer.aborted) forward();
  else outer.addEventListener('abort', forward, { once: true });
  const cancel = atTime(clock, deadlineAt, () => controller.abort(interruption('deadline')));
  return {
    signal: controller.signal,
    close: () => {
      cancel();
      outer.removeEventListener('abort', forward);
    },
  };
}

function requestOf(job: EditJob, progress: Progress, loaded: LoadedImages): EditRequest {
  const { prompt, history, exchanges, maxRounds, seed } = job;
  const { source, latest, references, mask } = loaded;
  const rounds = progress.rounds.flatMap((record, index) => {
    const image = loaded.rounds[index];
    return image ? [{ ...record, image }] : [];
  });
  const { thought } = progress;
  return {
    prompt,
    source,
    latest,
    references,
    ...(mask && { mask }),
    history,
    ...(exchanges && { exchanges }),
    maxRounds,
    seed,
    ...(thought && { finished: { thought, rounds } }),
  };
}

async function drive(
  engine: Engine,
  request: EditRequest,
  guard: ContentGuard,
  recorder: Recorder,
  call: Call,
): Promise<EditResult> {
  const turn = reasonEdit(engine, request, call);
  try {
    for (;;) {
      const next = await turn.next();
      if (next.done) return next.value;
      await recorder.hear(await guard.pass(next.value, call));
    }
  } finally {
    await turn.return({ rounds: [], stopReason: 'stopped' });
  }
}

function outcomeOf(result: EditResult, progress: Progress, reason: string): Outcome {
  const { thought, best, stopReason } = result;
  switch (stopReason) {
    case 'success':
    case 'max-rounds':
      if (best) return { kind: 'succeeded', rounds: progress.rounds, best, stopReason };
      break;
    case 'question':
      if (thought?.kind === 'question') return { kind: 'asked', question: thought.text };
      break;
    case 'declined':
      if (thought?.kind === 'declined') {
        const { text, code } = thought;
        return { kind: 'declined', text, code };
      }
      break;
    case 'deadline':
      return outcomeAt(progress, { kind: 'expired' });
    case 'stopped':
      return outcomeAt(progress, { kind: 'stopped', reason });
    default:
      stopReason satisfies never;
  }
  throw new Error(`A turn that ended at ${stopReason} has nothing to show for it.`);
}

/** Refused before there was a plan, a request is declined; what is refused later, is a failure. */
function refusalOf(thrown: unknown, { thought }: Progress): Outcome | undefined {
  if (thought || !isAppError(thrown) || thrown.code !== 'CONTENT_REFUSED') return undefined;
  return { kind: 'declined', code: thrown.code, text: sentenceOfRefusal(thrown) };
}

/** What a throw means for the turn. Throws where another run is to go on. */
function endingOf(
  thrown: unknown,
  { onFault }: Required<WorkerOptions>,
  turn: TurnRun,
  { signal }: Call,
): Ending {
  const error = toAppError(thrown);
  if (error.code === 'TURN_LOST') throw error;
  const interrupted = signal.aborted ? interruptionOf(signal.reason) : undefined;
  if (interrupted === 'shutdown') throw interruption('shutdown');
  if (interrupted === 'deadline' || error.code === 'DEADLINE') return { kind: 'expired' };
  if (interrupted === 'stop') return { kind: 'stopped', reason: stopReasonOf(signal) };
  const isRetried = error.retryable && !turn.isLastAttempt;
  onFault({ turnId: turn.turnId, error, isRetried });
  if (isRetried) throw error;
  return { kind: 'failed', code: error.code };
}

function stopReasonOf({ reason }: AbortSignal): string {
  return isAppError(reason) ? reason.message : interruption('stop').message;
}

function outcomeAt({ rounds }: Progress, ending: Ending): Outcome {
  const best = bestRound(rounds);
  return { ...ending, rounds, ...(best && { best }) };
}
