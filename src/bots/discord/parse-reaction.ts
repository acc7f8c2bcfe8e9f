import type { GatewayMessageReactionAddDispatchData } from 'discord.js';

import { plainLine } from '../plain-text.ts';
import type { IncomingReaction } from '../types.ts';
import type { Surroundings } from './parse-message.ts';
import { PLATFORM, placeOf } from './places.ts';

type ReactionData = Pick<
  GatewayMessageReactionAddDispatchData,
  'user_id' | 'message_id' | 'emoji' | 'member' | 'message_author_id'
>;

/** A reaction to a message of ours, as far as that is known; others are nobody's business. */
export function parseReaction(
  { user_id, message_id, emoji, member, message_author_id }: ReactionData,
  isAdded: boolean,
  { channel, botId, locale, isAdmin }: Surroundings,
  /** Tells this one apart from the same reaction at another time. */
  { now, sequence }: { readonly now: number; readonly sequence: number },
): IncomingReaction | undefined {
  const isOthers = message_author_id !== undefined && message_author_id !== botId;
  if (user_id === botId || isOthers || member?.user?.bot || emoji.name === null) return undefined;
  const roles = member?.roles ?? [];
  return {
    type: 'reaction',
    key: `${PLATFORM}:reaction:${message_id}:${user_id}:${now}:${sequence}`,
    place: placeOf(channel),
    author: {
      id: user_id,
      name: plainLine(member?.nick ?? member?.user?.global_name ?? member?.user?.username ?? ''),
      isBot: false,
      ...(locale !== undefined && { locale }),
      roles,
      isAdmin: isAdmin(user_id, roles),
    },
    sentAt: now,
    context: { via: 'reaction' },
    emoji: emoji.name,
    isAdded,
    messageId: message_id,
  };
}
