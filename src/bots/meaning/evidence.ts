import { bare } from './courtesy.ts';
import {
  COMPARATIVES,
  DEGREE,
  ELSEWHERE,
  FAULTS,
  MEASURES,
  PARTS,
  PHOTOGRAPHIC_VERBS,
  QUALITIES,
  STYLES,
  VERBS,
  VERBS_ING,
} from './edit-words.ts';
import { clausesOf } from './sentence.ts';

/**
 * How much a message that may be meant for anyone looks like a wish for an edit. `clear`: it says
 * what to do. `likely`: it says what is wrong or would be liked. `fragment`: a few words that mean something only as
 * an addition to what was said before.
 */
export type Evidence = 'clear' | 'likely' | 'fragment' | 'none';

const THING =
  '(?:it|this|that|these|those|them|him|her|everything|me|us|the [a-z]+(?: [a-z]+)?|my [a-z]+|(?:his|her|their|our|your) [a-z]+|[a-z]+)';
const NAMED = `(?:${PARTS}|${MEASURES}|${COMPARATIVES}|${STYLES}|${QUALITIES})`;
const SMALL_WORDS = `(?:a|an|the|this|that|it|its|my|and|or|of|to|in|on|at|by|from|for|with|is|be|please|more|less|bit|little|not|too|than|one|half|part|parts|area|areas|side|again|as|before|overall|everywhere|here|there|tones?|tiny|touch|\\d+%?|${PARTS}|${MEASURES}|${COMPARATIVES}|${DEGREE})`;
const ONLY_SMALL_WORDS = `(?: ${SMALL_WORDS})*`;

/** Of a clause without courtesies. */
const CLEAR: readonly RegExp[] = [
  `^(?:do not )?(?:${PHOTOGRAPHIC_VERBS})(?! (?:is|was|are|looks?|looked|works?|seems|in)\\b)`,
  `^(?:do not )?(?:${VERBS})(?: (?:${THING}))*?(?: (?:${NAMED}))(?![a-z])`,
  `^(?:remove|erase|get rid of|take out|edit out|crop out|cut out|photoshop out|clone out|blur out|hide|replace|delete) (?:the|that|this|those|these|his|her|my|all|every|any|everyone|everybody|people) ?`,
  `^(?:do not )?make (?:it|this|that|these|everything|him|her|them|me|us|the [a-z]+(?: [a-z]+)?|my [a-z]+) (?!(?:work|stop|up|happen|home|to|in|on|by|quick|back|a|count|out|through|sense|sure|into|official|snappy|for|and|so)\\b)(?:look (?:like )?)?[a-z]+`,
  `^make (?:it|this|that|him|her|them|me|us|the [a-z]+|my [a-z]+) (?:look (?:like )?)?(?:into )?(?:an? )(?:${STYLES}|painting|drawing|poster|postcard|meme|sticker|wallpaper|icon|movie still|photo|statue)`,
  `^(?:turn|convert|change|transform) (?:it|this|that|him|her|them|me|the [a-z]+|my [a-z]+) (?:in)?to `,
  `^(?:tone|dial|turn|bring|take) (?:it|that|this|the [a-z]+) (?:down|back|up)(?: a (?:bit|little|notch|touch))?$|^(?:warm|cool|brighten|clean|liven|spice|jazz|sharpen|touch) (?:it|this|that|the [a-z]+) (?:up|down)|^(?:warm up|cool down|clean up|tone down|brighten up|dial back|zoom (?:in|out)|tighten up) `,
  `^(?:zoom (?:in|out)|tone (?:it )?down|enhance|improve|fix it|auto enhance|auto fix|enhance it|go (?:${COMPARATIVES}))$`,
  // Fragments that say what of themselves.
  `^(?:${DEGREE} )*(?:${COMPARATIVES})${ONLY_SMALL_WORDS}$`,
  `^(?:${DEGREE} )*(?:more|less|fewer|not (?:so|as|that)(?: much)?|stronger|weaker)(?: of)?(?: (?:of|the|a|that|this|in|on|it|like))*(?: [a-z]+)?? (?:${MEASURES}|${QUALITIES}|${PARTS})${ONLY_SMALL_WORDS}$`,
  `^(?:${DEGREE} )*(?:without|with|no|minus|plus)(?: (?:more|less|the|a|an|some|any|that|so much))* (?:${NAMED})${ONLY_SMALL_WORDS}$`,
  `^(?:(?:in|as|into|to|with|like)(?: (?:a|an|the))? )(?:${STYLES})(?: (?:style|look|effect|format|version|photo|picture|film|this time|again|crop))*$`,
  `^(?:(?:a|an|the|this|it|that|all)(?: [a-z]+){0,2} )?(?:in )?(?:${STYLES}) (?:version|style|look|effect|format|crop)$|^(?:it|this|that|the [a-z]+|same|same thing) in (?:${STYLES})$|^(?:full )?(?:black and white|b and w|black n white|monochrome|grayscale|sepia|square|16:9|9:16|4:3|1:1|4:5|hdr|noir)$`,
  `^(?:i )?(?:get|have|see|show(?: me)?|give me|want|need|would (?:like|love)|like|do)(?: (?:it|this|that|the [a-z]+|a|an|one))*(?: [a-z]+){0,2}? (?:in |as |to be |be |look )?(?:(?:an?|${DEGREE}) )*(?:${COMPARATIVES}|(?:more|less) (?:${MEASURES})|${STYLES})(?: (?:version|one|look|style|edit|crop))?${ONLY_SMALL_WORDS}$`,
  `^${VERBS_ING}(?: [a-z]+)*? (?:it|this|that|the|${NAMED})`,
  `^(?:the same|same)(?: thing| as before| again)?(?: but)? (?:${DEGREE} )*(?:more |less )?(?:${COMPARATIVES}|${MEASURES}|on|for|with|in|to)`,
  `^(?:the |my |this |that |its )?(?:${PARTS}) (?:${DEGREE} )*(?:${COMPARATIVES})${ONLY_SMALL_WORDS}$`,
  `^(?:${PARTS}|vignette) (?:up|down|[+-]?\\d+%?)`,
].map((pattern) => new RegExp(pattern));

/** Anywhere in a clause. */
const LIKELY: readonly RegExp[] = [
  `\\b(?:(?:too|overly|a bit|bit|a little|a tad|a touch|slightly|somewhat|rather|kind of|sort of|way too|pretty) )(?:${QUALITIES}|washed out|blown out)\\b`,
  `(?:^|\\b(?:is|are|looks?|looking|feels?|seems?|came out|turned out|it|still|so|very|really|all) )(?:so |very |really |all |quite |still |pretty |awfully |super )*(?:${FAULTS})(?: out)?$`,
  `\\b(?:could|should|would|might|can|must|needs? to|has to|have to|ought to|want(?:ed)? (?:it|this|that|the [a-z]+)(?: to)?|like (?:it|this|that|the [a-z]+)(?: to)?)\\b.*\\b(?:${COMPARATIVES}|more|less|${STYLES}|pop|gone|removed|fixed|cropped|${QUALITIES})\\b`,
  `\\b(?:needs?|wants?|could use|could do with|lacks?|lacking|missing|should have|deserves)\\b.*\\b(?:${MEASURES}|${COMPARATIVES}|${PARTS}|cropping|editing|straightening|sharpening|a crop|work|something)\\b`,
  `\\bi (?:would|think i would) (?:prefer|rather|like|love)\\b|\\bi (?:prefer|want|need|wish|was hoping|was thinking|had hoped)\\b.*\\b(?:${NAMED})\\b`,
  `\\bnot (?:[a-z]+ )?(?:${QUALITIES}|${MEASURES}) enough\\b|\\bnot (?:quite )?enough (?:${MEASURES}|${PARTS})\\b|\\b(?:too (?:much|many|little)|so much) (?:${MEASURES}|${PARTS}|${COMPARATIVES})\\b`,
  `\\b(?:you|we|they|i|someone|one|somebody) (?:should|could|would|might|can|need to|have to|may) (?:(?:also|maybe|probably|just|try to) )*(?:${PHOTOGRAPHIC_VERBS}|(?:${VERBS})\\b.*\\b(?:${NAMED}))\\b`,
  `\\b(?:${COMPARATIVES}|more (?:${MEASURES})|less (?:${MEASURES})|(?:in|as) (?:${STYLES}))\\b.*\\b(?:would|might|could|may) (?:be|look|work)\\b|\\b(?:looks?|be|works?|look) (?:much |way |even |a lot )?(?:better|nicer|good|great|cool|nice|best) (?:${COMPARATIVES}|in (?:${STYLES})|with(?:out)?|cropped|if)\\b`,
  `\\bwhat (?:if|about)\\b.*\\b(?:${NAMED})\\b|\\bwonder(?:ing)?\\b.*\\b(?:${NAMED})\\b|\\bhow would (?:it|this|that) look\\b`,
  `^(?:${PARTS}|it|this|that) (?:could|should|would|might)\\b|^the (?:${PARTS}) (?:could|should|needs?|lacks?)\\b`,
  `^why is (?:it|the [a-z]+) so (?:${QUALITIES})|^is it (?:just )?(?:me or|not)\\b.*\\b(?:${QUALITIES})`,
  `\\bdo not (?:really )?like (?:it|this|that|how|the (?:${PARTS}))\\b|\\bhate (?:how|the (?:${PARTS}))\\b|\\bnot (?:a fan of|sure about|happy with) the (?:${PARTS})\\b|\\b(?:that is|it is|looks|is) worse\\b|\\bnot what i (?:asked|wanted|meant)`,
  `^(?:fix|edit|adjust|change|tweak|improve|undo|remove|delete|erase|revert|crop|cancel|reset) (?:it|this|that|the|my|all)\\b`,
  `^(?:${COMPARATIVES})\\b|^(?:even |still )?(?:more|less|stronger|weaker)$`,
].map((pattern) => new RegExp(pattern));

/** Talk that is none even if it names what pictures have. */
const TALK =
  /^(?:when|where|who|did|does|was|were|have you|has|are you|do you (?:know|remember|think|like)|did you|is (?:that|this|it) (?:the|a|an|your|in|from|at|near)|i (?:was|am|went|saw|took|shot|had|made|did|cropped|edited|used|tried|got|just got|just saw|remember|have (?:been|never|always|seen))|he|she|they|my (?:wife|husband|mom|mum|dad|brother|sister|friend|boss)|we (?:were|went|had|saw|took|are))\b/;

const OF_ELSEWHERE = new RegExp(`\\b(?:${ELSEWHERE})\\b`);
const PRAISES =
  /\b(?:love|loving|amazing|awesome|gorgeous|beautiful|stunning|perfect|great|nice|lovely|incredible|wonderful|fantastic|so good)\b/;

/** A few words without a verb of its own: "the left one", "on the right too", "but not the sky". */
const FRAGMENT =
  /^(?:the|that|this|those|these|only|just|not|without|with|on|in|at|like|to|from|all|both|every|except|everything|half|twice|less|more|even|less|a|an|as|same|left|right|top|bottom)\b(?!.*\b(?:is|are|was|were|am|i|you|he|she|we|they|do|did|does|have|has|had|lol|will|would|looks?|makes?)\b)(?: ?[a-z0-9%:]+){0,6}$/;

/** What a line of a message that is not certainly for the bot looks like. */
export function evidenceIn(line: string): Evidence {
  const clauses = clausesOf(line)
    .map(bare)
    .filter((clause) => clause !== '');
  const candidates = OF_ELSEWHERE.test(line) ? [] : clauses.filter((clause) => !TALK.test(clause));
  if (candidates.some((clause) => CLEAR.some((pattern) => pattern.test(clause)))) return 'clear';
  if (
    candidates.some(
      (clause) => !PRAISES.test(clause) && LIKELY.some((pattern) => pattern.test(clause)),
    )
  ) {
    return 'likely';
  }
  const isFragment =
    candidates.length > 0 &&
    clauses.every((clause) => FRAGMENT.test(clause) && !PRAISES.test(clause));
  return isFragment ? 'fragment' : 'none';
}

const QUESTION =
  /\?|^(?:who|where|when|what|which|how|did|does|do|is|are|was|were|have|has|anyone|anybody|someone)\b/;

/** Plainly talk among people: a question of theirs, or a story. */
export function isTalk(line: string): boolean {
  return (
    line.startsWith('@') ||
    QUESTION.test(line) ||
    OF_ELSEWHERE.test(line) ||
    clausesOf(line).every((clause) => TALK.test(clause))
  );
}
