import type { ResultFormat } from '../../../../image/formats.ts';
import type { Span } from './direction.ts';

/** What is said of the file that the result is to be. */
export interface FileRequest {
  readonly format?: ResultFormat;
  /** A format that can't be written, as it was called. */
  readonly unknown?: string;
  /** 1 to 100. */
  readonly quality?: number;
  readonly maxBytes?: number;
  /** A smaller file, of no particular size. */
  readonly smaller: boolean;
  /** For a web page: any format that browsers show will do. */
  readonly web: boolean;
}

const FORMATS: Readonly<Record<string, ResultFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tif: 'tiff',
  tiff: 'tiff',
};
const WRITTEN = Object.keys(FORMATS).join('|');
const ANY_FORMAT = String.raw`\.?(?:${WRITTEN}|heic|heif|bmp|pdf|svg|psd|raw|dng|ico|jxl|jpeg xl)`;

const SOURCE = String.raw`\b(?:from )?(?:(?:a|the|this|my) )?${ANY_FORMAT}(?: (?:file|image|picture|photo))? ?(?=(?:in)?to\b|->|=>|2 )`;
const FORMAT = new RegExp(
  String.raw`(?:\b(?:as|to|into|in|is|be|want|get|need|make|with) |(?:->|=>) ?|^)?(?:(?:it|this|that|them) )?(?:(?:a|an|the) )?(?:\b(?:transparent|lossless|high quality|good|small) )?(?<![\w-])(${ANY_FORMAT})(?:'s)?(?: (?:file|format|image|picture|photo|version|copy))?(?![\w-])`,
);

const BYTES = String.raw`(\d+(?:\.\d+)?) ?(k(?:i?b|b|ilo ?bytes?)?|m(?:i?b|eg(?:a ?bytes?|s)?)?)(?![\w-])`;
const LIMIT = new RegExp(
  String.raw`(?:\b(?:shrink|reduce|re-?size|scale|squeeze|cut|bring|get|make)(?: (?:it|this|that|the (?:image|picture|photo|file)))?(?: down)? )?(?:\b(?:to be |be |is |are |stays? |keep |get |at )?(?:(?:under|below|beneath|less|smaller|lighter|lower|fewer|at most|max(?:imum)?|no (?:more|bigger|larger|heavier)|not (?:more|over|above|exceed(?:ing)?|bigger|larger)|within|up to|down to|to|into|inside|in|by|be|is|of|around|about|approximately|roughly|exactly|only|limit|target|fits?|than|(?:file ?)?size|a|an|it|the|or)[: ]+)+|[<≤=~]+ ?)?(?:about |around )?${BYTES}(?: (?:or (?:less|under|smaller|below)|max(?:imum)?|at most|tops|limit|file(?: size)?|in size|big|large|version|only))*`,
);

const QUALITY =
  /\b(?:(?:at|with|in|of|and|a|the) )*(?:quality(?: level| setting)?(?: of| to| at|:| =)? ?(\d{1,3})(?: ?%)?|q ?=? ?(\d{2,3})|(\d{1,3}) ?%? quality)\b/;
const NAMED_QUALITY: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:(?:at|with|in) )?(?:the )?(?:best|highest|max(?:imum)?|top|full|very high) (?:possible )?quality\b/,
    98,
  ],
  [/\b(?:(?:at|with|in) )?(?:a )?(?:high|good|great) quality\b/, 92],
  [/\b(?:(?:at|with|in) )?(?:a )?(?:medium|normal|average|decent) quality\b/, 75],
  [/\b(?:(?:at|with|in) )?(?:a )?(?:very )?(?:low|lower|poor|bad) quality\b/, 45],
];

const SMALLER =
  /\b(?:(?:re)?compress(?:ed|ion|ing)?|(?:smaller|reduce|shrink|lower|decrease|cut(?: down)?|minimi[sz]e|less|lighter|bring down|make|small)(?: (?:the|its|this|that|my|a))*(?: (?:image|picture|photo|pic))?(?: (?:file ?size|file|weight|kilobytes|megabytes|kbs?|mbs?|disk space|storage(?: space)?)| size of the file)(?: (?:smaller|lighter|as small as possible|small(?:er)? enough|down))?|(?:file ?size|file) (?:is |should be )?(?:(?:much |way |a lot |a bit )?(?:smaller|lighter|down|as small as possible)|too (?:big|large|heavy))|take(?:s)? up less (?:disk )?space|too (?:big|large|heavy) (?:a file |to (?:upload|send|e-?mail|post|attach)))/;
const WEB =
  /\b(?:(?:optimi[sz]e(?:d)?|prepare(?:d)?|ready|compress(?:ed)?|smaller|lighter|good|suitable|save(?:d)?|export(?:ed)?) (?:it |this |that |(?:the |this |my )(?:file|picture|image|photo) )?for (?:the |my |our |a |use on the |use on a )?(?:web ?sites?|web ?pages?|web|internet|online(?: use)?|blog|fast loading|page speed|loading speed)|web[- ]?(?:optimi[sz]ed|ready|friendly|optimi[sz]ation)|(?:load|loads|loading) (?:faster|quickly|fast))\b/;
const SERVICES: readonly (readonly [RegExp, number])[] = [
  [/\bdiscord\b/, 8_000_000],
  [/\b(?:e-?mail|e-?mailing|mail|gmail|outlook)\b/, 5_000_000],
];
/** What a small enough file is wanted for. */
const FITS_SERVICE =
  /\b(?:small enough|fits?|compress(?:ed)?|optimi[sz]e(?:d)?|make it fit|ready|file|so i can (?:send|upload|post) it|to (?:send|upload|post)) (?:it |this )?(?:for|to|into|on|in|by|via|with|under)(?: the| a)?(?: limits? (?:of|for|on))? (?:discord|e-?mail|mail|gmail|outlook)\b/;

/** Words that belong to a request for a file, and say nothing more about it. */
const AROUND =
  /\b(?:save|saved|saving|export|exported|convert|converted|conversion|output|write|encode|re-?encode|store|download|deliver|return|file ?(?:size|type|format)|filesize|file|files|format|extension|lossless(?:ly)?|transparent|without (?:losing|reducing|hurting|(?:any |much |visible )?loss (?:of|in)|sacrificing|dropping|ruining)(?: (?:any|much|too much|visible|the|its))* (?:quality|detail|sharpness)|for (?:my |the |a |an )?(?:discord|slack|telegram|whatsapp|twitter|instagram|e-?mail|web ?site|web|upload(?:ing)?|sharing|forum|avatar|profile(?: picture)?|attachment|messenger|printing|print)(?: upload| use| page)?|limit|kept?|stays?|small enough|so (?:that )?(?:i|we|they) can \w+ (?:it|this)|so (?:that )?it|as small as possible|optimi[sz]e(?:d)?)\b/g;

/** What a clause says of a file, and which of its words say it; undefined when it says nothing. */
export function fileWordsIn(
  text: string,
): { readonly request: FileRequest; readonly used: readonly Span[] } | undefined {
  const used: Span[] = [];
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(text) ?? undefined;
    if (found) used.push({ from: found.index, to: found.index + found[0].length });
    return found;
  };
  const source = take(new RegExp(SOURCE));
  const format = formatAfter(text, source?.[0].length ?? 0, source?.index ?? 0, used);
  const limit = take(LIMIT);
  const service = FITS_SERVICE.test(text)
    ? SERVICES.find(([pattern]) => pattern.test(text))
    : undefined;
  if (service) take(FITS_SERVICE);
  const web = take(WEB) !== undefined;
  const smaller = take(SMALLER) !== undefined;
  if (!format && !limit && !web && !smaller && !service) return undefined;
  const quality = qualityIn(take);
  for (const word of text.matchAll(AROUND)) {
    used.push({ from: word.index, to: word.index + word[0].length });
  }
  const maxBytes = limit ? bytesOf(limit[1] ?? '', limit[2] ?? '') : service?.[1];
  const known = format === undefined ? undefined : FORMATS[format];
  return {
    request: {
      ...(known && { format: known }),
      ...(format !== undefined && !known && { unknown: format }),
      ...(quality !== undefined && { quality }),
      ...(maxBytes !== undefined && { maxBytes }),
      smaller,
      web,
    },
    used,
  };
}

/** The format that is asked for, which stands after the one that the picture has. */
function formatAfter(
  text: string,
  length: number,
  index: number,
  used: Span[],
): string | undefined {
  const from = index + length;
  const found = FORMAT.exec(text.slice(from));
  if (!found) return undefined;
  used.push({ from: from + found.index, to: from + found.index + found[0].length });
  return found[1]?.replace('.', '');
}

function qualityIn(take: (pattern: RegExp) => RegExpExecArray | undefined): number | undefined {
  const found = take(QUALITY);
  if (found) return Math.min(100, Math.max(1, Number(found[1] ?? found[2] ?? found[3])));
  return NAMED_QUALITY.find(([pattern]) => take(pattern) !== undefined)?.[1];
}

/** A kilobyte is 1,000 bytes: who meant 1,024 gets no more than asked for either. */
const bytesOf = (amount: string, unit: string): number =>
  Math.floor(Number(amount) * (unit.startsWith('m') ? 1_000_000 : 1_000));
