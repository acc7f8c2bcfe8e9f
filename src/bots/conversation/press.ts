import type { Call } from '../../pipeline/types.ts';
import type { Turn } from '../../store/records.ts';
import { opinionOf, type ActionKind } from '../actions.ts';
import type { IncomingAction, IncomingReaction } from '../types.ts';
import { barTo, type Bar } from '../workspace-settings.ts';
import { retry, variations } from './again.ts';
import { forgetPerson } from './forget.ts';
import { readIncoming } from './incoming.ts';
import type { Occasion, Talk, Tools } from './parts.ts';
import { takeRequest } from './request.ts';
import { whisper } from './say.ts';
import { sayBarred } from './settings.ts';
import { stopTurn } from './stop.ts';
import { turnOfOurs } from './subject.ts';
import { compare } from './tell.ts';
import { redo, undoTurn, useRound } from './tree.ts';

/** What is done to a turn. */
type TurnAction = Exclude<ActionKind, 'edit' | 'forget-me'>;

/** Does what a button was pressed for. */
export async function hearPress(
  tools: Tools,
  occasion: Occasion<IncomingAction>,
  call: Call,
): Promise<void> {
  const { action, turnId, round } = occasion.incoming.action;
  if (action === 'forget-me') return forgetPerson(tools, occasion, call);
  if (action === 'edit') return takeMessage(tools, occasion, turnId, call);
  const turn = await tools.store.turn(turnId);
  if (!turn)
    return whisper(tools, occasion, undefined, occasion.sentences.failures.MESSAGE_GONE, call);
  const bar = barOf(occasion, turn, action);
  if (bar) return sayBarred(tools, occasion, bar, call);
  return act(tools, occasion, turn, action, round, call);
}

/** What keeps somebody from what makes another picture or makes it the one that is edited next. */
function barOf(occasion: Occasion, turn: Turn, action: TurnAction): Bar | undefined {
  if (!CHANGES.has(action)) return undefined;
  const { place, author } = occasion.incoming;
  const isDirect = turn.context['direct'] === 'true';
  return barTo(occasion.settings, { place, author, isAdmin: occasion.isAdmin, isDirect });
}

const CHANGES: ReadonlySet<ActionKind> = new Set(['undo', 'redo', 'retry', 'variations', 'use']);

/** What reactions mean; all others mean nothing. */
const REACTIONS: Readonly<Record<string, TurnAction>> = {
  '👍': 'thumbs-up',
  '❤️': 'thumbs-up',
  '👎': 'thumbs-down',
  '🛑': 'stop',
  '⏹️': 'stop',
  '↩️': 'undo',
  '⏪': 'undo',
  '🔁': 'retry',
  '🔄': 'retry',
};

/** Does what a reaction to one of our messages stands for. */
export async function hearReaction(
  tools: Tools,
  occasion: Occasion<IncomingReaction>,
  call: Call,
): Promise<void> {
  const { incoming, person } = occasion;
  const action = REACTIONS[incoming.emoji];
  if (action === undefined) return;
  const ours = await turnOfOurs(tools, incoming, incoming.messageId);
  if (!ours) return;
  if (incoming.isAdded) {
    // Nobody expects an answer to a reaction.
    if (barOf(occasion, ours.turn, action)) return;
    return act(tools, occasion, ours.turn, action, undefined, call);
  }
  if (opinionOf(action)) await tools.store.setOpinion(ours.turn.id, person, undefined);
}

async function act(
  tools: Tools,
  occasion: Occasion,
  turn: Turn,
  action: TurnAction,
  round: number | undefined,
  call: Call,
): Promise<void> {
  const { store } = tools;
  const { person, sentences, isRepeat } = occasion;
  const conversation = await store.conversation(turn.conversationId);
  if (!conversation) return;
  const talk: Talk = { ...occasion, conversation };
  if (!isRepeat) {
    await store.audit({ person, action, conversationId: conversation.id, turnId: turn.id });
  }
  switch (action) {
    case 'stop':
      return stopTurn(tools, talk, turn, call);
    case 'undo':
      return undoTurn(tools, talk, turn, call);
    case 'redo':
      return redo(tools, talk, 1, call);
    case 'retry':
      return retry(tools, talk, turn, call);
    case 'variations':
      return variations(tools, talk, turn, call);
    case 'compare':
      return compare(tools, talk, turn, call);
    case 'use':
      return useRound(tools, talk, round ?? turn.best?.round ?? 0, turn, call);
    case 'thumbs-up':
    case 'thumbs-down':
      await store.setOpinion(turn.id, person, opinionOf(action));
      // Only where nobody else has to read it.
      return (
        talk.adapter.notify && whisper(tools, talk, conversation, sentences.replies.thanks, call)
      );
  }
  return action satisfies never;
}

/** Takes a message as a request that the bot had not been sure of. Whoever presses asks for it, once. */
async function takeMessage(
  tools: Tools,
  occasion: Occasion<IncomingAction>,
  messageKey: string,
  call: Call,
): Promise<void> {
  const kept = await tools.store.inboxMessage(messageKey);
  const message = kept && readIncoming(kept.payload);
  if (message?.type !== 'message') {
    return whisper(tools, occasion, undefined, occasion.sentences.failures.MESSAGE_GONE, call);
  }
  const { place, text } = message;
  const { author } = occasion.incoming;
  const { isAdmin, settings } = occasion;
  const bar = barTo(settings, { place, author, isAdmin, isDirect: message.isDirect });
  if (bar) return sayBarred(tools, occasion, bar, call);
  const conversation = await tools.store.findConversation(place);
  const asked = { ...occasion, incoming: message, key: `${messageKey}:edit` };
  return takeRequest(tools, asked, conversation, { text }, call);
}
