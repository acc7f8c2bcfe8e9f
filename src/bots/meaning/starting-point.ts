import type { PlainText } from '../plain-text.ts';
import { roundOf } from './commands.ts';
import { OPENING } from './courtesy.ts';
import { ROUND } from './sayings.ts';
import { writtenFrom, writtenUntil, type Sentence } from './sentence.ts';

/** What an edit begins from, where the words say so. */
export type StartingPoint =
  | { readonly kind: 'original' }
  /** The picture before the last edit. */
  | { readonly kind: 'previous' }
  | { readonly kind: 'round'; readonly round: number };

/** A message that first says from where, then what. */
export interface Departure {
  readonly from: StartingPoint;
  /** What is said besides: as it was written, and in the one form. */
  readonly text: PlainText;
  readonly line: string;
  /** The words that say from where. */
  readonly lead: string;
  /** Joined by a word such as "and", so that the rest goes on with the wish; after a mere comma it may be a reason for it. */
  readonly isJoined: boolean;
}

const PICTURE = '(?: (?:picture|photo|image|pic|one|version|shot|file))?';
const ORIGINAL = `(?:(?:the |my )?(?:very )?original${PICTURE}|the (?:start|beginning|source|first (?:picture|photo|image|pic))|scratch|square one)`;
const BACK =
  '(?:(?:go|take it|get|come|jump|switch|bring it|put it) (?:all the way )?back|back|revert(?: (?:it|that|this|everything))?|return|reset(?: (?:it|everything))?|roll back|rollback)';
const LAST_EDIT =
  '(?: (?:(?:it|that|this|those)(?: one| edit| change)?|the (?:last|latest|previous) (?:edit|change|one|step|thing)|the last|your last (?:edit|change)|what you (?:just )?did))?';
const CHOOSE =
  '(?:use|take|keep|go (?:with|back to)|back to|revert to|return to|pick|choose|start (?:from|with|over from)|starting (?:from|with)|continue (?:from|with)|from|on|with|based on|work (?:from|with))';

/** Where the words begin a message; what follows is to be done from there. */
const BEGINNINGS: readonly { readonly kind: StartingPoint['kind']; readonly words: string }[] = [
  {
    kind: 'original',
    words: `(?:start|begin)(?:ing)? (?:all )?(?:over|again|fresh|anew|from ${ORIGINAL})(?: again| (?:from|with) ${ORIGINAL})?`,
  },
  { kind: 'original', words: `${BACK} to ${ORIGINAL}` },
  {
    kind: 'original',
    words: `(?:use|take|from|on|with|using|restore) ${ORIGINAL}(?: again| instead)?`,
  },
  { kind: 'original', words: `reset(?: (?:it|that|this|everything|all))?` },
  {
    kind: 'original',
    words: `(?:undo|revert) (?:everything|it all|all(?: of (?:it|that))?|all (?:the |my )?(?:edits|changes))`,
  },
  { kind: 'previous', words: `(?:undo|revert|reverse|roll back|rollback)${LAST_EDIT}` },
  {
    kind: 'previous',
    words: `(?:${BACK} to |use |take |from )?the (?:previous|last) (?:version|picture|image|one|result)|(?:take (?:it|that|this) back|(?:go|step) back(?: (?:a|one)(?: step)?)?)`,
  },
  { kind: 'round', words: `${CHOOSE} ${ROUND}` },
  {
    kind: 'round',
    words: `(?:the )?(?:round|version|option|variation) (?<round>one|two|three|four|five|six|#?[1-9]\\d?)`,
  },
];

/** `with` begins what is wished for itself, so it stays. */
const JOINT =
  '(?<joint>(?: ,)?(?: (?:and|but|then|only|just|this time|now|instead|please|also|again|,))+(?= )|(?= with (?:more|less|a|an|some|no|fewer)))';

/** No more than a mark. */
const IS_LOOSE = /^(?: (?:,|please|now|again))+$/;

const COMPILED = BEGINNINGS.map(({ kind, words }) => ({
  kind,
  pattern: new RegExp(`^(?<lead>${OPENING}(?:${words}))${JOINT} (?<rest>.+)$`),
}));

/** The same at the end: "crop it, starting from the original". */
const ENDINGS: readonly RegExp[] = [
  new RegExp(
    `^(?<rest>.{3,}?)(?: ,)?(?: but)? (?:starting|start|beginning|working|going)(?: over| again)? (?:from|with|on) ${ORIGINAL}(?: again| instead| please| this time)*$`,
  ),
  new RegExp(
    `^(?<rest>.{3,}?)(?: ,)(?: but)? (?:from|on|using|with) ${ORIGINAL}(?: again| instead| please| this time)*$`,
  ),
  new RegExp(
    `^(?<rest>.{3,}?) (?:on|to) the original(?: (?:picture|photo|image|one))?(?: instead| please| this time)+$`,
  ),
  new RegExp(
    `^(?<rest>(?:.* )?(?:do|apply|try|redo|repeat|make) .{2,}?) (?:on|from) the original(?: (?:picture|photo|image|one))?(?: instead| please| this time)*$`,
  ),
];

/** From where an edit begins, and what it is; undefined where the words say nothing of it. */
export function departureIn(sentence: Sentence): Departure | undefined {
  for (const { kind, pattern } of COMPILED) {
    const { groups } = pattern.exec(sentence.line) ?? {};
    const rest = groups?.['rest'];
    if (rest === undefined) continue;
    return {
      from: kind === 'round' ? { kind, round: roundOf(groups) } : { kind },
      text: writtenFrom(sentence, sentence.line.length - rest.length),
      line: rest,
      lead: groups?.['lead'] ?? '',
      isJoined: !IS_LOOSE.test(groups?.['joint'] ?? ''),
    };
  }
  for (const pattern of ENDINGS) {
    const rest = pattern.exec(sentence.line)?.groups?.['rest'];
    if (rest === undefined) continue;
    const text = writtenUntil(sentence, rest.length + 1);
    return { from: { kind: 'original' }, text, line: rest, lead: '', isJoined: true };
  }
  return undefined;
}
