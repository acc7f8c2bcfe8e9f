import { z } from 'zod';

import { baseUrl, headerText, names, SECRET, text } from './kinds.ts';

/** What requests and results are checked by. */
export const SafetySettings = z
  .object({
    MODERATION_URL: baseUrl.optional(),
    MODERATION_API_KEY: headerText.optional().meta(SECRET),
    MODERATION_MODEL: text.default('omni-moderation-latest'),
    REFUSED_WORDS: names
      .refine((words) => words.every((word) => /[\p{L}\p{N}]/u.test(word)), {
        error: 'each entry needs a letter or a digit',
      })
      .default([]),
  })
  .refine(({ MODERATION_URL: url, MODERATION_API_KEY: key }) => url !== undefined || !key, {
    path: ['MODERATION_URL'],
    error: 'MODERATION_API_KEY needs the address of its server beside it',
  });

export type SafetySettings = z.infer<typeof SafetySettings>;
