import { decodeAction } from '../../../src/bots/actions.ts';
import type { Seen } from './seen.ts';

/** What a message of the bot is, by what can be seen of it. */
export type Kind = 'person' | 'status' | 'round' | 'final' | 'note';

export function kindOf({ message, buttons }: Seen): Kind {
  if (!message.isFromApp) return 'person';
  const { turn, round } = message.metadata?.event_payload ?? {};
  if (buttons.some(({ actionId }) => decodeAction(actionId)?.action === 'compare')) {
    return turn === undefined ? 'note' : 'final';
  }
  if (round !== undefined) return 'round';
  return turn === undefined ? 'note' : 'status';
}

/** A thread as a page of text, without ids: two that look the same read the same. */
export function transcriptOf(seen: readonly Seen[]): string {
  return seen
    .map((one) => {
      const pictures = one.pictures.map(({ alt, file }) => {
        const { width = 0, height = 0 } = file.kind.size ?? {};
        return `[${file.name} ${width} × ${height}: ${alt}]`;
      });
      const buttons = one.buttons.map(({ label }) => `(${label})`).join(' ');
      return [`${one.by}: ${one.text}`, ...pictures, buttons].filter(Boolean).join('\n');
    })
    .join('\n\n');
}
