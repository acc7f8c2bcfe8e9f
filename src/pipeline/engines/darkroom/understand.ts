import { clausesOf, type Clause } from './language/clause.ts';
import { plainly } from './language/colloquial.ts';
import { leftover, type Leftover } from './language/leftover.ts';
import { normalize } from './language/normalize.ts';
import { regionIn } from './language/place.ts';
import { takeQuotes } from './language/quotes.ts';
import { correctSpelling } from './language/spelling.ts';
import type { Look } from './looks/looks.ts';
import { looksIn, takeLooks } from './looks/take-looks.ts';
import type { Match, Wish } from './operation.ts';
import { matchAuto } from './operations/auto.ts';
import { OPERATIONS, operationNamed } from './operations/index.ts';
import { isThing, otherThan, type Region } from './pixels/region.ts';

export interface PlacedWish {
  readonly wish: Wish;
  readonly region: Region;
}

/** What a request asks for, and what of it was not understood or can't be done. */
export interface Understanding {
  readonly wishes: readonly PlacedWish[];
  readonly left: readonly Leftover[];
  /** The moods and styles that it names. */
  readonly looks: readonly Look[];
}

export interface Reading {
  /** Names of moods and styles that count, the more particular first. */
  readonly looks: readonly Look[];
  /** Multiplies every amount that the request says or means; 1 when absent. */
  readonly scale?: number;
}

const FIX_IT =
  /^(?:please |just |can you )*(?:fix|correct|improve)(?: (?:it|this|that))?(?: please)?$/;
const ONLY = /^(?:please |and )?(?:only|just|but only|but just|solely)\b/;
const IT = /\b(?:it|them|that)\b/;
/** "… and a bit darker" is said of what was named before. */
const BARE =
  /^(?:(?:a (?:bit|little|lot)|slightly|much|more|less|also|way|very) )*[a-z]+(?:er|ed|ish)?$/;

/** Reads a request in plain English. Pure. */
export function understand(prompt: string, { looks, scale = 1 }: Reading): Understanding {
  const { text, quotes } = takeQuotes(prompt);
  const named = takeLooks(correctSpelling(plainly(normalize(text))), looks);
  const clauses = clausesOf(named.text, quotes, scale);
  let wishes: PlacedWish[] = [];
  const ofLooks: PlacedWish[] = [];
  const wanting: Look[] = [];
  const left: Leftover[] = [];
  const unwanted = new Set<string>();
  let spared: Region = 'picture';
  for (const clause of clauses) {
    const found = looksIn(clause.text, named.looks);
    if (!clause.negated) {
      wanting.push(...found.map(({ look }) => look));
      ofLooks.push(...found.flatMap(({ look }) => wishesOf(look, clause, scale)));
    }
    const read = readClause(blank(clause, found), found.length > 0);
    if (clause.negated) {
      for (const { wish } of read.wishes) unwanted.add(wish.operation);
      if (read.wishes.length === 0) spared = regionIn(clause.text).region;
      continue;
    }
    if (read.wishes.length === 0 && ONLY.test(clause.text)) {
      const { region } = regionIn(clause.text);
      if (region !== 'picture') {
        wishes = wishes.map((wish) => limitedTo(wish, region));
        continue;
      }
    }
    const before = wishes.at(-1);
    const about =
      before && isThing(before.region) && (IT.test(clause.text) || BARE.test(clause.text));
    wishes.push(
      ...(about ? read.wishes.map((wish) => limitedTo(wish, before.region)) : read.wishes),
    );
    left.push(...read.left);
  }
  const wanted = [...wishes, ...unlessNamed(ofLooks, wishes)]
    .flatMap((placed) =>
      unwanted.has(placed.wish.operation)
        ? (placed.wish.instead ?? []).map((wish) => ({ ...placed, wish }))
        : [placed],
    )
    .map((wish) => limitedTo(wish, otherThan(spared) ?? 'picture'))
    .filter(unlessSaid);
  // "It's blurry, fix it" asks for one thing, and that has been named.
  const certain = wanted.some(({ wish }) => !wish.optional);
  const automatic =
    ofLooks.length > 0 ||
    clauses.some(({ text: words }) => !FIX_IT.test(words) && matchAuto({ text: words }));
  return {
    wishes: certain && !automatic ? wanted.filter(({ wish }) => !wish.optional) : wanted,
    left,
    looks: [...new Set(wanting)],
  };
}

/** What makes a look, each only where the picture needs it, in the region that its clause names. */
function wishesOf({ steps }: Look, { text, amount }: Clause, scale: number): PlacedWish[] {
  const strength = amount.percent === undefined ? amount.scale : scale * (amount.percent / 100);
  const { region } = regionIn(text);
  return steps
    .flatMap((step) => understand(step, { looks: [], scale: strength }).wishes)
    .filter(({ wish }) => region === 'picture' || operationNamed(wish.operation)?.regional)
    .map((placed) => limitedTo({ ...placed, wish: { ...placed.wish, optional: true } }, region));
}

/** What a request asks for in so many words goes before what a look would do. */
const unlessNamed = (ofLooks: readonly PlacedWish[], named: readonly PlacedWish[]) =>
  ofLooks.filter(
    ({ wish, region }) =>
      !named.some((other) => other.wish.operation === wish.operation && other.region === region),
  );

/** Leaves out what is vague where the same is asked for in so many words. */
const unlessSaid = ({ wish }: PlacedWish, _index: number, all: readonly PlacedWish[]): boolean =>
  !wish.vague || !all.some(({ wish: one }) => one.operation === wish.operation && !one.vague);

/** The same wish for a region, unless it names one itself or works on the whole picture alone. */
const limitedTo = (placed: PlacedWish, region: Region): PlacedWish =>
  placed.region === 'picture' && operationNamed(placed.wish.operation)?.regional
    ? { ...placed, region }
    : placed;

function readClause(clause: Clause, lookFound: boolean): Omit<Understanding, 'looks'> {
  const { matches, rest } = matchAll(clause, lookFound);
  const understood = matches.length > 0 || lookFound;
  const { region, rest: remaining } = understood
    ? regionIn(rest)
    : { region: 'picture' as const, rest };
  const left = leftover(remaining, understood, clause.quotes);
  const asked = matches.flatMap((match) => match.wishes);
  const harmless =
    !/\bexcept\b/.test(clause.text) && asked.every(({ operation }) => doesNoHarm(operation));
  if (left?.reason === 'object' && !harmless) {
    // "Make the chair brighter" is about the chair alone: nothing is better done than the wrong thing.
    return { wishes: [], left: [left] };
  }
  const wishes = asked.map((wish) => ({
    wish,
    region: operationNamed(wish.operation)?.regional ? regionOf(wish, region) : 'picture',
  })) satisfies PlacedWish[];
  if (left?.reason === 'object') return { wishes, left: [{ ...left, reason: 'everywhere' }] };
  return { wishes, left: left ? [left] : [] };
}

/** What is asked for one thing but is as well done to the whole picture: "sharpen the letters". */
const HARMLESS = new Set([
  'sharpen',
  'clarity',
  'denoise',
  'dehaze',
  'grain',
  'monochrome',
  'sepia',
  'equalize',
  'fade',
  'shadows',
  'highlights',
]);

const doesNoHarm = (operation: string): boolean =>
  HARMLESS.has(operation) || !operationNamed(operation)?.regional;

const regionOf = (wish: Wish, named: Region): Region =>
  named === 'picture' ? (wish.region ?? named) : named;

/** Lets each operation take its words out of a clause; whatever is left is nobody's. */
function matchAll(clause: Clause, lookFound: boolean): { matches: Match[]; rest: string } {
  const matches: Match[] = [];
  let current = clause;
  for (const operation of OPERATIONS) {
    const match = operation.match(current);
    if (!match) continue;
    matches.push(match);
    current = blank(current, match.used);
  }
  if (matches.length === 0 && !lookFound) {
    const auto = matchAuto(current);
    if (auto) {
      matches.push(auto);
      current = blank(current, auto.used);
    }
  }
  return { matches, rest: current.text };
}

/** `|` stands where words were understood, so that what was around them is not read as one phrase. */
function blank(clause: Clause, used: Match['used']): Clause {
  let { text } = clause;
  for (const { from, to } of used) {
    text = text.slice(0, from) + '|'.repeat(to - from) + text.slice(to);
  }
  return { ...clause, text };
}
