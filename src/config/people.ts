import { z } from 'zod';

import { names } from './kinds.ts';

/** Who may do more than others, or waits less. */
export const PeopleSettings = z.object({
  ADMINS: names.default([]),
  PRIORITY_ROLES: names.default([]),
});
