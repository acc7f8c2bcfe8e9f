import { z } from 'zod';

import { turnLost } from '../failures.ts';
import type { Fact, LiveState } from '../update.ts';
import { RETENTION_MS, type Snapshot } from './ending.ts';
import { encodeEngine } from './keys.ts';
import { writeEntry } from './log-entry.ts';
import { evaluate, type TurnHome } from './script.ts';
import { APPEND, REST, SHOW } from './scripts/running.ts';
import { TAKE } from './scripts/waiting.ts';

/** How long a run may go on past its deadline before it counts as lost. */
const GRACE_MS = 60_000;

/** A run of a turn that was just begun. */
export interface TakenRun extends Snapshot {
  /** Runs of the turn so far, this one included, but for those that were handed back. */
  readonly attempts: number;
  /** Why the turn was cancelled, if it was. */
  readonly cancelReason?: string;
}

const TakeReply = z
  .tuple([
    z.string(),
    z.string(),
    z.number(),
    z.number(),
    z.string(),
    z.string().nullable(),
    z.array(z.string()),
  ])
  .nullable();

/** Which run speaks. */
export type Speaker = Pick<Snapshot, 'turnId' | 'life' | 'epoch'>;

/**
 * Begins the next run of the turn that a ticket is for, or is for from now on. Undefined where there is
 * nothing to run.
 * @param run A name of its own.
 */
export async function takeTurn(
  home: TurnHome,
  engine: string,
  ticket: string,
  run: string,
  now: number,
): Promise<TakenRun | undefined> {
  const reply = TakeReply.parse(
    await evaluate(home, TAKE, [encodeEngine(engine), ticket, run, now]),
  );
  if (!reply) return undefined;
  const [turnId, life, epoch, attempts, job, cancelReason, entries] = reply;
  const taken = { turnId, life, epoch, attempts, job, entries };
  return cancelReason === null ? taken : { ...taken, cancelReason };
}

export interface Appended {
  /** The turn's log from now on. */
  readonly entries: readonly string[];
  /** Why the turn was cancelled, if it was. */
  readonly cancelReason: string | undefined;
}

/**
 * Appends facts, once.
 * @throws {AppError} `TURN_LOST`
 */
export async function appendFacts(
  home: TurnHome,
  { turnId, life, epoch, entries }: Snapshot,
  facts: readonly Fact[],
  now: number,
): Promise<Appended> {
  const isEnd = facts.some(({ type }) => type === 'ended');
  const started = facts.find((fact) => fact.type === 'started');
  const deadlineAt = started?.deadlineAt;
  const giveUpAt = deadlineAt === undefined ? '' : deadlineAt + GRACE_MS;
  const added = facts.map((fact) => writeEntry(fact, epoch));
  const head = [turnId, life, epoch, entries.length, now, RETENTION_MS];
  const tail = [deadlineAt ?? '', giveUpAt, isEnd ? 1 : 0];
  const reply = await evaluate(home, APPEND, [...head, ...tail, ...added]);
  return { entries: [...entries, ...added], cancelReason: answerOf(reply) };
}

/**
 * Overwrites the live state.
 * @return Why the turn was cancelled, if it was.
 * @throws {AppError} `TURN_LOST`
 */
export async function showLive(
  home: TurnHome,
  { turnId, life, epoch }: Speaker,
  state: LiveState,
): Promise<string | undefined> {
  return answerOf(await evaluate(home, SHOW, [turnId, life, epoch, JSON.stringify(state)]));
}

/**
 * Ends a run whose turn is to go on in another.
 * @return Why the turn was cancelled, if it was: then it is to be ended instead.
 * @throws {AppError} `TURN_LOST`
 */
export async function restTurn(
  home: TurnHome,
  { turnId, life, epoch }: Speaker,
  { isAttempt }: { readonly isAttempt: boolean },
): Promise<string | undefined> {
  return answerOf(await evaluate(home, REST, [turnId, life, epoch, isAttempt ? 1 : 0]));
}

/** Why the turn was cancelled, if it was; nothing where the run is not the latest. */
const Answer = z.tuple([z.string().nullable()]).nullable();

function answerOf(reply: unknown): string | undefined {
  const answer = Answer.parse(reply);
  if (!answer) throw turnLost();
  return answer[0] ?? undefined;
}
