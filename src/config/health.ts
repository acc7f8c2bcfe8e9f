import { z } from 'zod';

import { port, text } from './kinds.ts';

/** Where a process tells how it is. */
export const HealthSettings = z.object({
  HEALTH_HOST: text.default('127.0.0.1'),
  HEALTH_PORT: port.optional(),
});

export type HealthSettings = z.infer<typeof HealthSettings>;
