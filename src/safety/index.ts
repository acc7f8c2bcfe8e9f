import type { SafetySettings } from '../config/safety.ts';
import { inspectionCopy } from '../image/inspection.ts';
import type { ContentCheck } from '../queue/types.ts';
import { openModeration } from './moderation.ts';
import { refusedWordsTest } from './refused-words.ts';

/** The check that the settings ask for; undefined where they ask for none. */
export function openContentCheck({
  MODERATION_URL: url,
  MODERATION_API_KEY: apiKey,
  MODERATION_MODEL: model,
  REFUSED_WORDS: words,
}: SafetySettings): ContentCheck | undefined {
  const holdsRefusedWords = refusedWordsTest(words);
  if (url === undefined) {
    return words.length > 0 ? { allowsText: async (text) => !holdsRefusedWords(text) } : undefined;
  }
  const isFlagged = openModeration({ url, model, ...(apiKey !== undefined && { apiKey }) });
  return {
    async allowsText(text, call) {
      if (holdsRefusedWords(text)) return false;
      // Servers take no empty input.
      return text.trim() === '' || !(await isFlagged(text, call));
    },
    async allowsImage(image, call) {
      const copy = Buffer.from(await inspectionCopy(image, call)).toString('base64');
      const picture = { url: `data:image/jpeg;base64,${copy}` };
      return !(await isFlagged([{ type: 'image_url', image_url: picture }], call));
    },
  };
}
