import type { Call } from '../../pipeline/types.ts';
import type { Best } from '../../store/findings.ts';
import type { Turn } from '../../store/records.ts';
import type { Talk, Tools } from './parts.ts';
import { say, whisper } from './say.ts';

/** What a worker is told, and the log. */
const ASKED_TO = 'Somebody asked to stop it.';

export const isOpen = ({ endedAt }: Turn): boolean => endedAt === undefined;

/** People stop what they asked for themselves, admins what anybody did. */
export function mayStop({ person, isAdmin }: Talk, turn: Turn): boolean {
  return isAdmin || turn.person === person;
}

/** Stops a turn; what it has made so far is its answer. */
export async function stopTurn(tools: Tools, talk: Talk, turn: Turn, call: Call): Promise<void> {
  const { sentences, conversation } = talk;
  if (!isOpen(turn)) return;
  if (!mayStop(talk, turn)) {
    return whisper(tools, talk, conversation, sentences.replies.notYours, call);
  }
  const isInQueue = turn.state === 'queued' || turn.state === 'running';
  const outcome = isInQueue ? await tools.queue.cancel(turn.id, ASKED_TO) : 'not-found';
  // What the queue does not know ends here.
  if (outcome === 'not-found') await endTurn(tools, turn, {});
}

/** Stops all that a person has asked for here; an admin who has asked for nothing stops everything. */
export async function stopAll(tools: Tools, talk: Talk, call: Call): Promise<void> {
  const { sentences, conversation, person, isRepeat } = talk;
  const open = await tools.store.openTurns({ conversationId: conversation.id });
  const own = open.filter((turn) => turn.person === person);
  const [first, ...others] = own.length > 0 || !talk.isAdmin ? own : open;
  if (!first) {
    if (isRepeat) return;
    const text = open.length > 0 ? sentences.replies.notYours : sentences.replies.nothingToStop;
    return say(tools, talk, text, {}, call);
  }
  // The last first, so that none that waits begins meanwhile.
  for (const turn of [first, ...others].toReversed()) await stopTurn(tools, talk, turn, call);
}

/** The last open turn that the person may take back; in a repeat also the one that this took back before. */
export async function openTurnToDrop({ store }: Tools, talk: Talk): Promise<Turn | undefined> {
  const { conversation, person, isAdmin, isRepeat, incoming } = talk;
  if (isRepeat) {
    const dropped = (await store.turns(conversation.id, RECENT)).findLast(
      ({ state, best, endedAt = 0 }) =>
        state === 'stopped' && best === undefined && endedAt >= incoming.sentAt,
    );
    if (dropped) return dropped;
  }
  const open = await store.openTurns({ conversationId: conversation.id });
  return open.findLast((turn) => turn.person === person) ?? (isAdmin ? open.at(-1) : undefined);
}

const RECENT = 20;

/**
 * Ends a turn right now, with the picture that was chosen or without any, and whatever its worker
 * may still come to.
 */
export async function endTurn(
  { store, queue, delivery }: Tools,
  { id }: Pick<Turn, 'id'>,
  { best }: { readonly best?: Best },
): Promise<void> {
  const ended = await store.endTurn(id, { state: 'stopped', ...(best && { best }) });
  await queue.cancel(id, ASKED_TO);
  delivery.take(id);
  if (ended?.released) delivery.take(ended.released.id);
}
