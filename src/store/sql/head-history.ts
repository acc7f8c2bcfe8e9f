import type { Point } from '../records.ts';

/** What a conversation has shown, in the order of rising positions. */
export type HeadHistory = readonly HeadEntry[];

export interface HeadEntry {
  readonly position: number;
  readonly point: Point;
}

/** What is shown: the entry at the position, or where that was removed the last one before it. */
export function headOf(history: HeadHistory, position: number): HeadEntry | undefined {
  return history.findLast((entry) => entry.position <= position);
}

/** Where undo leads: the last entry before the head that shows another picture. */
export function undoOf(history: HeadHistory, position: number): HeadEntry | undefined {
  const head = headOf(history, position);
  if (!head) return undefined;
  return history.findLast(
    (entry) => entry.position < head.position && !samePoint(entry.point, head.point),
  );
}

/** Where redo leads: the first entry after the head that shows another picture. */
export function redoOf(history: HeadHistory, position: number): HeadEntry | undefined {
  const head = headOf(history, position);
  return history.find(
    (entry) => entry.position > position && !(head && samePoint(entry.point, head.point)),
  );
}

export function samePoint(one: Point, other: Point): boolean {
  return one.turnId === other.turnId && one.round === other.round;
}
