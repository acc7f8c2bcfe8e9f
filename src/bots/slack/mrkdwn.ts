import { plain, type PlainText } from '../plain-text.ts';

/*
 * Slack's markup, both ways. Its control characters are `&`, `<` and `>`; the rest (`*`, `_`, `~`,
 * backticks, `:emoji:`) means something in `mrkdwn` alone.
 */

/** Text that no part of Slack takes for a mention, a link or a command, in any text object. */
export function escaped(text: PlainText): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What can't be seen, and parts what would else be markup together. */
const PARTING = '\u200b';

/** The same for `mrkdwn`, where nothing is bold, struck, code or an emoji by chance. */
export function quiet(text: PlainText): string {
  return escaped(text)
    .replace(/[*_~`]/g, `$&${PARTING}`)
    .replace(/:(?=[\w+'-]+:)/g, `:${PARTING}`);
}

export const bold = (text: PlainText): string => `*${quiet(text)}*`;

/** A message of a person, with what Slack wrote into it taken out again. */
export interface PlainWords {
  /** Without the bot's own mention, which says nothing more. */
  readonly text: PlainText;
  readonly mentionsBot: boolean;
  readonly mentionsOthers: boolean;
}

/** The words of a message as its writer typed them. */
export function plainWords(mrkdwn: string, botUserId: string): PlainWords {
  let mentionsBot = false;
  let mentionsOthers = false;
  const unmarked = mrkdwn.replace(/<([^<>]*)>/g, (_whole, inner: string) => {
    const [target, label] = split(inner, '|');
    if (target === `@${botUserId}`) {
      mentionsBot = true;
      return '';
    }
    if (target.startsWith('@') || target.startsWith('!subteam^')) {
      mentionsOthers = true;
      return `@${(label ?? target.slice(1)).replace(/^@/, '')}`;
    }
    if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
    if (/^!(?:here|channel|everyone)$/.test(target)) {
      mentionsOthers = true;
      return `@${target.slice(1)}`;
    }
    if (target.startsWith('!')) return label ?? '';
    return linkText(target, label);
  });
  const text = unescaped(unstyled(unmarked))
    .replace(/[^\S\n]{2,}/g, ' ')
    .trim();
  return { text: plain(text), mentionsBot, mentionsOthers };
}

/** Slack makes links of what looks like one; what the writer typed is the label. */
function linkText(target: string, label: string | undefined): string {
  if (label === undefined || label === '') return target;
  const bare = target.replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '');
  return bare === label.replace(/\/$/, '') || label === target ? label : `${label} (${target})`;
}

/** Takes away what makes words bold, italic, struck or code; where it means nothing it stays. */
function unstyled(mrkdwn: string): string {
  return mrkdwn
    .replace(/```([\s\S]+?)```/g, '$1')
    .replace(/(^|[\s(])([*_~`])(\S(?:[^\n]*?\S)?)\2(?=$|[\s).,;:!?])/gm, '$1$3');
}

/** What was escaped, as it was. */
export const unescaped = (text: string): PlainText =>
  plain(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));

/** What was written for `mrkdwn`, as it was. */
export const unquieted = (mrkdwn: string): PlainText => unescaped(mrkdwn.replaceAll(PARTING, ''));

function split(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
