/** A text whose quoted parts were taken out; `"0"` stands for the first of them, and so on. */
export interface Unquoted {
  readonly text: string;
  readonly quotes: readonly string[];
}

const QUOTED =
  /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«\s?([^»]+?)\s?»|(?<=^|[\s:(/])['‘]([^\n]+?)['’](?=$|[\s.,;!?)/])/g;

const NOUN = String.raw`(?:caption|text|title|subtitle|words?|heading|headline|label|watermark|signature|meme|copyright(?: notice)?)`;
const SAYING = String.raw`(?:of|saying|that (?:says|reads)|which (?:says|reads)|reading|with the (?:text|words))`;
const ADJECTIVE = String.raw`(?:(?:big|large|small|tiny|huge|bold|faint|subtle|diagonal|tiled|semi-transparent|transparent|white|black|red|yellow|blue|green|gold|little|short|nice|funny|repeated|classic)\s+)`;

/** Words after which a text follows, even when nobody quoted it. */
const STARTS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:add|put|place|write|insert|with|give it|include|overlay|(?:make|turn)\s+(?:(?:it|this|that|me)\s+)?(?:into\s+)?(?=an?\s+(?:\w+\s+)?meme))\s*(?:(?:a|an|the|some|this|my)\s+)?${ADJECTIVE}*(?:\w+\s+)?${NOUN}(?:\s+${SAYING})?\s*:?\s+`,
    'i',
  ),
  /\b(?:caption|title|label|watermark|sign)\s+(?:it|this)(?:\s+(?:as|with))?\s*:?\s+/i,
  /\bwatermark(?:ed)?\s+(?:with|as|saying)\s+(?:the\s+(?:text|words)\s+)?/i,
  new RegExp(
    String.raw`\b(?:(?:top|bottom|upper|lower|first|second)\s+)?${NOUN}(?:\s+(?:at|on)\s+(?:the\s+)?(?:top|bottom))?\s*:\s*`,
    'i',
  ),
  /\b(?:top|bottom)\s+text\s+(?:is\s+|says\s+|saying\s+|reads\s+)?/i,
  /\b(?:put|add|place|stamp)\s+(?=[©@#])/i,
  /\b(?:saying|that says|that reads|which says|(?:make|have|let) it (?:say|read)|with the words?)\s*:?\s+/i,
  /\b(?:write|type|(?<!date |time )stamp|(?<!screen )print)(?:\s+(?:out|down))?(?!\s+(?:it|on|onto|over|a|an|the|some|something|in|as|this|my|text|for|at|its?)\b)\s*:?\s+/i,
  new RegExp(
    String.raw`\b[Pp]ut\s+(?:an?\s+)?${ADJECTIVE}+(?=[A-Z][^,;\n]*?\s(?:on|in|at|across|over)\s)`,
  ),
  // "Put Happy Birthday Mia on it": names begin with capitals, and effects do not.
  /\b[Pp]ut\s+(?=(?!(?:A|An|The|It|Some|More|This|These|Those|Them|All|Both|My|Text|Caption)\b)[A-Z0-9][^,;\n]*?\s(?:on|in|at|across|over)\s+(?:it|this|the\s+(?:picture|photo|image|top|bottom|cent(?:er|re)|middle|corner|upper|lower|left|right))\b)/,
];

const COLOUR = String.raw`(?:(?:light|dark|bright|pale|deep)\s+)?(?:white|black|red|yellow|blue|green|orange|pink|purple|gr[ae]y|gold(?:en)?|silver|brown|beige|cream|navy|turquoise|cyan|teal|magenta|violet|maroon|olive|ivory)|#[0-9a-f]{3,6}`;
const LETTERS = String.raw`(?:big|small|large|bold|huge|tiny|medium|outlined|boxed|plain|capital|block|semi-?\s?transparent|\d+\s?(?:px|pt|%)|the\s+colou?r|an?\s+(?:big|small|large|bold|nice)|letters|font|text|caps|${COLOUR})`;
const PLACE = String.raw`(?:top|bottom|cent(?:er|re)|middle|upper|lower|left|right|(?:\w+\s+){0,2}corner|(?:whole\s+|entire\s+)?(?:picture|photo|image|pic)|sides?|sky|frame)`;
const OTHER_WISH = String.raw`(?:make|crop|rotate|flip|mirror|resize|brighten|darken|sharpen|blur|warm|cool|add|put|turn|then|increase|reduce|boost|lower|convert|apply|round|pad|frame|give|remove|write|black (?:and|&) white|b&w|brighter|darker|warmer|cooler|sharper|sepia|vintage|(?:a |with |an? \w+ )?(?:border|frame))`;

/** Where such a text ends: at a place, a colour, a size, a further wish or the end of the sentence. */
const END = new RegExp(
  [
    String.raw`\s+(?:(?:at|in|on|onto|to|across|along|near|over|into|all over)\s+(?:the\s+)?(?:very\s+)?(?:${PLACE}\b|it(?=$|[\s.,;!?])|this(?=$|[.,;!?])))`,
    String.raw`\s+in\s+${LETTERS}(?![\w-])`,
    String.raw`\s+with\s+(?:a\s+|an\s+|some\s+)?(?:\d+\s?%|${LETTERS}|low|high|half|opacity|transparency|outline|shadow|box)(?![\w-])`,
    String.raw`\s+at\s+\d+\s?%`,
    String.raw`\s+(?:diagonally|tiled|repeatedly|faintly|semi-?transparent(?:ly)?|on top|below|underneath)(?=$|[\s.,;!?])`,
    String.raw`\s*[,;]\s+(?=(?:and |then |also |please |but )*${OTHER_WISH}\b)`,
    String.raw`\s*[,;]?\s+(?:and\s+)?(?=(?:the\s+)?(?:top|bottom|upper|lower)\s+(?:text|caption|line)\b)`,
    String.raw`\s*,\s+(?=(?:in|at|on)\s+(?:the\s+)?(?:${PLACE}|${LETTERS})\b)`,
    String.raw`\s+(?:and|then)\s+(?=${OTHER_WISH}\b)`,
    String.raw`\s+and\s+(?=[^"]*"\d+")`,
    String.raw`[.!?]*\s*$`,
    String.raw`\n`,
  ].join('|'),
  'i',
);

/** The two lines of a meme on one: "TOP / BOTTOM". */
const MEME_LINES = /\s+(?:\/|\||\/\/)\s+/;

const NO_TEXT = new RegExp(
  String.raw`^(?:(?:(?:at|in|on|onto|to|across|over)\s+(?:an?\s+|the\s+|my\s+)?(?:very\s+)?(?:${PLACE}|it|this|that|${LETTERS})|that|saying|here|there|please|my name|something|some text)(?![\w-])|(?:it|this)(?:$|\s+(?:at|in|on|to|with|as|bigger|smaller)\b))`,
  'i',
);
const MOST_TEXTS = 4;

/** Takes quoted texts out, so that what they say is never read as a request. */
export function takeQuotes(prompt: string): Unquoted {
  const quotes: string[] = [];
  const keep = (quote: string): string => `"${quotes.push(quote.trim()) - 1}"`;
  let text = prompt.replaceAll(QUOTED, (_, ...groups: (string | undefined)[]) =>
    keep(groups.slice(0, 5).find((group) => group !== undefined) ?? ''),
  );
  let from = 0;
  for (let taken = 0; taken < MOST_TEXTS; taken += 1) {
    const found = nextText(text, from);
    if (!found) break;
    const lines = /\bmeme\b/i.test(text.slice(0, found.start))
      ? text.slice(found.start, found.end).split(MEME_LINES)
      : [text.slice(found.start, found.end)];
    const kept = lines.map((line) => keep(line)).join(' / ');
    text = text.slice(0, found.start) + kept + text.slice(found.end);
    from = found.start + kept.length;
  }
  return { text, quotes };
}

/** The first text after a place that words announce and nobody quoted. */
function nextText(text: string, after: number): { start: number; end: number } | undefined {
  let best: { start: number; end: number } | undefined;
  for (const pattern of STARTS) {
    const found = pattern.exec(text.slice(after));
    if (!found) continue;
    const start = after + found.index + found[0].length;
    const rest = text.slice(start);
    const length = END.exec(rest)?.index ?? rest.length;
    const said = rest.slice(0, length);
    if (!said.trim() || /"\d+"/.test(said) || NO_TEXT.test(said)) continue;
    // Of two readings the one that begins first, and then the one with the longer introduction.
    if (!best || start + length < best.end || (start + length === best.end && start > best.start)) {
      best = { start, end: start + length };
    }
  }
  return best;
}
