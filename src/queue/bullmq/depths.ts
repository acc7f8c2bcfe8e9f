import { z } from 'zod';

import type { Depth } from '../types.ts';
import { evaluate, type TurnHome } from './script.ts';
import { DEPTHS } from './scripts/reading.ts';

const DepthsReply = z.array(z.tuple([z.string(), z.number(), z.number()]));

/** See `EditQueue.depths`. */
export async function depthsIn(home: TurnHome): Promise<Map<string, Depth>> {
  const depths = DepthsReply.parse(await evaluate(home, DEPTHS, []));
  return new Map(
    depths.map(([encoded, waiting, running]) => [
      decodeURIComponent(encoded),
      { waiting, running },
    ]),
  );
}
