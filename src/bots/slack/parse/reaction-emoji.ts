/** Emoji that mean something to the bot, by the names that Slack gives them. */
const EMOJI: Readonly<Record<string, string>> = {
  '+1': '👍',
  thumbsup: '👍',
  heart: '❤️',
  '-1': '👎',
  thumbsdown: '👎',
  octagonal_sign: '🛑',
  black_square_for_stop: '⏹️',
  leftwards_arrow_with_hook: '↩️',
  rewind: '⏪',
  repeat: '🔁',
  arrows_counterclockwise: '🔄',
};

/** An emoji as Unicode, whatever its skin tone; others by their name. */
export function emojiOf(reaction: string): string {
  const [name = ''] = reaction.split('::');
  return EMOJI[name] ?? name;
}
