import { z } from 'zod';

import { names } from './kinds.ts';

const PARTS = ['size', 'place', 'pixels'] as const;
type Part = (typeof PARTS)[number];

/** What is mended on pictures that were painted anew. */
export const KeepSettings = z.object({
  KEEP: names.pipe(z.array(z.enum([...PARTS, 'none']))).default([...PARTS]),
});

/** What is done to pictures that an engine paints anew. */
export function keepOptions({ KEEP: asked }: z.infer<typeof KeepSettings>): Record<Part, boolean> {
  const does = (part: Part) => asked.includes(part);
  return { size: does('size'), place: does('place'), pixels: does('pixels') };
}
