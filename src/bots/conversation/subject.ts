import type { Conversation, Point, Post, Turn } from '../../store/records.ts';
import { pointOfSlot } from '../card-messages.ts';
import type { AttachmentReference, Incoming, IncomingMessage, OtherMessage } from '../types.ts';
import type { Tools } from './parts.ts';

/** What a request is about, as the message shows it. */
export type Subject =
  | {
      readonly kind: 'attachments';
      readonly attachments: readonly [AttachmentReference, ...AttachmentReference[]];
    }
  /** A picture of ours, from here or from elsewhere. */
  | { readonly kind: 'point'; readonly turn: Turn; readonly point: Point }
  /** The message shows nothing: it is about what the conversation has shown last. */
  | { readonly kind: 'none' };

/**
 * What a message shows: its own pictures, else those of the message that it replies to, else those of the
 * message that "Edit this image" was chosen on.
 */
export async function subjectOf(tools: Tools, message: IncomingMessage): Promise<Subject> {
  const own = attachmentsOf(message);
  if (own) return own;
  for (const other of [message.repliedTo, message.target]) {
    const subject = other && (await subjectOfOther(tools, message, other));
    if (subject) return subject;
  }
  return { kind: 'none' };
}

/** The turn that a message of ours is about. */
export async function turnOfOurs(
  { store }: Tools,
  { place }: Pick<Incoming, 'place'>,
  messageId: string,
): Promise<{ readonly turn: Turn; readonly post: Post } | undefined> {
  const post = await store.findPost(place, messageId);
  const turn = post?.turnId === undefined ? undefined : await store.turn(post.turnId);
  return post && turn && { post, turn };
}

/** The picture that a turn edits, as a point in its conversation's tree. */
export function baseOf({ id, base }: Turn): Point | undefined {
  return base && (base.point ?? { turnId: id, round: 0 });
}

/** The picture of a point of the turn. */
export function imageOf({ base, rounds }: Turn, round: number) {
  return round === 0 ? base?.image : rounds.find((other) => other.round === round)?.image;
}

/** The turn whose picture a conversation shows. */
export async function headTurn(
  { store }: Tools,
  { head }: Conversation,
): Promise<Turn | undefined> {
  return head && store.turn(head.turnId);
}

async function subjectOfOther(
  tools: Tools,
  message: IncomingMessage,
  other: OtherMessage,
): Promise<Subject | undefined> {
  if (!other.isOurs) return attachmentsOf(other);
  const ours = await turnOfOurs(tools, message, other.messageId);
  const point = ours && pointOfSlot(ours.post.slot, ours.turn);
  return point && { kind: 'point', turn: ours.turn, point };
}

function attachmentsOf({ attachments }: Pick<OtherMessage, 'attachments'>): Subject | undefined {
  const [first, ...others] = attachments;
  return first && { kind: 'attachments', attachments: [first, ...others] };
}
