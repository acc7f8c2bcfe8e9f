/** How it is written in chats → how the patterns have it. */
const WRITTEN = new Map(
  Object.entries({
    pls: 'please',
    plz: 'please',
    plss: 'please',
    thx: 'thanks',
    thnx: 'thanks',
    tnx: 'thanks',
    thks: 'thanks',
    thankyou: 'thank you',
    ty: 'thank you',
    tysm: 'thank you',
    tyvm: 'thank you',
    u: 'you',
    ur: 'your',
    r: 'are',
    n: 'and',
    k: 'ok',
    kk: 'ok',
    okay: 'ok',
    okey: 'ok',
    alright: 'ok',
    hmm: 'hm',
    hmmm: 'hm',
    mhm: 'hm',
    nvm: 'never mind',
    nevermind: 'never mind',
    nvrmind: 'never mind',
    wanna: 'want to',
    gonna: 'going to',
    gimme: 'give me',
    lemme: 'let me',
    tho: 'though',
    bc: 'because',
    cuz: 'because',
    rly: 'really',
    abit: 'a bit',
    alot: 'a lot',
    kinda: 'kind of',
    bnw: 'black and white',
    bw: 'black and white',
    backround: 'background',
    bg: 'background',
    pic: 'picture',
    pics: 'pictures',
    origanal: 'original',
    orig: 'original',
    cancle: 'cancel',
    comparision: 'comparison',
    brighther: 'brighter',
    romove: 'remove',
    grey: 'gray',
    colour: 'color',
    colours: 'colors',
    // Without their apostrophes.
    dont: 'do not',
    doesnt: 'does not',
    didnt: 'did not',
    isnt: 'is not',
    cant: 'can not',
    cannot: 'can not',
    whats: 'what is',
    thats: 'that is',
    its: 'it is',
    heres: 'here is',
    im: 'i am',
    ive: 'i have',
    lets: 'let us',
    "let's": 'let us',
    "can't": 'can not',
    "won't": 'will not',
  }),
);

/** The ends that are written with an apostrophe. */
const SHORTENED: readonly (readonly [RegExp, string])[] = [
  [/n't$/, ' not'],
  [/'d$/, ' would'],
  [/'ll$/, ' will'],
  [/'m$/, ' am'],
  [/'re$/, ' are'],
  [/'ve$/, ' have'],
  [/(?<=^(?:it|that|this|what|who|where|how|here|there|when|why))'s$/, ' is'],
];

/** Words that matter so much that a slip of the finger in them is mended. */
const MENDED =
  `undo redo stop cancel abort revert retry again never original reset compare history explain
  variations please thanks previous round version make crop brighter darker warmer cooler lighter sharper
  brighten darken sharpen rotate remove contrast saturation background picture color black white invert resize
  border saturate straighten sepia vignette exposure shadows highlights lighten different before after`.split(
    /\s+/,
  );

const SLIPS = new Map(MENDED.flatMap((word) => slipsOf(word).map((slip) => [slip, word] as const)));

/** Real words that are a slip away from one of those. */
const REAL_WORDS = new Set(
  'thank tanks variation shadow highlight inert borer pease sharer contras'.split(' '),
);

/** Words that lose more than the emphasis when letters held down are let go. */
const HELD_DOWN = new Map(
  Object.entries({
    col: 'cool',
    god: 'good',
    lok: 'look',
    swet: 'sweet',
    to: 'too',
    loks: 'looks',
    wel: 'well',
  }),
);

/** A lower-case word as the patterns have it: mended, without apostrophes; it may become several. */
export function wordsFor(word: string): string {
  const short = word.replaceAll(/(\p{L})\1{2,}/gu, '$1');
  const plain = short === word ? word : (HELD_DOWN.get(short) ?? short);
  const known = WRITTEN.get(plain);
  if (known !== undefined) return known;
  for (const [end, words] of SHORTENED) {
    if (end.test(plain)) return plain.replace(end, words);
  }
  return (REAL_WORDS.has(plain) ? undefined : SLIPS.get(plain)) ?? plain;
}

/**
 * A word with two neighbours swapped, and longer ones with a letter left out or doubled. The first
 * letter is hardly ever mistaken.
 */
function slipsOf(word: string): string[] {
  const places = Array.from({ length: word.length - 1 }, (_, index) => index + 1);
  const letter = (at: number): string => word.charAt(at);
  const swapped = places.map(
    (at) => word.slice(0, at) + letter(at + 1) + letter(at) + word.slice(at + 2),
  );
  if (word.length < 6) return swapped.filter((slip) => slip !== word);
  const shorter = places.map((at) => word.slice(0, at) + word.slice(at + 1));
  const longer = places.map((at) => word.slice(0, at) + letter(at) + word.slice(at));
  return [...swapped, ...shorter, ...longer].filter((slip) => slip !== word);
}
