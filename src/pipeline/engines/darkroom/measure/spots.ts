import { weightsAt } from '../pixels/mask.ts';
import { shapeOf } from '../pixels/region.ts';
import type { Copy } from '../vision/copy.ts';
import { findSpots, type Spot, type SpotShape } from '../vision/spots.ts';
import { standsOut } from '../vision/stands-out.ts';
import type { Area } from './area.ts';
import type { Evidence } from './goal.ts';

/** What can be healed, as an instruction calls it. */
export const DEFECTS = [
  'the spots',
  'the most striking spot',
  'the scratches',
  'the most striking scratch',
  'the row of letters',
  'the mark',
  'everything',
] as const;
export type Defect = (typeof DEFECTS)[number];

/** Stamps lie near the top or the bottom, marks near a corner: within these shares of the sides. */
const STAMP = 0.3;
const MARK = 0.35;

/** The spots that are meant, the most striking first. Of a box that is all of it, whatever is there. */
export async function spotsIn(copy: Copy, area: Area, defect: Defect): Promise<Spot[]> {
  const find = (shape: SpotShape) => findSpots(copy, area.mask, shape);
  const placed = area.mask !== undefined;
  switch (defect) {
    case 'the spots':
      return find('spots');
    case 'the most striking spot':
      return (await find('spots')).slice(0, 1);
    case 'the scratches':
      return find('lines');
    case 'the most striking scratch':
      return (await find('lines')).slice(0, 1);
    case 'the row of letters': {
      const rows = await find('letters');
      return rows.filter((row) => placed || liesNear(row, copy, 0.5, STAMP)).slice(0, 1);
    }
    case 'the mark': {
      const all = [...(await find('letters')), ...(await find('spots'))];
      return all.filter((spot) => placed || liesNear(spot, copy, MARK, MARK)).slice(0, 1);
    }
    case 'everything':
      return [boxOf(copy, area)].flatMap((spot) => spot ?? []);
  }
  return defect satisfies never;
}

/** How much of what stood out still does, as a percentage. */
export async function spotsLeft({ base, edited, area, params }: Evidence): Promise<number> {
  const [before, after] = [base.copy, edited.copy];
  if (before.width !== after.width || before.height !== after.height) return 100;
  let [was, is] = [0, 0];
  for (const spot of await spotsIn(before, area, params['what'] as Defect)) {
    was += spot.strength;
    is += standsOut(after, spot, spot.piece);
  }
  return was === 0 ? 0 : (100 * is) / Math.max(LEAST, was);
}

/** What hardly stood out may do so still. */
const LEAST = 0.3;

function liesNear({ box }: Spot, copy: Copy, across: number, down: number): boolean {
  const x = (box.left + box.width / 2) / copy.width;
  const y = (box.top + box.height / 2) / copy.height;
  return Math.min(x, 1 - x) <= across && Math.min(y, 1 - y) <= down;
}

function boxOf(copy: Copy, { region, mask }: Area): Spot | undefined {
  const shape = shapeOf(region);
  if (!mask || !('box' in shape)) return undefined;
  const weights = weightsAt(mask, copy);
  let [left, right, top, bottom] = [copy.width, -1, copy.height, -1];
  for (const [at, weight] of weights.entries()) {
    if (weight === 0) continue;
    const x = at % copy.width;
    const y = (at - x) / copy.width;
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
  }
  if (right < 0) return undefined;
  const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
  const solid = new Uint8Array(box.width * box.height).fill(255);
  const outline = { box, solid, cover: solid };
  const piece = Math.max(box.width, box.height);
  return { ...outline, piece, strength: standsOut(copy, outline, piece), parts: 1 };
}
