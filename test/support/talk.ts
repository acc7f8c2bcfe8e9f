import type { Chat } from './chat.ts';

/** One thing that somebody does in the chat. */
export type Step = (chat: Chat) => Promise<unknown>;

const mention = { mentionsBot: true };

/**
 * A conversation of twenty messages with a bot on the darkroom: edits, follow-ups, undo, a branch, two people,
 * chatter, questions and pictures that are none.
 */
export const TALK: readonly Step[] = [
  (chat) => chat.says('ann', 'can you make it warmer?', mention),
  (chat) => chat.says('ann', 'here you go', { files: ['broken.jpg'] }),
  (chat) => chat.says('ann', 'oops, this one', { files: ['lake.jpg'] }),
  (chat) => chat.says('bob', 'nice!'),
  (chat) => chat.says('ann', 'a bit less'),
  (chat) => chat.says('ann', 'what did you change?'),
  (chat) => chat.says('bob', 'the sky could be darker'),
  (chat) => chat.presses('bob', chat.last('note'), 'edit'),
  (chat) => chat.says('ann', 'undo'),
  (chat) => chat.says('ann', 'now crop it to a square'),
  (chat) => chat.says('bob', 'where was that?'),
  (chat) => chat.says('ann', 'compare'),
  (chat) => chat.says('ann', 'go back to the original and make it black and white'),
  (chat) => chat.says('ann', 'add the hat of a captain'),
  (chat) => chat.says('ann', 'ok, then write "Lake" at the bottom'),
  (chat) => chat.says('bob', 'make it blue', { mentionsOthers: true }),
  (chat) => chat.presses('bob', chat.last('final'), 'undo'),
  (chat) => chat.says('ann', 'redo'),
  (chat) => chat.says('ann', 'history'),
  (chat) => chat.says('ann', 'stop'),
];
