import type { ChatMessage, Foldable, Picture } from '../../messages.ts';
import { clip, plain, type PlainText } from '../../plain-text.ts';
import { quiet } from '../mrkdwn.ts';
import type { Words } from '../words.ts';
import { partsOf } from './parts-of.ts';
import {
  actions,
  boldWords,
  fileLink,
  LIMITS,
  picture,
  quoted,
  smallWords,
  title,
  words,
  type Block,
} from './blocks.ts';

/** A picture that is at Slack already. */
export interface UploadedPicture {
  readonly fileId: string;
  /** The whole picture, where what is shown is not that. */
  readonly original?: {
    readonly fileId: string;
    readonly name: string;
    readonly permalink: string;
  };
  readonly note?: PlainText;
}

/** All files that a picture of a message stands for. */
export const filesOf = ({ fileId, original }: UploadedPicture): string[] =>
  original ? [fileId, original.fileId] : [fileId];

export interface PaintedMessage {
  readonly blocks: readonly Block[];
  /** For notifications, and all that there is where blocks are not taken. */
  readonly text: string;
}

/** Slack takes 4,000 characters as they are written, of which links may need some. */
const MAX_TEXT = 3_400;

/**
 * A message in Slack's notation, within its limits.
 * @param pictures In the order of `picturesOf`.
 */
export function paintMessage(
  message: ChatMessage,
  pictures: readonly UploadedPicture[],
  captions: Words,
): PaintedMessage {
  const content = contentOf(message, pictures, captions);
  const links = pictures.flatMap(({ original, note }, index) => [
    ...(note === undefined ? [] : smallWords(note, `note.${index}`)),
    ...(original ? [fileLink(plain(original.name), original.permalink, `original.${index}`)] : []),
  ]);
  const buttons = actions(message.buttons.slice(0, LIMITS.buttons));
  const room = LIMITS.blocks - links.length - buttons.length;
  return {
    blocks: [...content.slice(0, room), ...links, ...buttons],
    text: quiet(startOf(summaryOf(message))),
  };
}

function startOf(text: PlainText): PlainText {
  const [start = text] = partsOf(text, MAX_TEXT, (piece) => quiet(piece).length + 1);
  return start;
}

function contentOf(
  message: ChatMessage,
  pictures: readonly UploadedPicture[],
  captions: Words,
): Block[] {
  const shown = (of: Picture, index: number, caption?: string): Block[] => {
    const uploaded = pictures[index];
    if (!uploaded) return [];
    const file = {
      fileId: uploaded.fileId,
      alt: clip(of.alt, LIMITS.alt),
      ...(caption !== undefined && { title: caption }),
    };
    return [picture(file, `picture.${index}`)];
  };
  switch (message.kind) {
    case 'status':
      return [
        ...boldWords(message.line, 'line'),
        ...progressOf(message.progress),
        ...smallWords(message.request, 'request'),
        ...thoughts(message.thinking, 'thinking'),
        ...(message.plan === undefined ? [] : words(message.plan, 'plan')),
        ...(message.problem === undefined ? [] : words(message.problem, 'problem')),
        ...(message.preview ? shown(message.preview, 0) : []),
      ];
    case 'round': {
      const { verdict } = message;
      return [
        ...title(message.title, 'title'),
        ...words(message.instruction, 'instruction'),
        ...shown(message.picture, 0),
        ...thoughts(message.critique, 'critique'),
        ...(verdict
          ? [...boldWords(verdict.line, 'verdict'), ...smallWords(verdict.details, 'details')]
          : []),
      ];
    }
    case 'final':
      return [
        ...boldWords(message.line, 'line'),
        ...(message.before ? shown(message.before, 0, captions.before) : []),
        ...(message.before ? shown(message.picture, 1, captions.after) : shown(message.picture, 0)),
      ];
    case 'note':
      return [
        ...words(message.text, 'text'),
        ...message.pictures.flatMap((of, index) => shown(of, index)),
      ];
  }
  return message satisfies never;
}

const thoughts = (foldable: Foldable | undefined, id: string): Block[] =>
  foldable ? quoted(foldable.text, foldable.folded, id) : [];

const BAR = 20;

function progressOf(
  progress: { readonly done: number; readonly total: number } | undefined,
): Block[] {
  if (!progress || progress.total <= 0) return [];
  const done = Math.round((BAR * Math.min(progress.done, progress.total)) / progress.total);
  return smallWords(plain('▰'.repeat(done) + '▱'.repeat(BAR - done)), 'progress');
}

/** The words of a message that tell by themselves what it is about. */
function summaryOf(message: ChatMessage): PlainText {
  switch (message.kind) {
    case 'status':
    case 'final':
      return message.line;
    case 'round':
      return plain(
        [message.title, message.instruction, message.verdict?.line]
          .filter((part) => part !== undefined && part !== '')
          .join('\n'),
      );
    case 'note':
      return message.text;
  }
  return message satisfies never;
}
