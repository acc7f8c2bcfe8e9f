import { z } from 'zod';

import { baseUrl, headerText, SECRET } from './kinds.ts';

/** Some of as many shards: `0,1/4`. */
const shards = z
  .string()
  .regex(/^\d{1,5}(?:,\d{1,5})*\/\d{1,5}$/, 'it is to be like 0,1/2: some shards, and of how many')
  .transform((text) => {
    const [ids = '', all = ''] = text.split('/');
    return { ids: [...new Set(ids.split(',').map(Number))], count: Number(all) };
  })
  .refine(({ ids, count: all }) => ids.every((id) => id < all), {
    error: 'shards are counted from 0, so that each is less than their number',
  });

export const DiscordSettings = z.object({
  DISCORD_TOKEN: headerText.optional().meta(SECRET),
  DISCORD_SHARDS: shards.optional(),
  DISCORD_API_URL: baseUrl.optional(),
  DISCORD_CDN_URL: baseUrl.optional(),
});
