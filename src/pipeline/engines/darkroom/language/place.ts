import type { Region } from '../pixels/region.ts';

const SIDES =
  /\b(?:(?:in|on|at|of|to|across|near|only|just) )*(?:the |its )?(?:top(?: (?:half|part|third|area|portion|side|section|edge))?|bottom(?: (?:half|part|third|area|portion|side|section|edge))?|(?:upper|lower) (?:half|part|third|area|portion|side|section|edge)|(?:left|right)(?:[- ]hand)?(?: (?:half|part|third|area|portion|side|section|edge))?|center)(?: (?:of (?:the |this |it|my )?(?:picture|photo|image|frame|shot)?|only|alone))?\b/;

/** Finds which part of the picture a wish is about, and takes the words for it out. */
export function regionIn(text: string): { region: Region; rest: string } {
  const found = SIDES.exec(text);
  if (!found) return { region: 'picture', rest: text };
  const [words] = found;
  const region: Region = /upper|top/.test(words)
    ? 'top'
    : /lower|bottom/.test(words)
      ? 'bottom'
      : /left/.test(words)
        ? 'left'
        : /right/.test(words)
          ? 'right'
          : 'center';
  return {
    region,
    rest:
      text.slice(0, found.index) +
      '|'.repeat(words.length) +
      text.slice(found.index + words.length),
  };
}
