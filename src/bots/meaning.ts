import { plain, type PlainText } from './plain-text.ts';

/** What somebody's words ask of the bot. */
export type Meaning =
  /** Something to be edited; `text` is what the engine gets, without what was read off it here. */
  | {
      readonly kind: 'request';
      readonly text: PlainText;
      readonly from?: StartingPoint;
      readonly attachmentsAre?: 'references';
    }
  | { readonly kind: 'command'; readonly command: WordCommand }
  /** Praise, thanks, talk among people: nothing to do. */
  | { readonly kind: 'chatter' }
  /** It may be an edit that is wanted. */
  | { readonly kind: 'unsure' };

/** What an edit begins from, where the words say so; `previous` is before the last edit. */
export type StartingPoint =
  { readonly kind: 'original' | 'previous' } | { readonly kind: 'round'; readonly round: number };

export type WordCommand =
  | { readonly name: PlainCommand }
  | { readonly name: 'undo' | 'redo'; readonly times: number }
  | { readonly name: 'use'; readonly round: number };

type PlainCommand =
  | 'stop'
  | 'retry'
  | 'variations'
  | 'original'
  | 'compare'
  | 'help'
  | 'explain'
  | 'history'
  | 'forget-me';

/** What is known of the moment in which somebody speaks. */
export interface Situation {
  readonly isAddressed: boolean;
  readonly isRequester: boolean;
  readonly isAsked: boolean;
  readonly hasPicture: boolean;
  readonly hasHead: boolean;
  readonly isToSomebodyElse: boolean;
}

const COMMANDS: readonly (readonly [RegExp, PlainCommand])[] = [
  [/^(?:stop|cancel|abort|never ?mind|nvm|forget it)( (?:it|that|now|please))*$/, 'stop'],
  [/^(?:try again|retry|once more|again|do it again)$/, 'retry'],
  [/variations$/, 'variations'],
  [/^(?:go )?(?:back )?to the original$|^start over$|^reset$/, 'original'],
  [/^compare|^before and after/, 'compare'],
  [/^help$|^what can you do|^hello$|^hi$/, 'help'],
  [/^what did you (?:change|do)|^explain/, 'explain'],
  [/^history$/, 'history'],
  [/^forget me$/, 'forget-me'],
];

const CHATTER =
  /^(?:thanks?|thank you|nice|great|wow|lol|love it|cool|perfect|did you|who|where)\b/;

export function meaningOf(text: PlainText, situation: Situation): Meaning {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, '');
  for (const [pattern, name] of COMMANDS) {
    if (pattern.test(words)) return { kind: 'command', command: { name } };
  }
  if (/^undo( that| it)?$|^go back$/.test(words)) {
    return { kind: 'command', command: { name: 'undo', times: 1 } };
  }
  if (words === 'redo') return { kind: 'command', command: { name: 'redo', times: 1 } };
  const [, round] = /^use round (\d+)$/.exec(words) ?? [];
  if (round) return { kind: 'command', command: { name: 'use', round: Number(round) } };
  const [, back, rest] =
    /^(undo that|go back to the original|start over) and (.+)$/.exec(words) ?? [];
  if (back && rest) {
    const kind = back === 'undo that' ? 'previous' : 'original';
    return { kind: 'request', text: plain(rest), from: { kind } };
  }
  if (CHATTER.test(words) || situation.isToSomebodyElse) return { kind: 'chatter' };
  if (
    situation.isAddressed ||
    situation.isAsked ||
    /^(?:make|a bit|now|and|crop|less|more)/.test(words)
  ) {
    const references = situation.hasPicture && situation.hasHead && /like this/.test(words);
    return { kind: 'request', text, ...(references && { attachmentsAre: 'references' }) };
  }
  return situation.isRequester ? { kind: 'request', text } : { kind: 'unsure' };
}

/** Words that only go with a picture. */
export const isFiller = (text: string): boolean =>
  /^(?:here(?: you go)?|this one|try this)?[.! ]*$/i.test(text.trim());
