import { amountIn, NO_AMOUNT, type Amount } from './amount.ts';
import { bindWords } from './bound.ts';

/** One wish of a request, as far as sentence marks and joining words tell. */
export interface Clause {
  /** Normalised words; what was understood is blanked out before the next reader sees it. */
  readonly text: string;
  /** Texts that `"0"`, `"1"` … in `text` stand for. */
  readonly quotes: readonly string[];
  readonly amount: Amount;
  /** "More" or "less" said of the wish before, for a bare noun that follows it ("… and saturation"). */
  readonly leaning: 1 | -1 | undefined;
  /** The wish is something not to do. */
  readonly negated: boolean;
}

/** Marks and words between two wishes. */
const JOINTS = new RegExp(
  String.raw`\s*(?:${[
    String.raw`[;!?\n]+|[,](?!\d)|:(?![\d ])|\.(?!\d)|\s\+\s|(?<=[a-z])\/(?=[a-z])`,
    String.raw`\b(?:and then|and also|and|then|also|plus|as well as|while|after that|afterwards|finally|next(?! to\b)|&)\b`,
    // "Everything but the sky" is one place.
    String.raw`\b(?<!\b(?:everything|all|anything) )but\b`,
    // "Darken it without touching the sky" says two things.
    String.raw`\b(?=(?:without|not) (?:touching|changing|affecting|altering|darkening|brightening|blurring|making)\b|dont (?:touch|change|affect|alter)\b|leaving (?:the|my|its)\b)`,
  ].join('|')})\s*`,
);
const NEGATION =
  /^(?:please )?(?:(?:i |we )?dont (?:want|need|like)\b|dont|without|keep|leave|leaving|no|not|except|preserve|avoid|nothing|retain)\b/;
/** "… but not too bright": a warning that a plain wish heeds anyway. */
const MODERATION = /^(?:not|nothing|without being|don't make it) (?:too|overly)\b/;
/** "Keep it under 1 MB", "no more than 300 KB", "no background": a wish, and not one against something. */
const WISH_FOR_LESS =
  /\d ?(?:k|m)(?:i?b|egs?|ega ?bytes?|ilo ?bytes?)\b|^(?:no|without(?: a| the| any)?) back ?-?ground\b|^keep .*\b(?:sharp|in focus)\b/;
const MORE =
  /\b(?:increase|raise|boost|more|turn up|bump|crank|add|higher|pump|strengthen|enhance|lift)\b/;
const LESS =
  /\b(?:decrease|reduce|lower|less|turn down|tone down|dial down|cut|drop|weaken|fewer|bring down|take down|remove)\b/;

/**
 * Splits a normalised request into clauses, and hands amounts and directions on to bare followers.
 * All amounts are multiplied by `scale`.
 */
export function clausesOf(text: string, quotes: readonly string[], scale: number): Clause[] {
  const clauses: Clause[] = [];
  for (const part of bindWords(text)
    .split(JOINTS)
    .map((words) => words.trim())) {
    if (!/[a-z0-9"]/.test(part) || MODERATION.test(part)) continue;
    const before = clauses.at(-1);
    const own = amountIn(part);
    const bare = part.split(' ').length <= 2;
    const direction = MORE.test(part) ? 1 : LESS.test(part) ? -1 : undefined;
    clauses.push({
      text: part,
      quotes,
      amount: !own.said && bare && before ? softened(before.amount) : own,
      leaning: direction ?? (bare ? before?.leaning : undefined),
      negated:
        NEGATION.test(part) &&
        !/^(?:not|no) (?:so|as|quite)\b|\benough\b/.test(part) &&
        !WISH_FOR_LESS.test(part),
    });
  }
  return clauses.map((clause) => ({ ...clause, amount: scaledBy(clause.amount, scale) }));
}

const scaledBy = (amount: Amount, scale: number): Amount => ({
  ...amount,
  scale: amount.scale * scale,
  ...(amount.percent !== undefined && { percent: amount.percent * scale }),
  ...(amount.stops !== undefined && { stops: amount.stops * scale }),
});

/** A number belongs to its own wish alone; "a bit" is heard for the next one too. */
const softened = (amount: Amount): Amount =>
  amount.percent === undefined && amount.stops === undefined ? amount : NO_AMOUNT;
