/** What stands between two marks of a sentence. */
const REST = '[^,.;!?]*';

/**
 * How people say it in a chat, and the plain words for it that operations know. In normalised text,
 * with `"0"` in place of quotes.
 */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  // Reasons and stories say nothing about the wish.
  [/,? (?:and )?(?:it is|it's|its|this is|that is|that's) for (?:a|an|the|my|our) [^,.;!?]*/g, ' '],
  [
    /,? so (?:that )?(?:i|we|you|he|she|they|people|parents|everyone|everybody|customers|clients|the [a-z]+) (?:can|could|will|may)\b[^,.;!?]*/g,
    ' ',
  ],
  [/,? (?:i|we) (?:shot|took|snapped|captured) (?:it|this|that|them)\b[^,.;!?]*/g, ' '],
  [/\bto death\b|\bthe (?:heck|hell|crap) out of (it|this|that)\b/g, '$1 a lot'],

  // Slips in words too short for the spelling to be mended, and letters held down for emphasis.
  [/([a-z])\1{2,}/g, '$1'],
  [/\bfilp\b/g, 'flip'],
  [/\bteh\b/g, 'the'],
  [/\bfrm\b/g, 'from'],
  [/\bwite\b/g, 'white'],
  [/\bbalck\b/g, 'black'],
  [/\bboarders?\b/g, 'border'],
  [/\bnosie\b/g, 'noise'],
  [/\bcorp\b/g, 'crop'],
  [/\bgimme\b/g, 'give me'],
  [/\bsmol\b/g, 'small'],
  [/\bmono\b/g, 'monochrome'],
  [
    /\b(?:remove|delete|erase|cut out|take out|get rid of) the (?:background|backdrop|bg)(?: and| then|,)+ (?:make|turn|replace|fill|change|color|paint) (?:it|that|this)(?: with| to| into| in| by)?\b/g,
    'make the background',
  ],
  [/\beverything gr[ae]y\b/g, 'everything monochrome'],
  [/\b(?:wash|washed) (?:it|this) out\b/g, 'fade it'],
  [/\bon (?:a )?transparent\b(?! back)/g, 'with a transparent background'],
  [/\b(?:yeet|nuke|ditch|zap|bin|banish|vanish) (?=(?:the|my|that|this|those|all)\b)/g, 'remove '],
  [
    /\b((?:the|that|this|my|his|her|those) [a-z]+(?: [a-z]+)?|[a-z]+ on my [a-z]+) (?:gotta|has to|have to|needs to|must|should|can) go\b/g,
    'remove $1',
  ],
  [
    /\b(?:slap|stick|pop|plaster|throw|chuck|bung|whack|smack) (?:a |an |the |some )?(?:text |caption |words? )?(?="\d+")/g,
    'write ',
  ],
  [/\b(?:slap|throw|stick|pop|chuck|bung|whack|smack) (a|an|some) /g, 'add $1 '],
  [/\b(?:smoosh|smush|mash|squash|mush|bundle)\b/g, 'combine'],

  [
    /\b(?:what's|whats|what is|everything|all|the stuff|the mess) behind (?:me|her|him|us|them|it|(?:the|my) [a-z]+)\b(?! (?:out|blurr|soft))/g,
    'the background',
  ],
  [
    /\b(?:(?:glowing|bright|scary) )*(?:red pupils?|(?:laser|devil|demon|vampire|zombie) eyes?)\b/g,
    'red eyes',
  ],
  [
    /\b(more|less) (?:intense|vivid|strong|rich|saturated|vibrant) (reds?|greens?|blues?|yellows?|oranges?|purples?|pinks?)\b/g,
    '$1 saturation in the $2',
  ],
  [/\b(?:turn|convert|make) (?:it |this |that )?(?:in)?to (?:a )?positive\b/g, 'invert it'],

  // Complaints about the light.
  [
    /\b(?:the )?highlights (?:are|is|look) (?:too|to|way too|so|very) (?:strong|bright|harsh|hot|much)\b(?: (?:pleas|please|so))*(?: reduce)?/g,
    'reduce the highlights',
  ],
  [
    /\b(?:the )?shadows (?:are|is|look) (?:too|to|way too|so|very) (?:strong|dark|deep|heavy|harsh|black|much)\b/g,
    'lift the shadows',
  ],
  [
    new RegExp(
      String.raw`${REST}\b(?:can't|cannot|cant|can not|can hardly|can barely|hard to|impossible to) (?:see|make out|recogni[sz]e)\b(?! (?:the|any) difference)${REST}`,
      'g',
    ),
    ' lift the shadows',
  ],
  [
    /\b(?:(?:the|my|our|his|her|their|all) )?[a-z']+ (?:is|are|'s|looks?) (?:basically |totally |completely |way |just |all |almost )*(?:pitch[- ]black|a black hole|a (?:dark )?silhouettes?|silhouettes|invisible)\b/g,
    'lift the shadows',
  ],
  [
    /\b(?:the )?(sky|skies|window|windows|clouds|highlights)(?: is| are|'s| looks?) (?:so |too |all |totally |completely |way )*(?:nuked|blown(?: out)?|burnt(?: out)?|burned out|clipped|gone)\b/g,
    'recover the highlights',
  ],
  [
    /\b(?:recover|save|rescue|fix|restore|bring back|repair) (?:the |my |that )?(?:nuked|blown(?:[- ]out)?|burnt(?:[- ]out)?|burned[- ]out|clipped|overexposed|white) (?:sky|window|windows|clouds|highlights|areas?|parts?)(?: (?:behind|in|on|of|at) [^,.;!?]*)?/g,
    'recover the highlights',
  ],
  [
    /\b(?:bring|get|pull) (?:the |some |my )?(?:window view|view|clouds|window|detail in the (?:sky|clouds|window)) back(?: in)?\b/g,
    'recover the highlights',
  ],
  [
    /\b(?:roll off|roll back|drop|pull back|knock back|knock down|dial back|bring back|calm) the highlights\b/g,
    'reduce the highlights',
  ],
  [
    new RegExp(
      String.raw`${REST}\b(?:taken|shot|seen|looking|photographed) through (?:milk|fog|haze|smoke|a (?:dirty|foggy) (?:window|lens|glass))\b`,
      'g',
    ),
    'remove the haze',
  ],
  [
    /\b(?:needs?|give (?:it|this)|add|could use|wants?|lacks?|put|bring)(?: (?:a bit|some|a little|a lot|more|extra|of|the|back))* (?:oomph|pizzazz|zing|zhuzh|wow(?: factor)?|life|love|sparkle|va va voom)\b/g,
    'make it pop',
  ],

  // What a lens or a scan does.
  [/\bunsharp mask(?:ing)?\b|\busm\b/g, 'sharpen'],
  [/\bunsharp\b/g, 'blurry'],
  [
    /\b(?:luma|luminance|chroma|color)(?: (?:and|&) (?:luma|luminance|chroma|color))? (?:nr|noise reduction)\b|\bnr\b/g,
    'noise reduction',
  ],
  [
    /\bnoisy (sky|shadows?|background|picture|photo|image|shot|bits|parts|areas)\b/g,
    'too noisy $1',
  ],
  [
    /\b(?:(?:simulate|like|at|with|looks?|shot|as if|taken) )*f ?\/ ?(?:0\.\d+|1(?:\.\d)?|2(?:\.[0-8])?)\b(?: on an? \d+ ?mm)?/g,
    'blur the background',
  ],
  [
    new RegExp(
      String.raw`\b(?:throw |put |make |blur |get )?everything behind ${REST}?\b(?:out of focus|blurr(?:y|ed)|soft)\b|\bblur everything behind${REST}`,
      'g',
    ),
    'blur the background',
  ],
  [/\bblurr(?:y|ed)(?: [a-z]+){1,2} background\b/g, 'blurry background'],
  [/\bhei[cf]\b[^,.;!?]*\b(?:open|work|display|show|load|supported)\b/g, 'convert to jpg'],
  [/\blike in (?:the )?(?:movies|films|cinema)\b/g, 'cinematic'],

  // Mirrored and badly framed.
  [
    new RegExp(
      String.raw`${REST}\b(?:(?:are|is|looks?|look|came out|be|reads?|turned out) (?:\w+ ){0,2}(?:backwards|back to front|the wrong way (?:round|around)|reversed)|(?:facing|looking|look|face|turned|pointing|point) the (?:other|wrong|opposite) (?:way|direction))\b`,
      'g',
    ),
    'flip it',
  ],
  [
    /\b(?:chop|cut|crop|trim|slice) (?:off|out|away) (?:the |my |his |her |that |this )?(?!(?:top|bottom|left|right|\d)\b)(?:[a-z']+ ){1,3}(?:on|at|to|from) the (?:very )?(top|bottom|left|right)(?: side| edge| of (?:the |this )?(?:picture|photo|image))?\b/g,
    'crop the $1',
  ],
  [
    /\b(?:there is |there's )?(?:way )?too much (?:[a-z]+ ){1,3}(?:on|at|to) (?:the )?(top|bottom|left|right)(?: side| edge)?(?: of (?:the |this |my )?(?:picture|photo|image|shot))?/g,
    'crop the $1',
  ],

  [/\b2 thirds of a stop\b/g, '0.67 stops'],
  [/\b(?:a|1) third of a stop\b/g, '0.33 stops'],
];

/** Puts sayings of the chat into plain words. */
export function plainly(text: string): string {
  let result = text;
  for (const [pattern, words] of SAYINGS) result = result.replaceAll(pattern, words);
  return result.replaceAll(/\s+/g, ' ').trim();
}
