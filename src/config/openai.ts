import { z } from 'zod';

import { baseUrl, headerText, names, positive, SECRET, text, whole } from './kinds.ts';
import { withoutUndefined } from './without-undefined.ts';

/** A JSON object. */
const fields = z.string().transform((json, context) => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(json));
  } catch {
    context.addIssue('it is to be a JSON object');
    return z.NEVER;
  }
});

/** What models cost: `model input output picture`, parted by commas. */
const prices = names.transform((entries, context) =>
  entries.map((entry) => {
    const [model = '', ...numbers] = entry.split(/\s+/);
    const [input = Number.NaN, output = Number.NaN, image = Number.NaN] = numbers.map(Number);
    if (numbers.length !== 3 || !(input >= 0 && output >= 0 && image >= 0)) {
      context.addIssue('each entry is to be a model and three numbers');
    }
    return { model, input, output, image };
  }),
);

/** The servers of the engine openai: one that thinks and judges, one that edits. */
export const OpenaiSettings = z
  .object({
    REASONER_URL: baseUrl.optional(),
    REASONER_API_KEY: headerText.optional().meta(SECRET),
    REASONER_MODEL: text.optional(),
    REASONER_TIMEOUT_SECONDS: positive.default(180),
    REASONER_EXTRA: fields.default({}),
    EDITOR_URL: baseUrl.optional(),
    EDITOR_API_KEY: headerText.optional().meta(SECRET),
    EDITOR_MODEL: text.optional(),
    EDITOR_TIMEOUT_SECONDS: positive.default(600),
    EDITOR_EXTRA: fields.default({}),
    EDITOR_MEGAPIXELS: positive.default(1),
    EDITOR_PREVIEWS: whole(0, 3).default(0),
    PROMPTS_DIR: text.optional(),
    PRICES: prices.default([]),
  })
  .refine(({ REASONER_URL: url, REASONER_API_KEY: key }) => url !== undefined || !key, {
    path: ['REASONER_URL'],
    error: 'REASONER_API_KEY needs the address of its server beside it',
  })
  .refine(({ EDITOR_URL: url, EDITOR_API_KEY: key }) => url !== undefined || !key, {
    path: ['EDITOR_URL'],
    error: 'EDITOR_API_KEY needs the address of its server beside it',
  });

export type OpenaiSettings = z.infer<typeof OpenaiSettings>;

export function openaiOptions(settings: OpenaiSettings): Record<string, unknown> {
  const { REASONER_URL, EDITOR_URL, PROMPTS_DIR, PRICES } = settings;
  return {
    ...(REASONER_URL !== undefined && {
      reasoner: withoutUndefined({
        url: REASONER_URL,
        apiKey: settings.REASONER_API_KEY,
        model: settings.REASONER_MODEL,
        timeoutMs: settings.REASONER_TIMEOUT_SECONDS * 1_000,
        extra: settings.REASONER_EXTRA,
      }),
    }),
    ...(EDITOR_URL !== undefined && {
      editor: withoutUndefined({
        url: EDITOR_URL,
        apiKey: settings.EDITOR_API_KEY,
        model: settings.EDITOR_MODEL,
        timeoutMs: settings.EDITOR_TIMEOUT_SECONDS * 1_000,
        extra: settings.EDITOR_EXTRA,
        megapixels: settings.EDITOR_MEGAPIXELS,
        previews: settings.EDITOR_PREVIEWS,
      }),
    }),
    prices: Object.fromEntries(PRICES.map(({ model, ...price }) => [model, price])),
    ...(PROMPTS_DIR !== undefined && { prompts: PROMPTS_DIR }),
  };
}
