import { fillRequest } from '../language/fill-request.ts';
import type { Operation } from '../operation.ts';
import { colour, phrase } from '../phrase.ts';
import { colourCalled } from '../pixels/colour-names.ts';
import { writeRegion } from '../pixels/region.ts';

/** Covers a part of the picture, most often what is behind the subject, with one plain colour. */
export const fill: Operation = {
  name: 'fill',
  offer: 'put a plain color behind it',
  // Last of all: no other change of color is to touch it.
  order: 29,
  regional: true,
  phrase: phrase('Fill {region} with plain {color}', { color: colour }),
  work: {
    kind: 'colour',
    stage: ({ color }) => {
      const [red, green, blue] = colourCalled(String(color));
      return {
        mix: (row) => {
          for (let at = 0; at < row.length; at += 3) {
            row[at] = red;
            row[at + 1] = green;
            row[at + 2] = blue;
          }
        },
      };
    },
  },
  match({ text }) {
    const request = fillRequest(text);
    if (!request) return undefined;
    const { color, region, used } = request;
    return {
      used,
      wishes: [
        {
          operation: 'fill',
          ...(region && { region }),
          plan: (_photo, area) => {
            if (!area.mask) {
              return {
                nothing: `Filling all of it with ${color} would leave nothing of the picture; name a part of it, such as its background.`,
              };
            }
            return {
              params: { color },
              goals: [{ metric: 'fillDistance', atMost: 6 }],
              why: `I cover ${writeRegion(area.region)} with plain ${color} and leave the rest as it is.`,
            };
          },
        },
      ],
    };
  },
};
