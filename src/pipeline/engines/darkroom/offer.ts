import { AUTO_OFFER } from './operations/auto.ts';
import { OPERATIONS } from './operations/index.ts';

const OFFERS = [...new Set(OPERATIONS.map(({ offer }) => offer)), AUTO_OFFER];
const LAST_OFFER = OFFERS.at(-1) ?? '';

/** What this engine can do, as one sentence. */
export const CAN_DO = `I can ${OFFERS.slice(0, -1).join(', ')}, or ${LAST_OFFER}.`;

/** The same in short, for those who asked for something else. */
export const CAN_DO_IN_SHORT =
  'I can change light and color, moods, parts of the picture (the sky, the background, a color, a corner …), shape and size, frames and text, spots, and the file; “what can you do?” lists it all.';
