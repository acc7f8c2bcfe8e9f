/** Words of a request that nothing was made of. */
export interface Leftover {
  readonly words: string;
  /**
   * `generate`: something new is to appear, go or change its nature. `object`: a thing in the
   * picture is meant that can't be told apart. `everywhere`: the same, but the wish does no harm to the
   * rest. `unknown`: not understood.
   */
  readonly reason: 'generate' | 'object' | 'everywhere' | 'unknown';
}

/** Words that carry no wish of their own. */
const FILLER = new Set(
  `a an the this that these those it its it's is are be been was as of to for in on at by with from into so too very really
  quite rather much more less most bit little lot lots some any all just only also please pls plz thanks thank you kindly hi hey hello
  bot dear can could would will you your i i'd i'll i'm me my we us our want wanted wants like love need needs needed let lets let's
  make makes making made give gives get got have has having do does doing done turn change set put apply use using keep
  go going try add look looks looking looked appear seem seems feel feels feeling image images picture pictures photo photos pic pics photograph
  shot snapshot snap scene thing everything whole entire overall one version result again now then here there up down
  slightly somewhat touch tad hair subtle subtly gently gentle lightly mildly faintly strongly strong significantly considerably
  extremely super way far heavily heavy hard intense intensely dramatically drastically hugely massively incredibly ultra max maximum
  about around approximately approx roughly maybe perhaps possibly nice nicely good properly well enough not but or if
  effect effects filter style tone tones mode level levels amount value percent % degrees stops stop ev px pixel pixels
  color colors light lighting lights mood atmosphere vibe overall hello out off over through under both each half full even ever
  when because since which what how im its' s t re ll d ve were am same different other new final ok okay yes ye um uh well
  should must might help edit edits editing edited adjust adjusted adjusting adjustment increase increased decrease decreased reduce reduced raise lower boost
  improve improved fix fixed correct corrected enhance bring drop cut take convert produce create generate render sized size format sharp side sides part parts
  kinda tbh u ur help completely fully totally entirely tiny bump high low old clear clearly quality
  postcard taken shot captured photographed were become becomes together
  brightness exposure contrast saturation warmth temperature sharpness intense normalize normalise twice double lack lacks lacking missing times higher stronger weaker bigger smaller than before after current currently original simple simply quick quickly just`.split(
    /\s+/,
  ),
);

const GENERATE =
  /\b(?:add|insert|put|place|draw|paint|generate|create|give|include|remove|erase|delete|get rid of|take out|replace|swap|change|turn|transform|convert|make|wearing|into|dress|restyle|in the style of)\b/;
/** A photo, however it is called: "my vacation photo" is the picture, not a thing in it. */
const PICTURE =
  /(?:picture|photo|image|pic|shot|scene|photograph|snapshot|portrait|selfie|landscape|wallpaper|screenshot|frame|colors?|tones?|lighting|light|mood|look|vibe|feel|atmosphere|everything|whole thing|thing|contrast|exposure|details?|saturation)s?$/;
/** "My vacation photo" and the like, whole. */
const WHOLE_PICTURE =
  /\b(?:the|my|this|our|a|an|that|your|his|her|their) (?:[a-z'-]+ ){0,3}(?:photo|picture|image|pic|shot|photograph|snapshot|portrait|selfie)s?\b(?! of)/g;
/** What the result is for changes nothing about the wish. */
const PURPOSE = /\bfor (?:my|the|a|an|our|your)(?: [a-z'-]+){1,3}$/g;
/** Parts of pictures that need no article to be meant. */
const PARTS = new Set(
  'sky background foreground subject midtones face faces skin eyes hair person people'.split(' '),
);
const THING =
  /(?:^|\| ?|\b(?:make|turn|brighten|darken|sharpen|blur|of|to|on|in|only|just|except|except for) )((?:the|his|her|their|my|your|our|its|this|that|these|those|every|all)(?: [a-z'-]+){1,3})/;

/**
 * What is left of a clause when all that was understood is blanked out with `|`. Undefined when it
 * is but courtesy and glue.
 */
export function leftover(
  rest: string,
  somethingMatched: boolean,
  quotes: readonly string[],
): Leftover | undefined {
  const words = rest
    .replaceAll(/[^a-z0-9'%"|-]+/g, ' ')
    .replaceAll(WHOLE_PICTURE, '|')
    .replaceAll(PURPOSE, somethingMatched ? '|' : '$&')
    .trim();
  const content = words
    .split(/[\s|]+/)
    .filter((word) => word && !FILLER.has(word) && !/^[\d.'-]+[a-z%]*$/.test(word));
  if (content.length === 0) return undefined;
  const part = content.find((word) => PARTS.has(word));
  if (somethingMatched && part !== undefined) return { words: `the ${part}`, reason: 'object' };
  const named = readable(words, quotes);
  if (somethingMatched) {
    const thing = thingIn(words);
    if (thing) return { words: thing, reason: 'object' };
    return !PICTURE.test(content.at(-1) ?? '')
      ? { words: content.join(' '), reason: 'unknown' }
      : undefined;
  }
  if (!named) return undefined;
  return {
    words: named,
    reason: GENERATE.test(words) ? 'generate' : 'unknown',
  };
}

/** "The dog" in "make the dog |||||||": a thing that the wish is limited to. */
function thingIn(words: string): string | undefined {
  const phrase = THING.exec(words)?.[1];
  if (!phrase) return undefined;
  const nouns = phrase.split(' ').slice(1);
  while (nouns.length > 0 && FILLER.has(nouns.at(-1) ?? '') && !PICTURE.test(nouns.at(-1) ?? '')) {
    nouns.pop();
  }
  const head = nouns.at(-1);
  if (head === undefined || PICTURE.test(head) || FILLER.has(head)) return undefined;
  return `the ${nouns.join(' ')}`;
}

const readable = (words: string, quotes: readonly string[]): string =>
  words
    .replaceAll('|', ' ')
    .replaceAll(/"(\d+)"/g, (_, index: string) => `“${quotes[Number(index)] ?? ''}”`)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^(?:please|can you|could you|then|and|also|now) /g, '')
    .trim();
