import { CHINESE_WORDS } from './chinese.ts';
import { ENGLISH_WORDS } from './english.ts';
import { FRENCH_WORDS } from './french.ts';
import { GERMAN_WORDS } from './german.ts';
import { JAPANESE_WORDS } from './japanese.ts';
import { SPANISH_WORDS } from './spanish.ts';
import type { Words } from './types.ts';

/** All languages but English. */
export const TRANSLATIONS: readonly Words[] = [
  GERMAN_WORDS,
  FRENCH_WORDS,
  SPANISH_WORDS,
  JAPANESE_WORDS,
  CHINESE_WORDS,
];

/** The words that a person reads; English where there are none in their language. */
export function wordsFor(locale: string | undefined): Words {
  const language = locale?.split('-')[0];
  const found =
    TRANSLATIONS.find(({ locales }) => locale !== undefined && locales.includes(locale)) ??
    TRANSLATIONS.find(({ locales }) => locales.some((one) => one.split('-')[0] === language));
  return found ?? ENGLISH_WORDS;
}

export { ENGLISH_WORDS };
export { SUGGESTIONS, type Named, type Words } from './types.ts';
