import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { PRIORITY_HEAD_START } from '../fair-queue.ts';
import type { Address } from '../job.ts';
import { cursorOf, readEntries, readLive } from './log-entry.ts';
import { encodeEngine } from './keys.ts';
import { evaluate, type TurnHome } from './script.ts';
import { READ, RELEASE } from './scripts/reading.ts';
import { ENQUEUE } from './scripts/waiting.ts';
import { stampOf, type EditUpdate } from '../update.ts';

const EnqueueReply = z.tuple([z.string(), z.string()]);

/**
 * Puts a turn among those that wait, unless it is known.
 * @return The name of its life in this Redis, and whether it waits.
 */
export async function enqueueTurn(
  home: TurnHome,
  { turnId, engine, person, hasPriority, deadlineAt }: Address,
  job: string,
): Promise<{ readonly life: string; readonly isWaiting: boolean }> {
  const headStart = hasPriority ? PRIORITY_HEAD_START : 0;
  const turn = [turnId, encodeEngine(engine), person, job, randomUUID()];
  const args = [...turn, deadlineAt ?? '', headStart];
  const [life, state] = EnqueueReply.parse(await evaluate(home, ENQUEUE, args));
  return { life, isWaiting: state === 'waiting' };
}

const ReadReply = z
  .tuple([
    z.string(),
    z.string(),
    z.number(),
    z.number(),
    z.array(z.string()),
    z.number(),
    z.string().nullable(),
  ])
  .nullable();

/** What somebody knows of a turn. */
export interface Known {
  readonly life: string;
  /** Facts of that life. */
  readonly count: number;
}

export interface News {
  readonly known: Known;
  readonly facts: readonly Exclude<EditUpdate, { type: 'live' }>[];
  readonly hasEnded: boolean;
  /** The live state after these facts; its number tells it from others of the same life. */
  readonly live?: { readonly number: number; readonly update: EditUpdate };
}

/**
 * All that is new of a turn to somebody who knows so much. Undefined where the turn is not known.
 * @throws {AppError} `JOB_UNREADABLE` when another release wrote it.
 */
export async function readNews(
  home: TurnHome,
  turnId: string,
  known: Known,
): Promise<News | undefined> {
  const reply = ReadReply.parse(await evaluate(home, READ, [turnId, known.life, known.count]));
  if (!reply) return undefined;
  const [life, turnState, epoch, before, entries, number, liveJson] = reply;
  const count = before + entries.length;
  const state = liveJson === null ? undefined : readLive(liveJson);
  const news = {
    known: { life, count },
    facts: readEntries(life, before, entries),
    hasEnded: turnState === 'ended',
  };
  if (!state) return news;
  const stamp = stampOf(cursorOf(life, count), epoch);
  return { ...news, live: { number, update: { ...stamp, type: 'live', state } } };
}

/** Forgets a turn that has ended. */
export async function releaseTurn(home: TurnHome, turnId: string): Promise<void> {
  await evaluate(home, RELEASE, [turnId]);
}
