import { randomInt } from 'node:crypto';

import { toAppError, type AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { ImageReference } from '../../store/image-reference.ts';
import type { Conversation, NewTurn, Turn } from '../../store/records.ts';
import type { StartingPoint } from '../meaning.ts';
import { isFiller } from '../meaning/filler.ts';
import type { PlainText } from '../plain-text.ts';
import type { IncomingMessage } from '../types.ts';
import {
  contextOf,
  destinationOf,
  priorityOf,
  spoilerOf,
  type Occasion,
  type Talk,
  type Tools,
} from './parts.ts';
import { reasonOf } from '../reason.ts';
import { takePictures, type TakenPictures } from './pictures.ts';
import { say, whisper } from './say.ts';
import { baseOf, imageOf, subjectOf, type Subject } from './subject.ts';
import { conversationFor } from './thread.ts';
import { goTo } from './tree.ts';

/** An edit that is wanted, as far as the words say. */
export interface Wish {
  readonly text: PlainText;
  readonly from?: StartingPoint;
  readonly attachmentsAre?: 'references';
  /** The turn whose question this answers. */
  readonly answers?: Turn;
}

/** Makes a turn of a message, or says why not. */
export async function takeRequest(
  tools: Tools,
  occasion: Occasion<IncomingMessage>,
  known: Conversation | undefined,
  wish: Wish,
  call: Call,
): Promise<void> {
  const { engines, limits, delivery } = tools;
  const { incoming, sentences, adapter } = occasion;
  const engineName = incoming.options?.engine ?? engines.defaultName;
  const engine = engines.find(engineName);
  if (!engine) return whisper(tools, occasion, known, sentences.failures.ENGINE_UNKNOWN, call);
  if (wish.text.length > limits.maxPromptCharacters) {
    return whisper(tools, occasion, known, sentences.failures.REQUEST_TOO_LONG, call);
  }

  const conversation = known ?? (await conversationFor(tools, occasion, call));
  const talk = { ...occasion, conversation };
  // That the bot is at work is nice to see, and no more.
  await adapter.showTyping?.(destinationOf(talk, conversation), call).catch(() => {});
  const found = await find(tools, talk, wish, call);
  if (found.count > engine.maxImages) {
    return say(tools, talk, sentences.replies.tooManyPictures(engine.maxImages), {}, call);
  }
  const { prompt, asks } = wordsOf(wish, found, talk);
  const { options } = incoming;
  const mostRounds = mostRoundsOf(tools, talk);
  const added = await tools.store.addTurn({
    conversationId: conversation.id,
    person: talk.person,
    messageKey: talk.key,
    prompt,
    base: found.base,
    references: found.references,
    ...(found.mask && { mask: found.mask }),
    ...(wish.answers && { answers: wish.answers.id }),
    ...(asks !== undefined && { asks }),
    engine: engineName,
    seed: options?.seed ?? randomSeed(),
    maxRounds: Math.min(mostRounds, Math.max(1, options?.rounds ?? mostRounds)),
    context: { ...contextOf(incoming), ...priorityOf(tools, incoming), ...found.context },
    limits: turnLimits(tools, talk),
  });
  switch (added?.kind) {
    case undefined:
      return;
    case 'limited':
      return sayLimit(tools, talk, sentences.replies.limits[added.limit], call);
    case 'added':
    case 'duplicate':
      if (added.turn) delivery.take(added.turn.id);
  }
  if (found.notes.length > 0) {
    const slot = `notes:${talk.key}`;
    await say(tools, talk, found.notes.join(' '), { slot }, call);
  }
}

/** How many rounds a turn may take: what the operator says, or less where the workspace says so. */
export function mostRoundsOf({ limits }: Tools, { settings }: Pick<Talk, 'settings'>): number {
  return Math.min(limits.maxRounds, settings.maxRounds ?? limits.maxRounds);
}

/** The operator's limits, and those of the workspace besides. */
export function turnLimits({ limits }: Tools, { settings }: Pick<Talk, 'settings'>) {
  const { dailyPerPerson: dailyInWorkspace } = settings;
  return { ...limits.turns, ...(dailyInWorkspace !== undefined && { dailyInWorkspace }) };
}

/** Any integer of 31 bits. */
export const randomSeed = (): number => randomInt(2 ** 31);

/** Told once a minute: who asks fifty times need not be told fifty times. */
export function sayLimit(tools: Tools, talk: Talk, text: string, call: Call): Promise<void> {
  const minute = Math.floor(tools.clock.now() / 60_000);
  return say(tools, talk, text, { slot: `limit:${talk.person}:${minute}` }, call);
}

/** The pictures of a request. */
interface Found {
  readonly base: NewTurn['base'];
  readonly references: NonNullable<NewTurn['references']>;
  readonly mask?: ImageReference;
  /** Pictures that the request brings, the one to edit included. */
  readonly count: number;
  /** What is to be remembered of how they came. */
  readonly context: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  /** Why the picture that came can't be used. */
  readonly error?: AppError;
}

async function find(
  tools: Tools,
  talk: Talk<IncomingMessage>,
  wish: Wish,
  call: Call,
): Promise<Found> {
  const subject = await subjectOf(tools, talk.incoming);
  const earlier = await earlierPicture(tools, talk, wish, subject);
  // What comes of hidden pictures is hidden as well.
  const hidden = await turnOf(tools, talk, earlier, subject);
  const inherited = hidden ? spoilerOf(hidden) : {};
  // The mask that came before the bot had to ask back still holds.
  const asked = wish.answers?.mask && { mask: wish.answers.mask };
  if (subject.kind !== 'attachments') {
    return { ...NOTHING, base: earlier, ...asked, context: inherited };
  }
  let taken: TakenPictures;
  try {
    const hasEarlier = earlier.kind !== 'none';
    taken = await takePictures(tools, talk, subject.attachments, hasEarlier, call);
  } catch (thrown) {
    call.signal.throwIfAborted();
    const error = toAppError(thrown);
    if (error.code === 'STORE_UNAVAILABLE' || error.code === 'STORAGE_FULL') throw error;
    return { ...NOTHING, error };
  }
  const { images, format, isSpoiler, notes } = taken;
  const [first, ...others] = images;
  const context = { ...(isSpoiler && { spoiler: 'true' }) };
  const mask = taken.mask ? { mask: taken.mask } : asked;
  if (!first || (wish.attachmentsAre === 'references' && earlier.kind !== 'none')) {
    return {
      base: earlier,
      references: images,
      ...mask,
      count: images.length + 1,
      context: { ...inherited, ...context },
      notes,
    };
  }
  return {
    base: { kind: 'image', image: first },
    references: others,
    ...mask,
    count: images.length,
    context: { ...context, ...(format && format !== first.format && { format }) },
    notes,
  };
}

const NOTHING: Found = { base: { kind: 'none' }, references: [], count: 1, context: {}, notes: [] };

/** The picture to edit where the message brings none. */
async function earlierPicture(
  tools: Tools,
  talk: Talk<IncomingMessage>,
  { from, answers }: Wish,
  subject: Subject,
): Promise<NewTurn['base']> {
  const { conversation } = talk;
  const point = (from && (await goTo(tools, talk, from))) ?? (answers && baseOf(answers));
  if (point) return { kind: 'point', point };
  if (subject.kind === 'point') {
    const image = imageOf(subject.turn, subject.point.round);
    if (subject.turn.conversationId === conversation.id) {
      return { kind: 'point', point: subject.point };
    }
    if (image) return { kind: 'image', image };
  }
  return { kind: conversation.head ? 'head' : 'none' };
}

/** The turn that a picture which was there before is of, as far as that is known. */
async function turnOf(
  { store }: Tools,
  { conversation }: Talk,
  picture: NewTurn['base'],
  subject: Subject,
): Promise<Turn | undefined> {
  if (picture.kind === 'image') return subject.kind === 'point' ? subject.turn : undefined;
  const shown = picture.kind === 'point' ? picture.point : conversation.head;
  return shown && store.turn(shown.turnId);
}

/** What is asked for, and what has to be asked back first. */
function wordsOf(
  { text, answers }: Wish,
  { base, error }: Found,
  { sentences }: Talk,
): { readonly prompt: string; readonly asks?: string } {
  const prompt = promptOf(text, answers);
  if (error) return { prompt, asks: reasonOf(error, sentences) };
  if (base.kind === 'none') return { prompt, asks: sentences.replies.whichPicture };
  if (prompt === '') return { prompt, asks: sentences.replies.whatToDo };
  return { prompt };
}

/** Where the bot had asked for a picture alone, the words that came before it still hold. */
function promptOf(text: PlainText, answers: Turn | undefined): string {
  const words = isFiller(text) ? '' : text.trim();
  if (!answers || answers.base) return words;
  return [answers.prompt, words].filter((part) => part !== '').join('\n');
}
