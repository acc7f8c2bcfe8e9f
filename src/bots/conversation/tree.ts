import type { Call } from '../../pipeline/types.ts';
import type { HeadMove, HeadMoved } from '../../store/types.ts';
import type { Point, Turn } from '../../store/records.ts';
import type { StartingPoint } from '../meaning.ts';
import type { Talk, Tools } from './parts.ts';
import { say, sayWithHead, whisper } from './say.ts';
import { endTurn, isOpen, mayStop, openTurnToDrop } from './stop.ts';
import { headTurn } from './subject.ts';

/** Takes the last thing back: a request that is still open, else the last picture. */
export async function undo(tools: Tools, talk: Talk, times: number, call: Call): Promise<void> {
  const { replies } = talk.sentences;
  const open = times === 1 ? await openTurnToDrop(tools, talk) : undefined;
  if (open) {
    await endTurn(tools, open, {});
    return sayWithHead(tools, talk, replies.withdrawn, [], call);
  }
  const moved = await move(tools, talk, { kind: 'undo', times });
  return tell(tools, talk, moved, replies.undone, replies.nothingToUndo, ['redo'], call);
}

export async function redo(tools: Tools, talk: Talk, times: number, call: Call): Promise<void> {
  const { replies } = talk.sentences;
  const moved = await move(tools, talk, { kind: 'redo', times });
  return tell(tools, talk, moved, replies.redone, replies.nothingToRedo, ['undo'], call);
}

export async function backToOriginal(tools: Tools, talk: Talk, call: Call): Promise<void> {
  const { replies } = talk.sentences;
  const moved = await move(tools, talk, { kind: 'original' });
  return tell(tools, talk, moved, replies.original, replies.atOriginal, ['undo'], call);
}

/** Back to what a turn began from. */
export async function undoTurn(tools: Tools, talk: Talk, turn: Turn, call: Call): Promise<void> {
  if (isOpen(turn) || talk.conversation.head?.turnId === turn.id) return undo(tools, talk, 1, call);
  const { replies } = talk.sentences;
  const moved = await move(tools, talk, { kind: 'to', point: { turnId: turn.id, round: 0 } });
  // In a repeat the move was made before, and was an undo where that can be taken back.
  const button = moved?.conversation.canRedo ? 'redo' : 'undo';
  return tell(tools, talk, moved, replies.undone, replies.nothingToUndo, [button], call);
}

/**
 * Makes a round the picture to go on from. A turn that is still at work answers with it, and stops.
 * @param turn By default the one at work, else the one whose picture is shown.
 */
export async function useRound(
  tools: Tools,
  talk: Talk,
  round: number,
  named: Turn | undefined,
  call: Call,
): Promise<void> {
  const { replies } = talk.sentences;
  const turn = named ?? (await turnWithRounds(tools, talk));
  const rounds = turn?.rounds.map((record) => record.round) ?? [];
  if (!turn || (round > 0 && !rounds.includes(round))) {
    return say(tools, talk, replies.noSuchRound(round, rounds), {}, call);
  }
  if (isOpen(turn)) {
    if (!mayStop(talk, turn)) {
      return whisper(tools, talk, talk.conversation, replies.notYours, call);
    }
    return endTurn(tools, turn, { best: { round, reason: 'chosen' } });
  }
  const moved = await move(tools, talk, { kind: 'to', point: { turnId: turn.id, round } });
  const text = round === 0 ? replies.undone : replies.using(round);
  return tell(tools, talk, moved, text, text, ['undo'], call);
}

/** Goes where an edit is to begin from; undefined where there is no such picture. */
export async function goTo(
  tools: Tools,
  talk: Talk,
  from: StartingPoint,
): Promise<Point | undefined> {
  switch (from.kind) {
    case 'original':
      return pointOf(await move(tools, talk, { kind: 'original' }));
    case 'previous': {
      const open = await openTurnToDrop(tools, talk);
      if (open) await endTurn(tools, open, {});
      return open ? undefined : pointOf(await move(tools, talk, { kind: 'undo' }));
    }
    case 'round': {
      const turn = await turnWithRounds(tools, talk);
      const isThere = turn?.rounds.some(({ round }) => round === from.round);
      return turn && isThere ? { turnId: turn.id, round: from.round } : undefined;
    }
  }
  return from satisfies never;
}

const pointOf = (moved: HeadMoved | undefined): Point | undefined => {
  const head = moved?.conversation.head;
  return head && { turnId: head.turnId, round: head.round };
};

async function turnWithRounds(tools: Tools, { conversation }: Talk): Promise<Turn | undefined> {
  const open = await tools.store.openTurns({ conversationId: conversation.id });
  return open.findLast(({ rounds }) => rounds.length > 0) ?? headTurn(tools, conversation);
}

function move(
  { store }: Tools,
  { conversation, key }: Talk,
  headMove: HeadMove,
): Promise<HeadMoved | undefined> {
  return store.moveHead(conversation.id, headMove, { messageKey: key });
}

async function tell(
  tools: Tools,
  talk: Talk,
  moved: HeadMoved | undefined,
  done: string,
  notDone: string,
  buttons: readonly ('undo' | 'redo')[],
  call: Call,
): Promise<void> {
  if (!moved) return;
  const now = { ...talk, conversation: moved.conversation };
  if (!moved.conversation.head) {
    return say(tools, now, talk.sentences.replies.noPictureYet, {}, call);
  }
  if (!moved.moved) return sayWithHead(tools, now, notDone, [], call);
  return sayWithHead(tools, now, done, buttons, call);
}
