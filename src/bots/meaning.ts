import { namesReferences } from './meaning/attachments.ts';
import { isAnswer, isGreeting, isReaction } from './meaning/chatter.ts';
import type { WordCommand } from './meaning/commands.ts';
import { callsBot } from './meaning/courtesy.ts';
import { evidenceIn } from './meaning/evidence.ts';
import { isFiller } from './meaning/filler.ts';
import { orderIn, type Order } from './meaning/order.ts';
import { sentenceOf, type Sentence } from './meaning/sentence.ts';
import { departureIn, type StartingPoint } from './meaning/starting-point.ts';
import { isTalk } from './meaning/talk.ts';
import { plain, type PlainText } from './plain-text.ts';

export type { StartingPoint, WordCommand };

/** What somebody's words ask of the bot. */
export type Meaning =
  | Wish
  | { readonly kind: 'command'; readonly command: WordCommand }
  /** Praise, thanks, talk among people, a reaction in words: nothing to do. */
  | { readonly kind: 'chatter' }
  /** It may be an edit that is wanted. */
  | { readonly kind: 'unsure' };

/** Something to be edited. */
export interface Wish {
  readonly kind: 'request';
  /** What the engine gets, as it was written, without what was read off it here. Empty where a picture came without a wish. */
  readonly text: PlainText;
  readonly from?: StartingPoint;
  /** The pictures that came along are to be gone by; what is edited is the conversation's. */
  readonly attachmentsAre?: 'references';
}

/** What is known of a message besides its words. */
export interface Situation {
  /** The bot is meant for certain: a mention, a direct message, a command, a reply to one of its messages. */
  readonly isAddressed: boolean;
  /**
   * The last request of this conversation is this person's own, or one of theirs has not ended: short
   * fragments are then likely meant for the bot.
   */
  readonly isRequester: boolean;
  /** The bot has asked this person something that is still open: what they say now is likely the answer. */
  readonly isAsked: boolean;
  /** Pictures come with the message. */
  readonly hasPicture: boolean;
  /** There is a picture in the conversation already. */
  readonly hasHead: boolean;
  /** Somebody else is mentioned, or it replies to somebody else's message. */
  readonly isToSomebodyElse: boolean;
}

/** What somebody's words ask of the bot: English, as it is written in chats. Pure; never throws. */
export function meaningOf(text: PlainText, situation: Situation): Meaning {
  const sentence = sentenceOf(text);
  const isAddressed = situation.isAddressed || callsBot(sentence.line);
  const order = orderIn(sentence);
  if (order && counts(order, isAddressed, situation)) {
    return { kind: 'command', command: order.command };
  }
  if (situation.isAddressed) return addressed(sentence, situation);
  if (situation.isToSomebodyElse) return CHATTER;
  if (isAddressed) return addressed(sentence, situation);
  return overheard(sentence, order, situation);
}

const CHATTER: Meaning = { kind: 'chatter' };
const UNSURE: Meaning = { kind: 'unsure' };
const HELP: Meaning = { kind: 'command', command: { name: 'help' } };

/** Whether a command is one for the bot, and not a word among people or the answer to a question. */
function counts({ command, saidBy }: Order, isAddressed: boolean, situation: Situation): boolean {
  const { isRequester, isAsked, isToSomebodyElse } = situation;
  if (isAsked && command.name === 'use' && saidBy !== 'anyone') return false;
  if (isAddressed) return true;
  if (isToSomebodyElse) return saidBy === 'anyone' && isRequester;
  return saidBy === 'anyone' || (saidBy === 'requester' && (isRequester || isAsked));
}

function addressed(sentence: Sentence, situation: Situation): Meaning {
  const { line, text } = sentence;
  const departure = departureIn(sentence);
  if (departure) return requestOf(departure.text, departure.line, situation, departure.from);
  if (isWordless(sentence, situation)) return situation.hasPicture ? NO_WISH : withoutWords(text);
  if (isGreeting(line)) return situation.hasPicture ? NO_WISH : HELP;
  if (isReaction(line) && !(situation.isAsked && isAnswer(line))) return CHATTER;
  return requestOf(text, line, situation);
}

function overheard(sentence: Sentence, order: Order | undefined, situation: Situation): Meaning {
  const { line, text } = sentence;
  const { isRequester, isAsked, hasPicture } = situation;
  const isInTalk = isRequester || isAsked;
  if (isWordless(sentence, situation)) {
    if (!hasPicture || !isInTalk) return CHATTER;
    return isAsked ? NO_WISH : UNSURE;
  }
  if (line.startsWith('@') || (order && !isAsked)) return CHATTER;
  if (isAsked && (order || isAnswer(line))) return requestOf(text, line, situation);
  if (isReaction(line) || isGreeting(line)) return CHATTER;
  const departure = departureIn(sentence);
  const evidence = evidenceIn(departure?.line ?? line);
  const isWish =
    evidence === 'clear' ||
    (isInTalk && (departure !== undefined || evidence === 'likely' || evidence === 'fragment'));
  if (isWish) {
    return requestOf(departure?.text ?? text, departure?.line ?? line, situation, departure?.from);
  }
  if (evidence === 'likely' || departure) return UNSURE;
  if (isAsked && !isTalk(line)) return requestOf(text, line, situation);
  return isRequester && (evidence === 'hint' || FOREIGN_LETTER.test(text)) ? UNSURE : CHATTER;
}

/** English has none; what such words ask for can't be known here. */
const FOREIGN_LETTER = /(?![a-z])\p{L}/iu;

/** A picture that was given to the bot with no word about what to do with it. */
const NO_WISH: Meaning = { kind: 'request', text: plain('') };

/** Nothing but emoji and marks, or words that only accompany a picture. */
function isWordless({ line, text }: Sentence, { hasPicture }: Situation): boolean {
  return /^[?, ]*$/.test(line) || (hasPicture && isFiller(text));
}

/** A mention alone, or with a question mark, asks what the bot is for; an emoji is a reaction. */
function withoutWords(text: PlainText): Meaning {
  return text.trim() === '' || text.includes('?') ? HELP : CHATTER;
}

function requestOf(
  text: PlainText,
  line: string,
  { hasPicture, hasHead }: Situation,
  from?: StartingPoint,
): Wish {
  return {
    kind: 'request',
    text: plain(text.trim()),
    ...(from && { from }),
    ...(hasPicture && hasHead && namesReferences(line) && { attachmentsAre: 'references' }),
  };
}
