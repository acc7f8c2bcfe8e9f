import type { EditJob } from '../queue/job.ts';
import type { Turn } from '../store/records.ts';
import type { Turns } from '../store/types.ts';

export interface JobLimits {
  /** How long a turn may take from its first start, milliseconds. */
  readonly timeLimitMs?: number;
  /** How long anybody wants to wait for it from its release on, queue included, milliseconds. */
  readonly waitLimitMs?: number;
}

/**
 * What the queue needs of a turn, with all that earlier lives of it had finished. Undefined where
 * there is no picture to edit.
 */
export async function jobOf(
  store: Pick<Turns, 'lineage' | 'turn'>,
  turn: Turn,
  { timeLimitMs, waitLimitMs }: JobLimits = {},
): Promise<EditJob | undefined> {
  const { base, thought, rounds } = turn;
  if (!base) return undefined;
  const deadlineAt = deadlineOf(turn, waitLimitMs);
  const exchanges = await exchangesBefore(store, turn);
  return {
    version: 1,
    turnId: turn.id,
    engine: turn.engine,
    person: turn.person,
    ...(turn.context['priority'] === 'true' && { hasPriority: true }),
    prompt: turn.prompt,
    source: turn.source ?? base.image,
    latest: base.image,
    references: turn.references,
    ...(turn.mask && { mask: turn.mask }),
    history: base.point ? historyIn(await store.lineage(turn.id)) : [],
    ...(exchanges.length > 0 && { exchanges }),
    maxRounds: turn.maxRounds,
    seed: turn.seed,
    ...(deadlineAt !== undefined && { deadlineAt }),
    ...(timeLimitMs !== undefined && { timeLimitMs }),
    ...(thought && { finished: { thought, rounds } }),
  };
}

/**
 * The questions that led to a turn, oldest first. Those that the bot asked for a picture or for words
 * are none: what was missing is in the turn itself.
 */
async function exchangesBefore(
  store: Pick<Turns, 'turn'>,
  turn: Turn,
): Promise<NonNullable<EditJob['exchanges']>> {
  const asked = turn.answers === undefined ? undefined : await store.turn(turn.answers);
  if (!asked?.base || asked.prompt === '' || asked.thought?.kind !== 'question') return [];
  const { prompt, thought } = asked;
  return [...(await exchangesBefore(store, asked)), { prompt, question: thought.text }];
}

/** One that the turn was given when it began stands. */
function deadlineOf(turn: Turn, waitLimitMs: number | undefined): number | undefined {
  if (turn.deadlineAt !== undefined || waitLimitMs === undefined) return turn.deadlineAt;
  return (turn.releasedAt ?? turn.createdAt) + waitLimitMs;
}

/** The edits that are in the last one's picture: a turn that begins where another began has none of its. */
function historyIn(lineage: readonly Turn[]): EditJob['history'] {
  return lineage.slice(0, -1).flatMap(({ prompt, thought, rounds, mask }, index) => {
    const round = lineage[index + 1]?.base?.point?.round ?? 0;
    if (round === 0 || thought?.kind !== 'plan') return [];
    const instruction = instructionTo(rounds, round);
    return [{ prompt, instruction, base: thought.base, ...(mask && { hasMask: true }) }];
  });
}

/** All that was done to make a round's picture: each `revert` began anew, other rounds went on. */
function instructionTo(rounds: Turn['rounds'], round: number): string {
  const before = rounds.slice(0, round - 1);
  const first = before.findLastIndex(({ reflection }) => reflection?.verdict === 'revert') + 1;
  const path = rounds.slice(first, round).map(({ instruction }) => instruction);
  // Engines read passes in this form, and models understand it.
  return path.join('\nThen:\n');
}
