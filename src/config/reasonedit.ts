import { z } from 'zod';

import { positive, whole } from './kinds.ts';
import { withoutUndefined } from './without-undefined.ts';

/** The native engine. */
export const ReasoneditSettings = z.object({
  REASONEDIT_CHECKPOINT: z.string().optional(),
  REASONEDIT_PROVIDER: z.enum(['cuda', 'webgpu', 'cpu']).default('cuda'),
  REASONEDIT_MEMORY_GIGABYTES: positive.default(80),
  REASONEDIT_STEPS: whole(1, 200).default(28),
  REASONEDIT_GUIDANCE: z.coerce.number().min(1).max(30).default(6),
  REASONEDIT_SIZE: whole(64, 1_536).default(1_024),
  REASONEDIT_AS_REFERENCE: z.stringbool().default(false),
});

export type ReasoneditSettings = z.infer<typeof ReasoneditSettings>;

export const reasoneditOptions = (settings: ReasoneditSettings) =>
  withoutUndefined({
    checkpoint: settings.REASONEDIT_CHECKPOINT,
    provider: settings.REASONEDIT_PROVIDER,
    memoryBytes: settings.REASONEDIT_MEMORY_GIGABYTES * 1e9,
    steps: settings.REASONEDIT_STEPS,
    guidance: settings.REASONEDIT_GUIDANCE,
    size: settings.REASONEDIT_SIZE,
    asReference: settings.REASONEDIT_AS_REFERENCE,
  });
