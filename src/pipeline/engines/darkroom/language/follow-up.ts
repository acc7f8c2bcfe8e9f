import { normalize } from './normalize.ts';
import { correctSpelling } from './spelling.ts';

/** What a request says of the turn before it. */
export type FollowUp =
  /** All of the last turn, or the part of it that `of` names, stronger or weaker: times `factor`. */
  | { readonly kind: 'scale'; readonly factor: number; readonly of?: string }
  /** The last turn once more, on its own result. */
  | { readonly kind: 'again' }
  /** The last turn without the part that `of` names. */
  | { readonly kind: 'without'; readonly of: string }
  /** A request that starts from the picture that the conversation began with. */
  | { readonly kind: 'restart'; readonly prompt: string };

const POLITE = String.raw`(?:(?:hm+|ok|okay|well|nice|good|great|cool|perfect|thanks|thank you|no|nope|yes|yeah|and|but|now|please|maybe|hey|oh|i think|i'd like|i would like|i want|can you|could you|can we|let's|make it|just|actually|that's|that is|it's|it is|this is|still|looks?|love it|like it)[,.! ]+)*`;
const THAT = String.raw`(?: (?:of )?(?:that|it|this|those|the (?:effect|change|edit|look|same)|please|then|now|again|for me))*`;
const END = String.raw`[ .!?]*$`;

const LITTLE = String.raw`(?:(?:just )?(?:a )?(?:little bit|tiny bit|wee bit|bit|little|touch|tad|hair|smidge|slightly|somewhat)|slightly)`;
const MUCH = String.raw`(?:much|way|a lot|lots|far|considerably|significantly|a good deal)`;
const TOO = String.raw`(?:too|a bit too|a little too|way too|much too|far too)`;
const STRENGTH = String.raw`(?:much|strong|intense|heavy|extreme|hard|harsh|obvious|aggressive|overdone|far)`;

const whole = (words: string): RegExp => new RegExp(`^${POLITE}(?:${words})${THAT}${END}`);

/** Whole requests that scale all of the last turn. */
const SCALES: readonly (readonly [RegExp, number])[] = [
  [
    whole(
      String.raw`half(?: (?:of|as (?:much|strong)))?|50%(?: (?:of|as much|less))?|half the (?:strength|amount|effect)`,
    ),
    0.5,
  ],
  [
    whole(
      String.raw`twice(?: (?:as (?:much|strong)))?|double|2x|double the (?:strength|amount|effect)`,
    ),
    2,
  ],
  [whole(String.raw`${LITTLE} (?:less|weaker|subtler|softer|gentler|more subtle)`), 0.7],
  [whole(String.raw`${LITTLE} (?:more|stronger|further)`), 1.35],
  [whole(String.raw`${MUCH} (?:less|weaker|more subtle)`), 0.35],
  [whole(String.raw`(?:${MUCH}|even ${MUCH}) (?:more|stronger|further)`), 2],
  [whole(String.raw`(?:way|much|far) ${TOO} ?${STRENGTH}|(?:way|far|much) too ${STRENGTH}`), 0.4],
  [
    whole(
      String.raw`${TOO} ${STRENGTH}|overdone|over the top|overkill|not (?:so|that|as) ${STRENGTH}`,
    ),
    0.55,
  ],
  [
    whole(
      String.raw`less|weaker|more subtle|subtler|gentler|tone (?:it|that|this) down(?: ${LITTLE})?|(?:dial|scale|pull|ease|turn) (?:it|that|this) (?:back|down|off)(?: ${LITTLE})?|ease (?:up|off)|less of|reduce|go easier|soften`,
    ),
    0.6,
  ],
  [
    whole(
      String.raw`(?:even |some |still )?(?:more|stronger|further)|more of|not (?:strong |much |far |quite )?enough|(?:do|push|take|turn|dial|crank) (?:it |that |this )?(?:more|further|up)|go further|keep going|more intense|intensify|increase|stronger effect`,
    ),
    1.6,
  ],
];

const AGAIN = whole(
  String.raw`(?:do |apply |repeat |try )?(?:it |that |this |the same(?: thing)? )?(?:again|once more|1 more time|another time|1 more|repeat)|repeat|same again|the same again|do the same(?: thing)?(?: (?:here|to this(?: one)?|for this(?: one)?|with this(?: one)?))?|same(?: (?:here|for this(?: one)?|thing))?`,
);

/** "Less fog", "a bit more grain", "too much vignette", "the text smaller". */
const SCALE_OF: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`^${POLITE}${LITTLE} less (?:of the )?(.{2,40}?)${END}`), 0.65],
  [new RegExp(`^${POLITE}${LITTLE} more (?:of the )?(.{2,40}?)${END}`), 1.35],
  [new RegExp(`^${POLITE}${MUCH} less (?:of the )?(.{2,40}?)${END}`), 0.35],
  [new RegExp(`^${POLITE}${MUCH} more (?:of the )?(.{2,40}?)${END}`), 2],
  [new RegExp(`^${POLITE}${TOO} (?:much|strong|heavy|many) (?:of the )?(.{2,40}?)${END}`), 0.5],
  [
    new RegExp(
      `^${POLITE}(?:less|reduce|lower|weaken|decrease|soften|not so much|not as much) (?:of )?(?:the )?(.{2,40}?)${END}`,
    ),
    0.55,
  ],
  [
    new RegExp(
      `^${POLITE}(?:even )?(?:more|increase|strengthen|boost|raise) (?:of )?(?:the )?(.{2,40}?)${END}`,
    ),
    1.6,
  ],
  [new RegExp(`^${POLITE}(?:the )?(.{2,30}?) (?:is |are |looks? )?${TOO} ${STRENGTH}${END}`), 0.55],
  [
    new RegExp(
      `^${POLITE}(?:the )?(.{2,30}?) (?:is |are )?(?:not (?:strong |visible )?enough|too (?:weak|subtle|faint))${END}`,
    ),
    1.6,
  ],
];

const WITHOUT = new RegExp(
  `^${POLITE}(?:(?:the )?same(?: (?:thing|again))?,? )?(?:(?:but )?without|no|lose|drop|skip|undo|take (?:off|away|out)|get rid of|remove|leave out|cancel|revert|not) (?:the |that |any |all )?(.{2,40}?)(?: again| (?:please|though|this time))*${END}`,
);

const RESTART =
  /^(?:(?:hm+|ok|okay|no|nope|please|now|let's|can you|could you|just|actually)[,.! ]+)*(?:(?:start(?:ing)? (?:over|again|fresh|from scratch)|from scratch|scrap (?:that|it|this|all)|forget (?:that|it|all (?:of )?(?:that|this)|everything)|go back to the (?:original|start|beginning|first (?:one|picture|photo|image))|back to the (?:original|start|beginning|first (?:picture|photo|image))|revert to the original|use the original|(?:with|on|from|take) the original(?: (?:picture|photo|image|one))?)[,:;. ]*(?:and |but |then |this time )*)(.*)$/is;
const ON_ORIGINAL =
  /^(.{3,}?),? (?:starting |but )?(?:from|on|to|using|with) the original(?: (?:picture|photo|image|one))?[ .!]*$/is;

const SAME_BUT =
  /^(?:(?:the )?same(?: (?:thing|again|as before))?|(?:just )?like (?:that|this|before)|as before),? (?:but|only|just|and|except)?,? ?/i;

/** Reads what a request says of the turn before; undefined when it stands by itself. Pure. */
export function followUpIn(prompt: string): FollowUp | undefined {
  // Not normalised: what follows may hold the text of a caption.
  const restart = RESTART.exec(prompt.trim());
  if (restart) return { kind: 'restart', prompt: restart[1] ?? '' };
  const original = ON_ORIGINAL.exec(prompt.trim());
  if (original) return { kind: 'restart', prompt: original[1] ?? '' };
  const text = correctSpelling(normalize(prompt));
  for (const [pattern, factor] of SCALES) if (pattern.test(text)) return { kind: 'scale', factor };
  if (AGAIN.test(text)) return { kind: 'again' };
  const without = WITHOUT.exec(text)?.[1];
  if (without !== undefined) return { kind: 'without', of: without };
  for (const [pattern, factor] of SCALE_OF) {
    const of = pattern.exec(text)?.[1];
    if (of !== undefined) return { kind: 'scale', factor, of };
  }
  return undefined;
}

/** "Same but darker" asks for "darker": the result has all the rest already. */
export const withoutSameBut = (prompt: string): string => prompt.replace(SAME_BUT, '');
