/** A text whose quoted parts were taken out; `"0"` stands for the first of them, and so on. */
export interface Unquoted {
  readonly text: string;
  readonly quotes: readonly string[];
}

const QUOTED =
  /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«\s?([^»]+?)\s?»|(?<=^|[\s:(])['‘]([^\n]+?)['’](?=$|[\s.,;!?)])/g;

/** Words after which a caption's text follows, even when nobody quoted it. */
const CAPTION_START =
  /\b(?:(?:add|put|place|write|insert|with|give it|include|overlay)\s+(?:(?:a|an|the|some|this|my)\s+)?(?:\w+\s+)?(?:caption|text|title|words?|heading|label)(?:\s+(?:of|saying|that says|that reads|reading))?|(?:caption|title|label)\s+(?:it|this)(?:\s+(?:as|with))?|(?:caption|text|title|heading)\s*:|(?:put|add|place|stamp)(?=\s+[©@#])|(?:saying|that says|that reads)|(?:write|type|stamp)(?!\s+(?:it|on|a|the|some|in)\b))\s*:?\s+/i;

/** Where such a text ends: at a place, a colour, a size, a further wish or the end of the sentence. */
const CAPTION_END =
  /\s+(?:(?:at|in|on|to|across|along|near|over)\s+(?:the\s+)?(?:very\s+)?(?:top|bottom|cent(?:er|re)|middle|upper|lower|left|right|corner|picture|photo|image|it\b)|in\s+(?:(?:big|small|large|bold|huge|tiny|the\s+color)\s+)?(?:white|black|red|yellow|blue|green|orange|pink|purple|gray|grey|gold|big|small|large|bold|huge|tiny)\b)|\s*[,;]\s+(?=(?:and |then |also |please )*(?:make|crop|rotate|flip|mirror|resize|brighten|darken|sharpen|blur|warm|cool|add|turn|increase|reduce|boost|lower|convert|apply|black|b&w|brighter|darker|warmer|cooler|sharper)\b)|\s+and\s+(?:make|crop|rotate|flip|resize|brighten|darken|sharpen|blur|warm|cool|add|turn|then|increase|reduce|boost|lower|convert|apply)\b|\s+then\s|[.!?]*\s*$|\n/i;

/** Takes quoted texts out, so that what they say is never read as a request. */
export function takeQuotes(prompt: string): Unquoted {
  const quotes: string[] = [];
  const keep = (quote: string): string => `"${quotes.push(quote.trim()) - 1}"`;
  const text = prompt.replaceAll(QUOTED, (_, ...groups: (string | undefined)[]) =>
    keep(groups.slice(0, 5).find((group) => group !== undefined) ?? ''),
  );
  const start = CAPTION_START.exec(text);
  if (!start) return { text, quotes };
  const from = start.index + start[0].length;
  const rest = text.slice(from);
  const end = CAPTION_END.exec(rest)?.index ?? rest.length;
  const caption = rest.slice(0, end).trim();
  if (!caption || /"\d+"/.test(caption) || /^(?:at|in|on|to|that|saying)\b/i.test(caption)) {
    return { text, quotes };
  }
  return { text: `${text.slice(0, from)}${keep(caption)}${rest.slice(end)}`, quotes };
}
