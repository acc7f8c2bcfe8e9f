import { z } from 'zod';

import { withoutUndefined } from './without-undefined.ts';

export const DarkroomSettings = z.object({ DARKROOM_LOOKS: z.string().optional() });

export type DarkroomSettings = z.infer<typeof DarkroomSettings>;

export const darkroomOptions = ({ DARKROOM_LOOKS: looks }: DarkroomSettings) =>
  withoutUndefined({ looks });
