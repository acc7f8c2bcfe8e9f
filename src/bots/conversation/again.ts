import type { Call } from '../../pipeline/types.ts';
import type { Turn } from '../../store/records.ts';
import { priorityOf, type Talk, type Tools } from './parts.ts';
import { mostRoundsOf, randomSeed, sayLimit, turnLimits } from './request.ts';
import { say } from './say.ts';
import { isOpen } from './stop.ts';
import { baseOf } from './subject.ts';

const VARIATIONS = 3;

/** Does a turn again, from the same picture with another seed. */
export async function retry(
  tools: Tools,
  talk: Talk,
  named: Turn | undefined,
  call: Call,
): Promise<void> {
  const { replies } = talk.sentences;
  const turn = named ?? (await lastDone(tools, talk));
  if (!turn || isOpen(turn)) return say(tools, talk, replies.nothingToRetry, {}, call);
  const hasFailed = turn.best === undefined;
  if (!hasFailed && !isSeeded(tools, turn)) return say(tools, talk, replies.sameAgain, {}, call);
  await addAgain(tools, talk, turn, talk.key, call);
}

/** Does a turn several times more, each with a seed of its own. */
export async function variations(
  tools: Tools,
  talk: Talk,
  named: Turn | undefined,
  call: Call,
): Promise<void> {
  const { replies } = talk.sentences;
  const turn = named ?? (await lastDone(tools, talk));
  if (!turn || isOpen(turn)) return say(tools, talk, replies.nothingToRetry, {}, call);
  if (!isSeeded(tools, turn)) return say(tools, talk, replies.sameAgain, {}, call);
  for (let number = 1; number <= VARIATIONS; number += 1) {
    const isAdded = await addAgain(tools, talk, turn, `${talk.key}:${number}`, call);
    if (!isAdded) return;
  }
}

const isSeeded = ({ engines }: Tools, { engine }: Turn): boolean =>
  engines.find(engine)?.seeded ?? false;

/** The last turn that came to an end with more than a question. */
async function lastDone({ store }: Tools, { conversation }: Talk): Promise<Turn | undefined> {
  const turns = await store.turns(conversation.id, RECENT);
  return turns.findLast((turn) => !isOpen(turn) && turn.state !== 'asked');
}

const RECENT = 20;

async function addAgain(
  tools: Tools,
  talk: Talk,
  turn: Turn,
  messageKey: string,
  call: Call,
): Promise<boolean> {
  const { store, delivery, engines } = tools;
  const { locale } = talk.incoming.author;
  const { priority: _priority, ...context } = turn.context;
  const point = baseOf(turn);
  const added = await store.addTurn({
    conversationId: turn.conversationId,
    person: talk.person,
    messageKey,
    prompt: turn.prompt,
    base: point ? { kind: 'point', point } : { kind: 'head' },
    references: turn.references,
    ...(turn.mask && { mask: turn.mask }),
    ...(turn.answers !== undefined && { answers: turn.answers }),
    engine: engines.find(turn.engine) ? turn.engine : engines.defaultName,
    seed: randomSeed(),
    maxRounds: Math.min(turn.maxRounds, mostRoundsOf(tools, talk)),
    // It is told to who asks now, and waits as they do.
    context: {
      ...context,
      ...(locale !== undefined && { locale }),
      ...priorityOf(tools, talk.incoming),
    },
    limits: turnLimits(tools, talk),
  });
  if (added?.kind === 'limited') {
    await sayLimit(tools, talk, talk.sentences.replies.limits[added.limit], call);
    return false;
  }
  if (added?.turn) delivery.take(added.turn.id);
  return added !== undefined;
}
