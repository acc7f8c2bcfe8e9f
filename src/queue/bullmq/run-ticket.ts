import { randomUUID } from 'node:crypto';

import { DelayedError, WaitingError, type Job } from 'bullmq';

import { isAppError, toAppError, type AppError } from '../../errors.ts';
import type { Clock } from '../clock.ts';
import { shuttingDown, turnLost } from '../failures.ts';
import { restAfter } from '../rest.ts';
import type { EditWorker } from '../types.ts';
import type { Ending } from '../worker.ts';
import { endTurn, jobIn, type Snapshot } from './ending.ts';
import { readFacts } from './log-entry.ts';
import { restTurn, takeTurn, type TakenRun } from './runs.ts';
import type { TurnHome } from './script.ts';
import { TurnControl } from './turn-control.ts';

export interface RunTools {
  readonly home: TurnHome;
  readonly worker: EditWorker;
  /** Runs of a turn that may fail, deaths of its workers included, before the turn does. */
  readonly maxAttempts: number;
  /** Wait before the second run, twice as long before each further one; longer where the failure asks for that. */
  readonly retryDelayMs: number;
  readonly clock: Clock;
  /** The runs that are under way. */
  readonly controls: Set<TurnControl>;
  /** Whether no run is to be begun any more. */
  readonly isClosing: () => boolean;
}

export type Ticket = Pick<Job, 'id' | 'moveToWait' | 'moveToDelayed'>;

/** What a ticket is still needed for. */
type Further =
  { readonly kind: 'other-worker' } | { readonly kind: 'retry'; readonly delayMs: number };

/** Runs the turn that a ticket is for. Rejects, as BullMQ wants it, where the ticket is still needed. */
export async function runTicket(
  tools: RunTools,
  engine: string,
  ticket: Ticket,
  token: string | undefined,
): Promise<void> {
  const { home, clock } = tools;
  const taken = await takeTurn(home, engine, ticket.id ?? '', randomUUID(), clock.now());
  const further = taken && (await runTurn(tools, taken));
  switch (further?.kind) {
    case undefined:
      return;
    case 'other-worker':
      await ticket.moveToWait(token);
      throw new WaitingError();
    case 'retry':
      await ticket.moveToDelayed(Date.now() + further.delayMs, token);
      throw new DelayedError();
    default:
      further satisfies never;
  }
}

/** One run of a turn, and what follows from how it went. */
async function runTurn(tools: RunTools, taken: TakenRun): Promise<Further | undefined> {
  const { home, worker, maxAttempts, clock, controls, isClosing } = tools;
  const { turnId, attempts, cancelReason } = taken;
  if (cancelReason !== undefined) return end(home, taken, stoppedBy(cancelReason));
  // Its workers died of it, or were lost.
  if (attempts > maxAttempts) return end(home, taken, { kind: 'failed', code: 'ENGINE_CRASHED' });
  const control = new TurnControl(home, taken, clock);
  controls.add(control);
  try {
    if (isClosing()) throw shuttingDown();
    const [job, facts] = [jobIn(taken.job), readFacts(taken.entries)];
    const { log } = control;
    const isLastAttempt = attempts >= maxAttempts;
    await worker.run({ turnId, job, facts, log, isLastAttempt }, control);
    return undefined;
  } catch (error) {
    return await goOn(tools, control, attempts, toAppError(error));
  } finally {
    controls.delete(control);
  }
}

/** What follows from a run that did not end its turn. */
async function goOn(
  { home, maxAttempts, retryDelayMs, isClosing }: RunTools,
  { turn, signal }: TurnControl,
  attempts: number,
  error: AppError,
): Promise<Further | undefined> {
  // Where it is nobody else's, as when Redis lost what it was told last, the ticket is used again.
  if (error.code === 'TURN_LOST') throw error;
  const isHandedBack = isClosing() && error.code === 'SHUTDOWN';
  const isRetried = error.retryable && attempts < maxAttempts;
  const cancelReason =
    isHandedBack || isRetried
      ? await restTurn(home, turn, { isAttempt: !isHandedBack })
      : reasonOfStop(signal);
  if (cancelReason !== undefined) return end(home, turn, stoppedBy(cancelReason));
  if (isHandedBack) return { kind: 'other-worker' };
  if (isRetried) return { kind: 'retry', delayMs: restAfter(error, retryDelayMs, attempts) };
  return end(home, turn, { kind: 'failed', code: error.code });
}

function reasonOfStop({ reason }: AbortSignal): string | undefined {
  return isAppError(reason) && reason.code === 'STOPPED' ? reason.message : undefined;
}

const stoppedBy = (reason: string): Ending => ({ kind: 'stopped', reason });

/** @throws {AppError} `TURN_LOST` where it was not to be ended here, in which case the ticket may be. */
async function end(home: TurnHome, turn: Snapshot, ending: Ending): Promise<undefined> {
  if (!(await endTurn(home, turn, ending))) throw turnLost();
}
