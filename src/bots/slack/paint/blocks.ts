import type { types } from '@slack/bolt';

import { encodeAction } from '../../actions.ts';
import type { Button } from '../../messages.ts';
import type { PlainText } from '../../plain-text.ts';
import { bold, escaped, quiet } from '../mrkdwn.ts';
import { partsOf } from './parts-of.ts';

export type Block = types.KnownBlock;

/**
 * What a message holds, in characters as they are written. Slack takes longer alt texts and more buttons, but
 * no more than about 13,000 characters of JSON in all.
 */
export const LIMITS = {
  blocks: 50,
  text: 3_000,
  header: 150,
  alt: 1_000,
  label: 40,
  buttons: 12,
} as const;

/** Words as they are, in as many blocks as they need. */
export function words(text: PlainText, id: string): Block[] {
  return partsOf(text, LIMITS.text, (piece) => escaped(piece).length).map((part, index) => ({
    type: 'section',
    block_id: `${id}.${index}`,
    text: literal(part),
    expand: true,
  }));
}

/** Words in small. */
export function smallWords(text: PlainText, id: string): Block[] {
  return partsOf(text, LIMITS.text, (piece) => escaped(piece).length).map((part, index) => ({
    type: 'context',
    block_id: `${id}.${index}`,
    elements: [literal(part)],
  }));
}

/** One line that stands out. */
export function boldWords(text: PlainText, id: string): Block[] {
  if (bold(text).length > LIMITS.text || text.includes('\n') || text === '') return words(text, id);
  const line = { type: 'mrkdwn', text: bold(text), verbatim: true } as const;
  return [{ type: 'section', block_id: `${id}.0`, text: line }];
}

/** What is said by somebody: in a quote, which Slack shows in part where it is folded. */
export function quoted(text: PlainText, folded: boolean, id: string): Block[] {
  const sizeOf = (piece: PlainText) =>
    quiet(piece).length + QUOTE.length * (piece.split('\n').length - 1) + EMOJI_ROOM;
  return partsOf(text, LIMITS.text - QUOTE.length, sizeOf).map((part, index) => ({
    type: 'section',
    block_id: `${id}.${index}`,
    text: { type: 'mrkdwn', text: quoteOf(part), verbatim: true },
    ...(!folded && { expand: true }),
  }));
}

const QUOTE = '> ';
/** A word cut into characters may become an emoji's name again when it is put together. */
const EMOJI_ROOM = 1;

const quoteOf = (text: PlainText): string =>
  quiet(text)
    .split('\n')
    .map((line) => QUOTE + line)
    .join('\n');

export function title(text: PlainText, id: string): Block[] {
  if (escaped(text).length > LIMITS.header || text === '') return words(text, id);
  return [{ type: 'header', block_id: id, text: literal(text) }];
}

export interface ShownFile {
  readonly fileId: string;
  readonly alt: PlainText;
  readonly title?: string;
}

export function picture({ fileId, alt, title: caption }: ShownFile, id: string): Block {
  return {
    type: 'image',
    block_id: id,
    slack_file: { id: fileId },
    alt_text: alt,
    ...(caption !== undefined && { title: { type: 'plain_text', text: caption } }),
  };
}

/** A link to a file that the app uploaded, which shares it where the message is. */
export function fileLink(name: PlainText, permalink: string, id: string): Block {
  const text = `<${permalink}|${quiet(name).replaceAll('|', '')}>`;
  return { type: 'context', block_id: id, elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

/** What is pressed comes back as it was written: `action_id` tells which, and may be there once. */
export function actions(buttons: readonly Button[]): Block[] {
  if (buttons.length === 0) return [];
  return [
    {
      type: 'actions',
      block_id: 'actions',
      elements: buttons.map(({ label, style, ...action }) => {
        const code = encodeAction(action);
        return {
          type: 'button',
          action_id: code,
          text: { type: 'plain_text', text: label || '·', emoji: true },
          ...(style !== 'plain' && { style }),
        };
      }),
    },
  ];
}

const literal = (text: PlainText) =>
  ({ type: 'plain_text', text: escaped(text), emoji: false }) as const;
