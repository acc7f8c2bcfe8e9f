import { clausesOf, type Clause } from './language/clause.ts';
import { normalize } from './language/normalize.ts';
import { takeQuotes } from './language/quotes.ts';
import { regionIn } from './language/place.ts';
import { correctSpelling } from './language/spelling.ts';
import { leftover, type Leftover } from './language/leftover.ts';
import type { Match, Wish } from './operation.ts';
import { matchAuto } from './operations/auto.ts';
import { OPERATIONS, operationNamed } from './operations/index.ts';
import type { Region } from './pixels/region.ts';

export interface PlacedWish {
  readonly wish: Wish;
  readonly region: Region;
}

/** What a request asks for, and what of it was not understood or can't be done. */
export interface Understanding {
  readonly wishes: readonly PlacedWish[];
  readonly left: readonly Leftover[];
}

const FIX_IT =
  /^(?:please |just |can you )*(?:fix|correct|improve)(?: (?:it|this|that))?(?: please)?$/;

/** Reads a request in plain English. Pure. */
export function understand(prompt: string): Understanding {
  const { text, quotes } = takeQuotes(prompt);
  const clauses = clausesOf(correctSpelling(normalize(text)), quotes);
  const wishes: PlacedWish[] = [];
  const left: Leftover[] = [];
  const unwanted = new Set<string>();
  for (const clause of clauses) {
    const read = readClause(clause);
    if (clause.negated) {
      for (const { wish } of read.wishes) unwanted.add(wish.operation);
      continue;
    }
    wishes.push(...read.wishes);
    left.push(...read.left);
  }
  const wanted = wishes.flatMap((placed) =>
    unwanted.has(placed.wish.operation)
      ? (placed.wish.instead ?? []).map((wish) => ({ ...placed, wish }))
      : [placed],
  );
  // "It's blurry, fix it" asks for one thing, and that has been named.
  const named = wanted.some(({ wish }) => !wish.optional);
  const automatic = clauses.some(
    ({ text: words }) => !FIX_IT.test(words) && matchAuto({ text: words }),
  );
  return {
    wishes: named && !automatic ? wanted.filter(({ wish }) => !wish.optional) : wanted,
    left,
  };
}

function readClause(clause: Clause): Understanding {
  const { matches, rest } = matchAll(clause);
  const { region, rest: remaining } =
    matches.length > 0 ? regionIn(rest) : { region: 'picture' as const, rest };
  const left = leftover(remaining, matches.length > 0, clause.quotes);
  // "Make the dog brighter" is about the dog alone: nothing is better done than the wrong thing.
  if (left?.reason === 'object') return { wishes: [], left: [left] };
  const wishes = matches
    .flatMap((match) => match.wishes)
    .map((wish) => ({
      wish,
      region: operationNamed(wish.operation)?.regional ? region : ('picture' as const),
    }));
  return { wishes, left: left ? [left] : [] };
}

/** Lets each operation take its words out of a clause; whatever is left is nobody's. */
function matchAll(clause: Clause): { matches: Match[]; rest: string } {
  const matches: Match[] = [];
  let current = clause;
  for (const operation of OPERATIONS) {
    const match = operation.match(current);
    if (!match) continue;
    matches.push(match);
    current = { ...current, text: blank(current.text, match) };
  }
  if (matches.length === 0) {
    const auto = matchAuto(current);
    if (auto) {
      matches.push(auto);
      current = { ...current, text: blank(current.text, auto) };
    }
  }
  return { matches, rest: current.text };
}

/** `|` stands where words were understood, so that what was around them is not read as one phrase. */
function blank(text: string, { used }: Match): string {
  let result = text;
  for (const { from, to } of used) {
    result = result.slice(0, from) + '|'.repeat(to - from) + result.slice(to);
  }
  return result;
}
