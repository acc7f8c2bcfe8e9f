import {
  COMPARATIVES,
  DEGREE,
  FAULTS,
  MEASURES,
  NAMED,
  PARTS,
  PHOTOGRAPHIC_VERBS,
  QUALITIES,
  STYLES,
  VERBS,
  VERBS_ING,
  VERBS_OF_PICTURES,
} from './edit-words.ts';
import { anyOf } from './pattern.ts';

/** Something in a picture, or all of it. */
const THING =
  '(?:it|this|that|these|those|them|everything|him|her|me|us|(?:the|my|his|her|their|our|your) [a-z]+(?: [a-z]+)?)';
const A_BIT = `(?:(?:${DEGREE}) )*`;
const SMALL_WORDS = `(?: (?:${anyOf(
  'the this it its my and or to in on at by from for with is be please more less too than one area areas',
  'side again before everywhere here there \\d+%?',
  PARTS,
  MEASURES,
  COMPARATIVES,
  DEGREE,
)}))*`;
const MORE = `(?:${COMPARATIVES}|(?:more|less) (?:${MEASURES})|${STYLES})`;
const REMOVE =
  'remove|erase|get rid of|take out|edit out|crop out|cut out|photoshop out|clone out|blur out|hide|replace|delete|lose';
/** What is said of people is no remark about a picture. */
const NOBODY = '(?!(?:i|you|we|they|he|she|there|life)\\b)';
const NOT_OF_PICTURES =
  'work|stop|up|happen|home|to|in|on|by|quick|back|a|count|out|through|sense|sure|into|official|snappy|for|and|so';

/** Clauses, courtesies aside, that say what to do. */
export const INSTRUCTIONS = [
  // With a verb.
  `^(?:do not |[a-z]+ly )?(?:${PHOTOGRAPHIC_VERBS})\\b(?! (?:is|was|are|looks?|looked|works?|seems|in)\\b)`,
  `^(?:do not |[a-z]+ly )?(?:${VERBS})\\b.* (?:${NAMED})(?![a-z])`,
  `^(?:${VERBS_OF_PICTURES}) ${THING}`,
  `^(?:${REMOVE}) (?:the|that|this|those|these|his|her|my|all|every|any|everyone|everybody|people|whatever)\\b`,
  `^(?:do not )?make ${THING} (?!(?:${NOT_OF_PICTURES})\\b)[a-z]+`,
  `^make ${THING} (?:look (?:like )?)?(?:into )?an? (?:painting|drawing|poster|postcard|meme|sticker|wallpaper|icon|movie still|photo|statue|cartoon)`,
  `^(?:turn|convert|change|transform|rework) ${THING} (?:in)?to\\b|^turn ${THING} (?:upside|around|sideways|over|by|left|right|\\d)`,
  `^(?:tone|dial|turn|bring|take) ${THING} (?:down|back|up)(?: a (?:bit|little|notch|touch))?$`,
  `^(?:warm|cool|brighten|clean|liven|spice|jazz|touch) ${THING} up\\b|^(?:warm up|clean up|tone down|brighten up|dial back|tighten up|open up) (?:it|this|the)\\b`,
  `^zoom (?:in|out)\\b|^(?:tone (?:it )?down|enhance|improve|fix it|auto enhance|auto fix|go ${MORE})(?: ${THING})?$`,
  `^(?:write|stamp|caption|add|put|slap|print) .* (?:on|in|at|across|over|to) (?:it|this|there|the (?:top|bottom|corner|middle|center|picture|photo|image|lower|upper|left|right|sky))`,
  `^(?:save|export|convert|make|turn) (?:it |this |that )?(?:as|to|into) (?:an? )?(?:png|jpe?g|webp|avif|gif|square|sticker)`,
  `^${VERBS_ING}(?: [a-z]+)*? (?:it|this|that|the|${NAMED})\\b`,
  `^(?:i )?(?:get|have|see|show(?: me)?|give me|want|need|would (?:like|love)|like|do) (?:[a-z]+ ){0,3}?(?:in |as |to be |be |look )?${A_BIT}${MORE}(?: (?:version|one|look|style|edit|crop))?${SMALL_WORDS}$`,
  // Without one.
  `^${A_BIT}(?:${COMPARATIVES})${SMALL_WORDS}$`,
  `^${A_BIT}(?:more|less|fewer|not (?:so|as|that)(?: much)?|stronger|weaker)(?: [a-z]+){0,3}? (?:${MEASURES}|${QUALITIES}|${PARTS})${SMALL_WORDS}$`,
  `^(?:without|with|no|minus|plus)(?: (?:more|less|the|a|an|some|any|that|so much))*(?: [a-z0-9]+)? (?:${NAMED})${SMALL_WORDS}$`,
  `^(?:in|as|into|to|with|like) (?:(?:a|an|the) )?(?:${STYLES})(?: (?:style|look|effect|format|version|photo|picture|film|this time|again|crop))*$`,
  `^(?:[a-z]+ ){0,3}?(?:in )?(?:${STYLES}) (?:version|style|look|effect|format|crop|finish)$|^(?:it|this|that|the [a-z]+|same|same thing) in (?:${STYLES})$`,
  `^(?:full )?(?:black and white|b and w|black n white|monochrome|grayscale|sepia|square|16:9|9:16|4:3|1:1|4:5|hdr|noir|duotone)(?: with .*)?$`,
  `^same(?: thing| as before| again)? (?:${A_BIT}${MORE}|on|for|with|in|to)\\b|^the same(?: thing)? (?:on|for|with|in|to)\\b`,
  `^(?:the |my |this |that |its )?(?:${PARTS}) ${A_BIT}${MORE}${SMALL_WORDS}$`,
  `^(?:${PARTS}|vibrance|blur|sepia) (?:up|down|by|[+-]?\\d+%?)(?: by)?(?: [+-]?\\d+%?)?$|^\\d+(?:px|%)? (?:[a-z]+ )?(?:border|blur|stops?|brighter|darker|pixels)`,
].map((pattern) => new RegExp(pattern));

/** What is wrong, or would be liked better, anywhere in a clause. */
export const COMPLAINTS_AND_LIKINGS = [
  // Too much, or not enough.
  `\\b(?:too|overly|bit|a little|a tad|a touch|slightly|somewhat|rather|kind of|sort of|pretty) (?:${QUALITIES}|washed out|blown out)(?! (?:for (?:breakfast|me to)|today|outside|out))\\b`,
  `^${NOBODY}(?:.* )?(?:^|\\b(?:is|are|looks?|looking|feels?|seems?|came out|turned out|still|so|very|really|all|kind of) )(?:so |very |really |all |quite |still |pretty |awfully |super |just )*(?:${FAULTS})(?: out)?(?: here| there| again| to me)?$`,
  `\\bnot (?:[a-z]+ )?(?:${QUALITIES}|${MEASURES}) enough\\b|\\bnot (?:quite )?enough (?:${MEASURES}|${PARTS})\\b|\\b(?:too (?:much|many|little)|so much) (?:${MEASURES}|${PARTS}|${COMPARATIVES})\\b|^(?:way |far |a bit )?too much$|^not (?:that|so|as) much$`,
  // What it needs, could be, would be better as.
  `^${NOBODY}(?:[a-z]+ ){0,5}(?:could|should|would|might|can|must|needs? to|has to|have to|ought to) .*\\b(?:${COMPARATIVES}|(?:more|less) (?:${MEASURES}|${QUALITIES})|${STYLES}|pop|gone|removed|fixed|cropped|${QUALITIES})\\b`,
  `\\b(?:it|this|that|${PARTS})(?: really| still| just)? (?:needs?|wants?|could use|could do with|lacks?|is lacking|is missing|deserves)\\b.*\\b(?:${MEASURES}|${COMPARATIVES}|${PARTS}|cropping|editing|straightening|sharpening|a crop|work)\\b|^(?:needs?|lacks?|missing|could use)\\b.*\\b(?:${NAMED})\\b`,
  `\\bi (?:would|think i would) (?:prefer|rather|like|love)\\b.*\\b(?:it|this|that|${NAMED})\\b|\\bi prefer (?:it|this|that|the|a|more|less|${COMPARATIVES})\\b.*\\b(?:${NAMED})\\b|\\bi (?:want|need|wish|was hoping|was thinking|had hoped)\\b.*\\b(?:${NAMED})\\b`,
  `\\b(?:you|we|someone|one|somebody|i) (?:should|could|would|might|can|need to|have to|may) (?:(?:also|maybe|probably|just|try to) )*(?:${PHOTOGRAPHIC_VERBS}|(?:${VERBS})\\b.*\\b(?:${NAMED}))\\b`,
  `\\b(?:${COMPARATIVES}|more (?:${MEASURES})|less (?:${MEASURES})|(?:in|as) (?:${STYLES}))\\b.*\\b(?:would|might|could|may) (?:be|look|work)\\b`,
  `\\b(?:looks?|be|works?) (?:much |way |even |a lot )?(?:better|nicer|good|great|cool|best) (?:${COMPARATIVES}|in (?:${STYLES})|without|cropped)\\b|\\bwonder(?:ing)? (?:how|what|if)\\b.*\\b(?:${NAMED})\\b|\\bhow would (?:it|this|that) look\\b`,
  `^(?:it|this|that) (?:could|should) be\\b|^the (?:${PARTS}) (?:could|should|needs?|lacks?)\\b|^what if\\b.*\\b(?:${NAMED})\\b`,
  // Dislikes.
  `^why is (?:it|the [a-z]+) so (?:${QUALITIES})|^is it (?:just )?(?:me or|not)\\b.*\\b(?:${QUALITIES})`,
  `\\bdo not (?:really )?like (?:it|how it|how the|the (?:[a-z]+ )?(?:${PARTS}))\\b|\\bhate (?:how )?the (?:${PARTS})\\b|\\bnot (?:a fan of|sure about|happy with) the (?:[a-z]+ )?(?:${PARTS})\\b|\\b(?:that|it) (?:is|looks) worse\\b|\\bnot what i (?:asked|wanted|meant)`,
  `^(?:fix|edit|adjust|change|tweak|improve|remove|delete|erase|crop) (?:it|this|that)\\b|^(?:undo|revert|cancel|reset) the\\b`,
].map((pattern) => new RegExp(pattern));
