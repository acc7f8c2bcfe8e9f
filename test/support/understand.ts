import { BUILT_IN_LOOKS } from '../../src/pipeline/engines/darkroom/looks/built-in.ts';
import {
  understand as understandIn,
  type Understanding,
} from '../../src/pipeline/engines/darkroom/understand.ts';

/** Reads a request as the engine does that no operator has added looks to. */
export const understand = (prompt: string): Understanding =>
  understandIn(prompt, { looks: BUILT_IN_LOOKS });
