import { z } from 'zod';

import { positive, SECRET } from './kinds.ts';

/** Where requests wait, how long, and how long a worker that ends may take over the one in hand. */
export const QueueSettings = z.object({
  // Its password is in it.
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .meta(SECRET),
  QUEUE_DEADLINE_SECONDS: positive.default(3_600),
  SHUTDOWN_SECONDS: positive.default(20),
});
