import { z } from 'zod';

import { positive, whole } from './kinds.ts';

/** How much there may be of one turn, of one person's requests, and of a picture. */
export const LimitSettings = z.object({
  MAX_ROUNDS: whole(1, 10).default(3),
  TURN_DEADLINE_SECONDS: positive.default(600),
  MAX_OPEN_REQUESTS_PER_USER: whole(1, 1_000).default(5),
  DAILY_REQUESTS_PER_USER: whole(0).default(0),
  DAILY_REQUESTS: whole(0).default(0),
  MAX_IMAGE_MEGABYTES: positive.default(50),
  MAX_IMAGE_MEGAPIXELS: positive.default(100),
});
