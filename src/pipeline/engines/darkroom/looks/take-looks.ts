import type { Look } from './looks.ts';

/** A request in which the looks that it names are replaced by `lookno0`, `lookno1` … */
export interface WithoutLooks {
  readonly text: string;
  readonly looks: readonly Look[];
}

const STANDS_FOR = /\blookno(\d+)\b/g;

/** Words that make a mood a thing in the picture, or something that is to go. */
const NOT_ASKED =
  /\b(?:less|no|not|not so|without|too|remove|reduce|minus|lose|fix|dont|than|never)(?: (?:the|its|it|so|all|a|an|look|be|that|this|any|make))*$|\b(?:the|my|this|that|his|her|our|your|these|those|on|at|of|behind)$|\b(?:for|with|add|insert|put) (?:a|an|some|the)$|\bfor (?:the|my|our|a|an|your)(?: [a-z]+){0,2}$/;
const LIKE =
  /\b(?:like|into|from|as(?: if| though)?)(?: (?:it's|it is|it was|in|on|at|from|for|taken|shot|a|an|the))*$/;
/** Words that may follow its name, and then make it a mood whatever stands before. */
const MOOD =
  '(?:look|style|styled|effect|filter|mood|vibes?|feel(?:ing)?|aesthetic|preset|treatment|inspired|themed?|like|glow|light(?:ing)?|colors?|tones?|shades?|atmosphere)';
/** What is like that: more of the name, which says nothing about the mood. */
const SHOT = '(?:movie|film|photo|photograph|picture|scene|shot|still|image)s?';
const NAMES_MOOD = new RegExp(`${MOOD}$`);

/** Takes the names of looks out of a normalised request. */
export function takeLooks(text: string, looks: readonly Look[]): WithoutLooks {
  const taken: Look[] = [];
  let rest = text;
  for (;;) {
    const found = longest(rest, looks);
    if (!found) return { text: rest, looks: taken };
    const name = `lookno${taken.push(found.look) - 1}`;
    rest = rest.slice(0, found.from) + name + rest.slice(found.to);
  }
}

/** The looks that a clause names, and where. */
export function looksIn(
  text: string,
  looks: readonly Look[],
): { readonly look: Look; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(STANDS_FOR)].flatMap(({ 0: words, 1: number, index }) => {
    const look = looks[Number(number)];
    return look ? [{ look, from: index, to: index + words.length }] : [];
  });
}

const patterns = new WeakMap<Look, readonly RegExp[]>();

function patternsOf(look: Look): readonly RegExp[] {
  const known = patterns.get(look);
  if (known) return known;
  const made = look.words.map(
    (words) => new RegExp(String.raw`\b(?:${words})(?:[- ](?:${SHOT}|${MOOD}))*(?!\w)`, 'g'),
  );
  patterns.set(look, made);
  return made;
}

interface Found {
  readonly look: Look;
  readonly from: number;
  readonly to: number;
}

/** The longest name of a look; of equals the first in the list of looks. */
function longest(text: string, looks: readonly Look[]): Found | undefined {
  let best: Found | undefined;
  for (const look of looks) {
    for (const pattern of patternsOf(look)) {
      for (const { 0: words, index } of text.matchAll(pattern)) {
        const before = text.slice(0, index).trimEnd();
        if (NOT_ASKED.test(before) && !LIKE.test(before) && !NAMES_MOOD.test(words)) continue;
        if (best && words.length <= best.to - best.from) continue;
        best = { look, from: index, to: index + words.length };
      }
    }
  }
  return best;
}
