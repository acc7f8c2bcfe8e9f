import { plain } from '../../plain-text.ts';
import { plainWords } from '../mrkdwn.ts';
import { attachmentsOf } from './attachments.ts';
import { keyOf, placeOf, timeOf, type HeardMessage, type Self } from './heard.ts';
import type { MessageEvent, MessageFields } from './payloads.ts';

/** How persons write; all else is written by apps or by Slack. */
const WRITTEN = new Set(['', 'file_share', 'thread_broadcast', 'me_message']);

/**
 * A message that a person wrote, changed or deleted. What is said in a channel to others, outside of any thread, is
 * nobody's business here, and not even kept. `message` and `app_mention` tell of the same one with
 * the same key, so that whichever comes first is taken, and both know whether the bot is mentioned.
 */
export function parseMessage(event: MessageEvent, self: Self): HeardMessage | undefined {
  switch (event.subtype ?? '') {
    case 'message_changed':
      return parseChange(event, self);
    case 'message_deleted':
      return event.previous_message
        ? parseWritten('deleted', event.previous_message, event, self)
        : undefined;
    default:
      return parseWritten('new', event, event, self);
  }
}

function parseChange(event: MessageEvent, self: Self): HeardMessage | undefined {
  const { message, previous_message: before } = event;
  if (!message) return undefined;
  // What has replies leaves a stone in its place.
  if (message.subtype === 'tombstone') {
    return before ? parseWritten('deleted', before, event, self) : undefined;
  }
  const isSame = before?.text === message.text && before.files.length === message.files.length;
  return isSame ? undefined : parseWritten('edited', message, event, self);
}

function parseWritten(
  kind: HeardMessage['kind'],
  message: MessageFields,
  { channel, channel_type: channelType, type }: MessageEvent,
  self: Self,
): HeardMessage | undefined {
  const { ts, thread_ts: threadTs, user, bot_id: botId } = message;
  if (!user || user === self.botUserId || botId || !WRITTEN.has(message.subtype ?? '')) {
    return undefined;
  }
  const { text, mentionsBot: isNamed, mentionsOthers } = plainWords(message.text, self.botUserId);
  const isReply = threadTs && threadTs !== ts;
  const isDirect = channelType === 'im' || channel.startsWith('D');
  const mentionsBot = isNamed || type === 'app_mention';
  if (kind === 'new' && !mentionsBot && !isDirect && !isReply) return undefined;
  // Where nobody else is a message of ours may be replied to in a thread of its own.
  const answersUs = isDirect && isReply && message.parent_user_id === self.botUserId;
  return {
    type: 'message',
    kind,
    key: keyOf(self.team, channel, ts),
    place: placeOf(self.team, channel, isReply ? threadTs : undefined),
    authorId: user,
    sentAt: timeOf(ts),
    context: {},
    messageId: ts,
    text: kind === 'deleted' ? NOTHING : text,
    attachments: kind === 'deleted' ? [] : attachmentsOf(self.team, message.files),
    ...(answersUs && { repliedTo: ourMessage(threadTs) }),
    mentionsBot,
    mentionsOthers,
    isDirect,
    isCommand: false,
  };
}

const NOTHING = plain('');

/** A thread of ours, as one that a message of ours begins: what it says we know. */
const ourMessage = (messageId: string) => ({
  messageId,
  isOurs: true,
  text: NOTHING,
  attachments: [],
});
