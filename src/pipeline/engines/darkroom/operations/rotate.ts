import { matchOf } from '../language/match.ts';
import type { Canvas, Operation } from '../operation.ts';
import { openPixels, toPixels } from '../pixels/pixels.ts';
import { decimal, phrase, round } from '../phrase.ts';

const DEGREES = String.raw`(?:by )?([+-]?\d+(?:\.\d+)?)(?: ?degrees)?`;
const WAY = String.raw`(clockwise|counterclockwise|(?:to the )?(?:left|right))`;
const ROTATE = new RegExp(
  String.raw`\b(?:rotate|turn|tilt|spin)(?:d)?(?: (?:it|this|that|the|my))?(?: (?:picture|photo|image))?(?: around)?(?: (?:${WAY} ${DEGREES}|${DEGREES}(?: ${WAY})?|${WAY}))\b|\b(-?\d+(?:\.\d+)?) degrees(?: ${WAY})?|\brotate(?:d)?(?: (?:it|this|that|the|my))?(?: (?:picture|photo|image))?\b`,
);
const UPSIDE_DOWN =
  /\b(?:rotate |turn |spin )?(?:it |this |that )?(?:upsidedown|around 180|half (?:a )?turn|on its head)\b/;
const QUARTER = /\b(?:25% (?:of a )?turn|on its side|sideways)\b/;

/** Up to this angle a turned picture is cropped to what has no empty corners. */
const CROPPED_DEGREES = 25;

/** Turns the picture, clockwise for positive degrees. */
export const rotate: Operation = {
  name: 'rotate',
  offer: 'rotate it',
  order: 10,
  regional: false,
  phrase: phrase('Rotate {region} clockwise by {degrees} degrees', { degrees: decimal(1) }),
  work: { kind: 'move', move: (canvas, params) => turn(canvas, Number(params['degrees'])) },
  match(clause) {
    const upsideDown = UPSIDE_DOWN.exec(clause.text);
    if (upsideDown && !/\bflip|\bmirror/.test(clause.text)) return matchOf(upsideDown, wish(180));
    const sideways = QUARTER.exec(clause.text);
    if (sideways) return matchOf(sideways, wish(/left|counter/.test(clause.text) ? -90 : 90));
    const found = ROTATE.exec(clause.text);
    if (!found) return undefined;
    const [, way1, degrees1, degrees2, way2, way3, degrees3, way4] = found;
    const degrees = Number(degrees1 ?? degrees2 ?? degrees3 ?? 90);
    const way = way1 ?? way2 ?? way3 ?? way4 ?? '';
    return matchOf(found, wish(/left|counter/.test(way) ? -degrees : degrees));
  },
};

const wish = (asked: number) => ({
  operation: 'rotate',
  plan: (photo: { width: number; height: number }) => {
    const degrees = normalized(asked);
    if (degrees === 0) return { nothing: 'A full turn leaves it as it is.' };
    const { size, cropped } = turnedSize(photo, degrees);
    const way = degrees < 0 ? 'counterclockwise' : 'clockwise';
    return {
      params: { degrees },
      goals: [
        { metric: 'width' as const, at: size.width, within: 0 },
        { metric: 'height' as const, at: size.height, within: 0 },
        { metric: 'likeness' as const, atLeast: 95 },
      ],
      why: `I turn it by ${Math.abs(degrees)} degrees${degrees === 180 ? '' : ` ${way}`}${cropped ? ' and crop away the empty corners' : degrees % 90 === 0 ? '' : '; the corners that open are white'}.`,
    };
  },
});

/** -180 < degrees ≤ 180. */
const normalized = (degrees: number): number => {
  const turned = round(((degrees % 360) + 360) % 360, 1);
  return turned > 180 ? round(turned - 360, 1) : turned;
};

function turnedSize(
  { width, height }: { width: number; height: number },
  degrees: number,
): { size: { width: number; height: number }; cropped: boolean } {
  if (degrees % 180 === 0) return { size: { width, height }, cropped: false };
  if (degrees % 90 === 0) return { size: { width: height, height: width }, cropped: false };
  const angle = (Math.abs(degrees) * Math.PI) / 180;
  const sin = Math.abs(Math.sin(angle));
  const cos = Math.abs(Math.cos(angle));
  if (Math.abs(degrees) <= CROPPED_DEGREES) {
    const scale = Math.min(
      width / (width * cos + height * sin),
      height / (width * sin + height * cos),
    );
    return {
      size: {
        width: Math.max(1, Math.floor(width * scale)),
        height: Math.max(1, Math.floor(height * scale)),
      },
      cropped: true,
    };
  }
  return {
    size: {
      width: Math.ceil(width * cos + height * sin),
      height: Math.ceil(width * sin + height * cos),
    },
    cropped: false,
  };
}

/** Turns a picture clockwise; by small angles it is cropped to what has no empty corners. */
export async function turn({ sharp, size, full, deep }: Canvas, degrees: number): Promise<Canvas> {
  const to = turnedSize(size, degrees);
  const turned = { size: to.size, full: turnedSize(full, degrees).size, deep };
  if (degrees % 90 === 0) return { sharp: sharp.rotate(degrees), ...turned };
  // libvips rounds the turned canvas as it likes: its real size is known only afterwards.
  const spun = await toPixels(sharp.rotate(degrees, { background: '#ffffff' }), deep);
  const width = Math.min(to.size.width, spun.width);
  const height = Math.min(to.size.height, spun.height);
  const cut = openPixels(spun).extract({
    left: Math.floor((spun.width - width) / 2),
    top: Math.floor((spun.height - height) / 2),
    width,
    height,
  });
  return {
    ...turned,
    sharp:
      width === to.size.width && height === to.size.height
        ? cut
        : openPixels(await toPixels(cut, deep)).resize({ ...to.size, fit: 'fill' }),
  };
}
