import type { Call } from '../../pipeline/types.ts';
import type { Conversation } from '../../store/records.ts';
import type { Button, NoteMessage, Picture } from '../messages.ts';
import { plain, plainLine } from '../plain-text.ts';
import type { Sentences } from '../sentences.ts';
import type { Action, ActionKind } from '../actions.ts';
import { destinationOf, spoilerOf, type Occasion, type Talk, type Tools } from './parts.ts';

interface Extras extends Partial<Pick<NoteMessage, 'pictures' | 'buttons'>> {
  /** What it is for, so that it is said once; by default the answer to what came in. */
  readonly slot?: string;
  /** So that it is taken away when the turn is forgotten. */
  readonly turnId?: string;
}

/** Says something in the thread, once however often it is tried. */
export async function say(
  { delivery, store }: Tools,
  talk: Talk,
  text: string,
  { slot = `answer:${talk.key}`, turnId, pictures = [], buttons = [] }: Extras,
  call: Call,
): Promise<void> {
  const { place, context } = destinationOf(talk, talk.conversation);
  const shown = turnId !== undefined && pictures.length > 0 && (await store.turn(turnId));
  await delivery.note(
    {
      conversationId: talk.conversation.id,
      slot,
      ...(turnId !== undefined && { turnId }),
      destination: { place, context: { ...context, ...(shown && spoilerOf(shown)) } },
      message: { kind: 'note', text: plain(text), pictures, buttons },
      isRepeat: talk.isRepeat,
    },
    call,
  );
}

/** Says something to one person alone where the platform can do that, else in the thread. */
export async function whisper(
  tools: Tools,
  occasion: Occasion,
  conversation: Conversation | undefined,
  text: string,
  call: Call,
): Promise<void> {
  const { adapter, incoming } = occasion;
  if (adapter.notify) {
    const destination = destinationOf(occasion, conversation);
    await adapter.notify(destination, incoming.author, plain(text), call);
  } else if (conversation) {
    await say(tools, { ...occasion, conversation }, text, {}, call);
  }
}

/** Says something with the picture that the conversation shows now. */
export function sayWithHead(
  tools: Tools,
  talk: Talk,
  text: string,
  buttons: readonly ActionKind[],
  call: Call,
): Promise<void> {
  const { sentences, conversation } = talk;
  const { head } = conversation;
  if (!head) return say(tools, talk, text, {}, call);
  const picture: Picture = {
    image: head.image,
    alt: plainLine(sentences.replies.altNow),
    size: 'small',
  };
  return say(
    tools,
    talk,
    text,
    {
      turnId: head.turnId,
      pictures: [picture],
      buttons: buttons.map((action) => button(sentences, { action, turnId: head.turnId })),
    },
    call,
  );
}

export function button(
  sentences: Sentences,
  action: Action,
  style: Button['style'] = 'plain',
): Button {
  return { ...action, label: plainLine(sentences.buttons[action.action]), style };
}
