import { isGrey } from '../pixels/colour-names.ts';
import type { Clause } from './clause.ts';
import { ANY_COLOUR, findMarked, markedPattern, type FoundWords } from './colour-words.ts';
import { directionOf, type Span } from './direction.ts';
import { regionIn } from './place.ts';

/** A wish that all colours lean to one. */
export interface TintRequest {
  readonly color: string;
  /** By how much, Lab units; less than 0 is away from the colour. */
  readonly lean: number;
  readonly used: readonly Span[];
}

/** What a plain "more green", "a green tint", "a green wash" and "make it green" add. */
const SHIFT = 6;
const TINT = 12;
const WASH = 24;

const COLOUR = `(${ANY_COLOUR})`;
/** A cast that is to go is white balance's business. */
const GOES =
  /\b(?:remove|fix|correct|neutrali[sz]e|get rid|take out|kill|lose|eliminate|without|no)\b/;
const GIVE = `(?:(?:add|give it|give this|give|with|apply|put|use|make it|want|in|a|an|some|the|of|nice|cool|warm|soft|slight|slightly|subtle|strong|light|bit of|little|hint of|touch of|more) )*`;
const KIND = '(?:tint(?:ed)?|tones?|toned|cast|hue|tinge|glow|toning|light|shade|haze)';
const STRONG_KIND = '(?:wash|overlay|filter|gel|monotone|duplex)';
const WEAK_FORM = markedPattern(
  String.raw`\b${GIVE}${COLOUR}[- ](?:color )?${KIND}(?![\w-])(?: to| on| over| in| of)?`,
);
const WASH_FORM = markedPattern(
  String.raw`\b${GIVE}${COLOUR}[- ](?:color )?${STRONG_KIND}(?![\w-])(?: to| on| over| in| of)?`,
);
const WHOLE =
  '(?:it|this|them|everything|all of it|the (?:whole |entire )?(?:picture|photo|image|thing|scene|colors?|tint|hue|white balance))';
const HOW =
  '(?: (?:in|with|into|to|towards?|look|more|a|an|bit|little|slightly|lightly|strongly|heavily|very|really|all|completely|entirely|totally))*';
/** A verb, what it is said of, and the colour: the whole picture, or words that say where. */
const VERB_FORM = markedPattern(
  String.raw`\b(tint|tinge|bathe|drench|wash|colori[sz]e|tone|shift|push|nudge|move)(?: ${WHOLE}|( (?:the|my) [a-zCGT -]{2,30}?))?${HOW} ${COLOUR}(?: light| tones?)?(?![\w-])`,
);
const BECOME_FORM = markedPattern(
  String.raw`\b(make|turn|color|paint)(?: ${WHOLE}|( (?:the|its) [a-zCGT -]{2,30}?))${HOW} ${COLOUR}(?: all over)?$`,
);
/** "Tint +20", as in raw developers: magenta is plus. */
const SLIDER = /\btint(?: by| to|:| =)? ?([+-]\d{1,3})\b/;

/** Colours for "more …" and "too …"; blue and yellow to red are warmth's. */
const LEANING =
  'green|magenta|purple|pink|teal|cyan|turquoise|violet|lavender|lilac|aqua|mint|lime';
const SAID_OF = String.raw`(?<=\b(?:more|less|too|so|bit|little|much|slightly|very|as|looks?|looking|is|it's|(?:reduce|lower|cut|decrease|increase|boost|raise|add)(?: the| some)?) )`;
const DIMENSION = {
  nouns: '(?!)',
  more: String.raw`${SAID_OF}(?:${LEANING})|green(?:er|ish)|pink(?:er|ish)|purpl(?:er|ish)|magenta-?ish|teal-?ish`,
  less: '(?!)',
};
const STEM: Readonly<Record<string, string>> = {
  green: 'green',
  pink: 'pink',
  purpl: 'purple',
  magen: 'magenta',
  teal: 'teal',
};

/** What verbs ask for, where it is not a wash. */
const VERB_STRENGTHS: Readonly<Record<string, number>> = {
  tint: TINT * 1.3,
  tinge: TINT,
  colorize: TINT * 1.3,
  colorise: TINT * 1.3,
  tone: SHIFT,
  shift: SHIFT,
  push: SHIFT,
  nudge: SHIFT / 2,
  move: SHIFT,
};
/** Only by verbs of tinting are things told apart from their light. */
const TINTED_PLACES: ReadonlySet<string> = new Set(['sky', 'subject', 'green', 'blue', 'skin']);

/** The words of a form without those that say where, if these do. */
function saidOfPlace(found: FoundWords | undefined) {
  if (!found) return undefined;
  const { from, to } = found;
  const [, verb = '', place, color = ''] = found.words;
  if (isGrey(color)) return undefined;
  if (place === undefined) return { verb, color, used: [{ from, to }] };
  const { region } = regionIn(place);
  if (!(verb in VERB_STRENGTHS) && (region === 'picture' || TINTED_PLACES.has(region))) {
    return undefined;
  }
  const middle = from + verb.length;
  return {
    verb,
    color,
    used: [
      { from, to: middle },
      { from: middle + place.length, to },
    ],
  };
}

/** Reads which colour a picture is to lean to; undefined where a clause says nothing of the kind. */
export function tintRequest(clause: Clause): TintRequest | undefined {
  const { text, amount } = clause;
  const scale = amount.percent === undefined ? amount.scale : Math.abs(amount.percent) / 30;
  const slider = SLIDER.exec(text);
  if (slider) {
    return {
      color: 'magenta',
      lean: Number(slider[1]) * 0.4,
      used: [{ from: slider.index, to: slider.index + slider[0].length }],
    };
  }
  const strengthOf = (base: number) => base * Math.min(3, scale);
  if (!GOES.test(text) && !/\b(?:less|too)\b/.test(text)) {
    const said =
      saidOfPlace(findMarked(VERB_FORM, text)) ?? saidOfPlace(findMarked(BECOME_FORM, text));
    if (said) return { ...said, lean: strengthOf(VERB_STRENGTHS[said.verb] ?? WASH) };
    for (const [form, base] of [
      [WASH_FORM, WASH],
      [WEAK_FORM, TINT],
    ] as const) {
      const found = findMarked(form, text);
      const color = found?.words[1];
      if (!found || color === undefined || isGrey(color)) continue;
      return { color, lean: strengthOf(base), used: [found] };
    }
  }
  const direction = directionOf(clause, DIMENSION);
  if (!direction) return undefined;
  const { from, to } = direction.used;
  const word = text.slice(from, to);
  const stem = Object.keys(STEM).find((start) => word.startsWith(start));
  const color = stem === undefined ? word : (STEM[stem] ?? word);
  return { color, lean: direction.sign * strengthOf(SHIFT), used: [direction.used] };
}
