import { keyOf, placeOf, timeOf, type Heard, type Self } from './heard.ts';
import { parseMessage } from './message.ts';
import { HomeEvent, MessageEvent, ReactionEvent } from './payloads.ts';
import { emojiOf } from './reaction-emoji.ts';

/** What an event of the Events API tells; undefined for what the bot has no use for. */
export function parseEvent(event: unknown, self: Self): Heard | undefined {
  const message = MessageEvent.safeParse(event).data;
  if (message) return parseMessage(message, self);
  const reaction = ReactionEvent.safeParse(event).data;
  if (reaction) return parseReaction(reaction, self);
  const home = HomeEvent.safeParse(event).data;
  return home && parseHome(home, self);
}

function parseReaction(
  { type, user, reaction, item, item_user: writer, event_ts: at }: ReactionFields,
  { team, botUserId }: Self,
): Heard | undefined {
  if (user === botUserId || (writer && writer !== botUserId)) return undefined;
  return {
    type: 'reaction',
    key: keyOf(team, item.channel, item.ts, 'reaction', user, at),
    place: placeOf(team, item.channel),
    authorId: user,
    sentAt: timeOf(at),
    context: {},
    emoji: emojiOf(reaction),
    isAdded: type === 'reaction_added',
    messageId: item.ts,
  };
}

type ReactionFields = ReturnType<typeof ReactionEvent.parse>;

function parseHome(
  { user, channel, event_ts: at }: ReturnType<typeof HomeEvent.parse>,
  { team }: Self,
): Heard {
  return {
    type: 'command',
    key: keyOf(team, 'home', user, at),
    place: placeOf(team, channel),
    authorId: user,
    sentAt: timeOf(at),
    context: {},
    command: 'home',
  };
}
