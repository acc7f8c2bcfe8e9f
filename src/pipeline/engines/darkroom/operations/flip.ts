import { matchOf } from '../language/match.ts';
import type { Operation } from '../operation.ts';
import { oneOf, phrase } from '../phrase.ts';

const WORDS =
  /\b(?:flip(?:ped)?|mirror(?:ed)?|reflect(?:ed)?|reverse)\b(?: (?:it|this|that|the (?:picture|photo|image)))?(?: (?:over|image))?(?: (?:from )?(horizontally|vertically|horizontal|vertical|left to right|left-right|right to left|sideways|upsidedown|top to bottom|up to down)| (?:along|on|across) (?:the |its )?(horizontal|vertical|x|y)(?:[- ]axis)?)?/;

/** Mirrors the picture. */
export const flip: Operation = {
  name: 'flip',
  offer: 'mirror it',
  order: 10,
  regional: false,
  phrase: phrase('Mirror {region} {way}', { way: oneOf('left to right', 'top to bottom') }),
  work: {
    kind: 'move',
    move: ({ sharp, ...canvas }, { way }) => ({
      ...canvas,
      sharp: way === 'left to right' ? sharp.flop() : sharp.flip(),
    }),
  },
  match(clause) {
    const found = WORDS.exec(clause.text);
    if (!found) return undefined;
    const direction = found[1] ?? found[2] ?? '';
    const upright = /vertical|upsidedown|top|up to/.test(direction);
    const way = upright ? 'top to bottom' : 'left to right';
    return matchOf(found, {
      operation: 'flip',
      plan: ({ width, height }) => ({
        params: { way },
        goals: [
          { metric: 'width', at: width, within: 0 },
          { metric: 'height', at: height, within: 0 },
          { metric: 'likeness', atLeast: 98 },
        ],
        why: `I mirror it ${way}.`,
      }),
    });
  },
};
