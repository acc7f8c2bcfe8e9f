import type { Call } from '../../pipeline/types.ts';
import type { Conversation, Turn } from '../../store/records.ts';
import { meaningOf, type Meaning, type Situation, type WordCommand } from '../meaning.ts';
import type { IncomingMessage } from '../types.ts';
import { barTo } from '../workspace-settings.ts';
import { explain, compare, history } from './tell.ts';
import { retry, variations } from './again.ts';
import type { Occasion, Talk, Tools } from './parts.ts';
import { takeRequest, type Wish } from './request.ts';
import { button, say } from './say.ts';
import { sayBarred } from './settings.ts';
import { endTurn, isOpen, stopAll } from './stop.ts';
import { turnOfOurs } from './subject.ts';
import { conversationFor } from './thread.ts';
import { backToOriginal, redo, undo, useRound } from './tree.ts';

/** Whether the message is still needed once it has been dealt with. */
export type Dealt = 'done' | 'keep';

/** Does what a message asks for. */
export async function hearMessage(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  call: Call,
): Promise<Dealt> {
  switch (occasion.incoming.kind) {
    case 'new':
      return hearWords(tools, occasion, call);
    case 'edited':
      return hearEdit(tools, occasion, call);
    case 'deleted':
      return hearDeletion(tools, occasion);
  }
  return occasion.incoming.kind satisfies never;
}

/** What is known of the thread when somebody speaks there. */
interface Scene {
  readonly conversation: Conversation | undefined;
  readonly situation: Situation;
  /** The turn whose open question this may answer. */
  readonly asked: Turn | undefined;
  /** The turn of ours that the message replies to. */
  readonly replied: Turn | undefined;
}

async function hearWords(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  call: Call,
): Promise<Dealt> {
  const { incoming } = occasion;
  const scene = await sceneOf(tools, occasion);
  if (!scene) return 'done';
  const meaning = meaningIn(incoming, scene);
  const { settings, isAdmin } = occasion;
  const { place, author, isDirect } = incoming;
  const bar = isBarred(meaning) && barTo(settings, { place, author, isAdmin, isDirect });
  if (bar) {
    if (scene.situation.isAddressed) await sayBarred(tools, occasion, bar, call);
    return 'done';
  }
  switch (meaning.kind) {
    case 'chatter':
      return 'done';
    case 'unsure':
      return askIfMeant(tools, occasion, scene, call);
    case 'command':
      await obey(tools, occasion, scene, meaning.command, call);
      return 'done';
    case 'request': {
      const wish = { ...meaning, ...(scene.asked && { answers: scene.asked }) };
      await takeWish(tools, occasion, scene, wish, call);
      return 'done';
    }
  }
  return meaning satisfies never;
}

function meaningIn({ isCommand, text }: IncomingMessage, { situation }: Scene): Meaning {
  return isCommand ? { kind: 'request', text } : meaningOf(text, situation);
}

/** All but what anybody may always do: have what is theirs stopped and forgotten. */
function isBarred(meaning: Meaning): boolean {
  if (meaning.kind !== 'command') return meaning.kind !== 'chatter';
  return meaning.command.name !== 'stop' && meaning.command.name !== 'forget-me';
}

/** Undefined where the message is none of the bot's business. */
async function sceneOf(
  tools: Tools,
  { incoming, person, settings }: Occasion<IncomingMessage>,
): Promise<Scene | undefined> {
  const { store } = tools;
  const { place, repliedTo, target, attachments } = incoming;
  const conversation = await store.findConversation(place);
  const ours = repliedTo?.isOurs && (await turnOfOurs(tools, incoming, repliedTo.messageId));
  const replied = ours ? ours.turn : undefined;
  const isAddressed =
    incoming.mentionsBot ||
    incoming.isDirect ||
    incoming.isCommand ||
    target !== undefined ||
    repliedTo?.isOurs === true;
  if (!conversation && !isAddressed) return undefined;
  const recent = conversation ? await store.turns(conversation.id, RECENT) : [];
  const asked = replied?.state === 'asked' ? replied : openQuestion(recent, person);
  if (!isAddressed && !asked && !settings.followUps) return undefined;
  return {
    conversation,
    asked,
    replied,
    situation: {
      isAddressed,
      isRequester: isInTalk(recent, person),
      isAsked: asked !== undefined,
      hasPicture: attachments.length > 0,
      hasHead: conversation?.head !== undefined,
      isToSomebodyElse: !isAddressed && (incoming.mentionsOthers || repliedTo?.isOurs === false),
    },
  };
}

const RECENT = 10;

/** Whether the last request is a person's own, or one of theirs has not ended. */
function isInTalk(recent: readonly Turn[], person: string): boolean {
  return (
    recent.at(-1)?.person === person ||
    recent.some((turn) => turn.person === person && isOpen(turn))
  );
}

/** A question that a person was asked last, and that nothing has answered yet. */
function openQuestion(recent: readonly Turn[], person: string): Turn | undefined {
  const last = recent.findLast((turn) => turn.person === person);
  return last?.state === 'asked' ? last : undefined;
}

async function takeWish(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  { conversation }: Scene,
  wish: Wish,
  call: Call,
): Promise<void> {
  const { text, attachments, repliedTo, target } = occasion.incoming;
  const isBare =
    text.trim() === '' &&
    wish.answers === undefined &&
    [attachments, repliedTo?.attachments ?? [], target?.attachments ?? []].every(
      ({ length }) => length === 0,
    );
  if (isBare) return sayHelp(tools, occasion, conversation, call);
  return takeRequest(tools, occasion, conversation, wish, call);
}

/** A button says that it was meant for us; nothing is done before it is pressed. */
async function askIfMeant(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  { conversation }: Scene,
  call: Call,
): Promise<Dealt> {
  if (!conversation) return 'done';
  const { sentences, key } = occasion;
  const action = button(sentences, { action: 'edit', turnId: key }, 'primary');
  const talk = { ...occasion, conversation };
  await say(tools, talk, sentences.replies.shallI, { buttons: [action] }, call);
  return 'keep';
}

async function obey(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  { conversation, replied }: Scene,
  command: WordCommand,
  call: Call,
): Promise<void> {
  const { replies } = occasion.sentences;
  const talk = {
    ...occasion,
    conversation: conversation ?? (await conversationFor(tools, occasion, call)),
  };
  await audit(tools, talk, command.name);
  switch (command.name) {
    case 'help':
      return say(tools, talk, replies.help, {}, call);
    case 'stop':
      return stopAll(tools, talk, call);
    case 'undo':
      return undo(tools, talk, command.times, call);
    case 'redo':
      return redo(tools, talk, command.times, call);
    case 'original':
      return backToOriginal(tools, talk, call);
    case 'use':
      return useRound(tools, talk, command.round, replied, call);
    case 'retry':
      return retry(tools, talk, replied, call);
    case 'variations':
      return variations(tools, talk, replied, call);
    case 'compare':
      return compare(tools, talk, replied, call);
    case 'explain':
      return explain(tools, talk, call);
    case 'history':
      return history(tools, talk, call);
    case 'forget-me': {
      const action = button(
        occasion.sentences,
        { action: 'forget-me', turnId: talk.key },
        'danger',
      );
      return say(tools, talk, replies.forgetMe, { buttons: [action] }, call);
    }
  }
  return command satisfies never;
}

/** Who did what, for the operator; a repeat was written down before. */
async function audit({ store }: Tools, talk: Talk, action: string): Promise<void> {
  if (talk.isRepeat) return;
  await store.audit({ person: talk.person, action, conversationId: talk.conversation.id });
}

async function sayHelp(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  known: Conversation | undefined,
  call: Call,
): Promise<void> {
  const conversation = known ?? (await conversationFor(tools, occasion, call));
  return say(tools, { ...occasion, conversation }, occasion.sentences.replies.help, {}, call);
}

/** An edit of a message that became no turn is as good as a new one. */
async function hearEdit(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  call: Call,
): Promise<Dealt> {
  const { incoming, sentences } = occasion;
  const turn = await tools.store.turnOfMessage(incoming.key);
  if (!turn) return hearWords(tools, occasion, call);
  const scene = await sceneOf(tools, occasion);
  const meaning = scene && meaningIn(incoming, scene);
  // Platforms tell of an edit also when they have only looked up a link.
  if (meaning?.kind === 'request' && meaning.text.trim() === turn.prompt) return 'done';
  if (isOpen(turn)) {
    await endTurn(tools, turn, {});
    return hearWords(tools, occasion, call);
  }
  const conversation = await tools.store.conversation(turn.conversationId);
  if (!conversation) return 'done';
  const action = button(sentences, { action: 'edit', turnId: occasion.key }, 'primary');
  const talk = { ...occasion, conversation };
  await say(tools, talk, sentences.replies.changedRequest, { buttons: [action] }, call);
  return 'keep';
}

/** Who deletes a request takes it back. */
async function hearDeletion(tools: Tools, { incoming }: Occasion<IncomingMessage>): Promise<Dealt> {
  const turn = await tools.store.turnOfMessage(incoming.key);
  if (turn && isOpen(turn)) await endTurn(tools, turn, {});
  return 'done';
}
