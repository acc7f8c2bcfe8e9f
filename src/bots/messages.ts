import type { ResultFormat } from '../image/formats.ts';
import type { Scores } from '../pipeline/types.ts';
import type { ImageReference } from '../store/image-reference.ts';
import type { Point } from '../store/records.ts';
import type { Action } from './actions.ts';
import type { PlainText } from './plain-text.ts';

/*
 * What an adapter paints: whole messages, each its kind's complete content. All words are there,
 * in the reader's language and as plain text; how it looks is the adapter's.
 */
export type ChatMessage = StatusMessage | RoundMessage | FinalMessage | NoteMessage;

/** How a turn is going; edited in place until it has ended. */
export interface StatusMessage {
  readonly kind: 'status';
  readonly turnId: string;
  readonly state: 'waiting' | 'queued' | 'running' | 'ended';
  /** The user's own words. */
  readonly request: PlainText;
  /** What the turn edits, as soon as that is known; for platforms that show what came of what. */
  readonly origin?: Origin;
  /** What is going on, or how it ended: one line. */
  readonly line: PlainText;
  readonly progress?: { readonly done: number; readonly total: number };
  readonly thinking?: Foldable;
  /** What the thinking came to. */
  readonly plan?: PlainText;
  /** What the picture looks like so far. */
  readonly preview?: Picture;
  /** Why the thread lacks something, and what to do about it. */
  readonly problem?: PlainText;
  readonly buttons: readonly Button[];
}

export interface Origin {
  readonly picture: Picture;
  /** Where in the conversation's tree it is; absent where the picture came with the request. */
  readonly point?: Point;
  /** White where the picture may change, black elsewhere; absent where all of it may. */
  readonly mask?: ImageReference;
}

/** One edit and the judgement of it, which may come later. */
export interface RoundMessage {
  readonly kind: 'round';
  readonly turnId: string;
  readonly round: number;
  readonly title: PlainText;
  readonly instruction: PlainText;
  readonly picture: Picture;
  readonly critique?: Foldable;
  readonly verdict?: Verdict;
  readonly buttons: readonly Button[];
}

export interface Verdict {
  readonly kind: 'success' | 'refine' | 'revert';
  readonly line: PlainText;
  /** The scores in words. */
  readonly details: PlainText;
  readonly scores: Scores;
  /** All four in one, 0 to 100. */
  readonly overall: number;
}

/** The answer: the picture of the best round. */
export interface FinalMessage {
  readonly kind: 'final';
  readonly turnId: string;
  readonly round: number;
  /** Which round it is, and why that one. */
  readonly line: PlainText;
  readonly picture: Picture;
  readonly before?: Picture;
  readonly buttons: readonly Button[];
}

/** Anything else that the bot says. */
export interface NoteMessage {
  readonly kind: 'note';
  readonly text: PlainText;
  readonly pictures: readonly Picture[];
  readonly buttons: readonly Button[];
}

/** Text that is long: shown in small or behind a click where it is `folded`, never left out. */
export interface Foldable {
  readonly text: PlainText;
  readonly folded: boolean;
}

export interface Picture {
  readonly image: ImageReference;
  /** What it shows, for those who don't see it. */
  readonly alt: PlainText;
  /** `result` comes whole, `small` is for a look. */
  readonly size: 'result' | 'small';
  /** What a `result` comes in; as it is kept where absent. */
  readonly format?: ResultFormat;
}

export interface Button extends Action {
  readonly label: PlainText;
  readonly style: 'primary' | 'plain' | 'danger';
}

/** All pictures that a message shows by itself, in the order in which they are shown. */
export function picturesOf(message: ChatMessage): readonly Picture[] {
  switch (message.kind) {
    case 'status':
      return message.preview ? [message.preview] : [];
    case 'round':
      return [message.picture];
    case 'final':
      return message.before ? [message.before, message.picture] : [message.picture];
    case 'note':
      return message.pictures;
  }
  return message satisfies never;
}
