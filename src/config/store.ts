import { z } from 'zod';

import { SECRET, text, whole } from './kinds.ts';

/** Where conversations are kept, and pictures without a bucket; what of them, and for how long. */
export const StoreSettings = z.object({
  DATA_DIR: text.default('./data'),
  // Its password is in it.
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/ })
    .optional()
    .meta(SECRET),
  RETENTION_DAYS: whole(0).default(90),
  AUDIT_TEXT: z.stringbool().default(false),
});

export type StoreSettings = z.infer<typeof StoreSettings>;
