import { areaOf } from '../measure/area.ts';
import { attentionWithin, fromThirds } from '../measure/attention.ts';
import { barsOf, uniformBars, type BarTone } from '../measure/bars.ts';
import type { Photo } from '../measure/photo.ts';
import type { Wish } from '../operation.ts';
import type { Box } from '../pixels/box.ts';
import type { Mask } from '../pixels/mask.ts';
import { cropTighter, plannedCrop } from './crop-to.ts';

/** From this confidence on a subject that was found is believed. */
const SURE_ENOUGH = 0.5;
/** Room that is left around a subject, as a share of its sides. */
const ROOM = 0.08;
/** What is kept of each side where no subject is found. */
const ROUGHLY = 0.65;
const UNSURE = 'I can’t tell for sure what the subject is.';

/** Crops to the subject where one is found, else tighter around what catches the eye. */
export const cropToSubject: Wish = {
  operation: 'crop',
  plan: async (photo, area, references, context) => {
    const { mask, confidence } = await areaOf(photo, 'subject');
    const found = mask && confidence >= SURE_ENOUGH ? boxOf(mask, photo) : undefined;
    if (!found) return cropTighter(ROUGHLY, UNSURE).plan(photo, area, references, context);
    const box = withRoom(found, photo);
    if (box.width * box.height > 0.9 * photo.width * photo.height) {
      return { nothing: 'The subject fills the picture already.' };
    }
    return plannedCrop(
      box,
      `I crop it to ${box.width} × ${box.height} px: the subject, with a little room around it.`,
    );
  },
};

function boxOf({ width, height, weights }: Mask, photo: Photo): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      if ((weights[at] as number) < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (right < 0) return undefined;
  const [scaleX, scaleY] = [photo.width / width, photo.height / height];
  return {
    left: Math.floor(left * scaleX),
    top: Math.floor(top * scaleY),
    width: Math.ceil((right + 1 - left) * scaleX),
    height: Math.ceil((bottom + 1 - top) * scaleY),
  };
}

function withRoom({ left, top, width, height }: Box, photo: Photo): Box {
  const room = Math.round(ROOM * Math.max(width, height));
  const x = Math.max(0, left - room);
  const y = Math.max(0, top - room);
  return {
    left: x,
    top: y,
    width: Math.min(photo.width - x, left + width + room - x),
    height: Math.min(photo.height - y, top + height + room - y),
  };
}

/** Shares of the sides that a crop by the thirds may keep, the largest first. */
const KEPT = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
const PLACES = 8;
/** Near enough to a crossing of the thirds, percent of the sides. */
const ON_THIRDS = 5;
/** What losing all that catches the eye would cost, in the same percent. */
const LOSS = 25;

/** Crops so that the centre of attention comes to where two thirds cross, and little of it is lost. */
export const cropByThirds: Wish = {
  operation: 'crop',
  plan: (photo) => {
    const attention = attentionWithin(photo);
    const all = { left: 0, top: 0, width: 1, height: 1 };
    const away = (box: Box): number => fromThirds(attention(box));
    const cost = (box: Box): number => away(box) + LOSS * (1 - attention(box).share);
    if (away(all) <= ON_THIRDS) return { nothing: 'What catches the eye lies on a third already.' };
    let best = all;
    for (const kept of KEPT) {
      for (let column = 0; column <= PLACES; column += 1) {
        for (let row = 0; row <= PLACES; row += 1) {
          const left = ((1 - kept) * column) / PLACES;
          const box = { left, top: ((1 - kept) * row) / PLACES, width: kept, height: kept };
          if (cost(box) < cost(best)) best = box;
        }
      }
    }
    if (away(all) - away(best) < 2) {
      return {
        nothing: 'No crop brings what catches the eye onto a third without losing much of it.',
      };
    }
    const box = {
      width: Math.max(1, Math.round(best.width * photo.width)),
      height: Math.max(1, Math.round(best.height * photo.height)),
      left: Math.floor(best.left * photo.width),
      top: Math.floor(best.top * photo.height),
    };
    return plannedCrop(
      box,
      `I crop it to ${Math.round(best.width * 100)} % of each side, so that what catches the eye moves towards where two thirds cross.`,
      [{ metric: 'thirdsDistance', atMost: Math.max(ON_THIRDS, away(best)) + 2 }],
    );
  },
};

/** Cuts off bars of one colour, as measured. */
export const cropBars = (tone: BarTone): Wish => ({
  operation: 'crop',
  plan: (photo) => {
    const { top, right, bottom, left } = barsOf(photo, tone);
    const kind = tone === 'any' ? '' : `${tone} `;
    if (top + right + bottom + left === 0) {
      return { nothing: `I find no ${kind}bars at its sides.` };
    }
    const scale = photo.width / photo.copy.width;
    // Where a bar ends a line is a mixture, on a reduced copy as in a JPEG file.
    const cut = (lines: number): number => (lines === 0 ? 0 : Math.ceil((lines + 1) * scale));
    const box = {
      left: cut(left),
      top: cut(top),
      width: photo.width - cut(left) - cut(right),
      height: photo.height - cut(top) - cut(bottom),
    };
    if (box.width < 1 || box.height < 1)
      return { nothing: 'Nothing but bars would be left of it.' };
    const cuts = Object.entries({ top, right, bottom, left })
      .filter(([, lines]) => lines > 0)
      .map(([side, lines]) => `${cut(lines)} px at the ${side}`);
    return plannedCrop(box, `I cut off the ${kind}bars: ${cuts.join(', ')}.`, [
      { metric: 'uniformBars', atMost: uniformWithin(photo, box) + 0.5 },
    ]);
  },
});

/** What would still look like a bar within a box, since the picture itself is plain there. */
function uniformWithin(photo: Photo, box: Box): number {
  const { width, height } = photo.copy;
  const scale = width / photo.width;
  const left = Math.ceil(box.left * scale);
  const top = Math.ceil(box.top * scale);
  const columns = Math.max(1, Math.min(width - left, Math.floor(box.width * scale)));
  const rows = Math.max(1, Math.min(height - top, Math.floor(box.height * scale)));
  const part = (values: Float32Array): Float32Array =>
    Float32Array.from(
      { length: columns * rows },
      (_, index) =>
        values[(top + Math.floor(index / columns)) * width + left + (index % columns)] as number,
    );
  return uniformBars({
    ...photo,
    copy: { width: columns, height: rows, rgb: photo.copy.rgb },
    lightness: part(photo.lightness),
    a: part(photo.a),
    b: part(photo.b),
  });
}
