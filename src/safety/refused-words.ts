/** Written without spaces: no word ends where a letter does, so each one counts as a word. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

const WORD = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}]\\p{M}*)+`, 'gu');

/**
 * Accents, Hebrew points and Arabic vowel signs, without which the words are still read; and what is
 * not seen at all. Other marks, as the vowels of Indian scripts, make other words.
 */
const IGNORED =
  /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670]|\p{Default_Ignorable_Code_Point}/gu;

/**
 * A test of texts for words and phrases. Whole words only: “ass” is not in “glass”, nor “art” in
 * “party”. Case, accents and what stands between the words of a phrase make no difference.
 * @param entries Words and phrases with a letter or digit in each.
 */
export function refusedWordsTest(entries: readonly string[]): (text: string) => boolean {
  const phrases = entries.map(inWords);
  return (text) => {
    const words = inWords(text);
    return phrases.some((phrase) => words.includes(phrase));
  };
}

/** The words of a text in their plainest form, a space around each. */
function inWords(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(IGNORED, '')
    // Upper case first: it makes one form of ß and ss, and of σ and ς.
    .toUpperCase()
    .toLowerCase();
  return ` ${(plain.match(WORD) ?? []).join(' ')} `;
}
