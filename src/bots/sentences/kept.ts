import type { Kept } from '../../pipeline/keep/types.ts';
import type { Formats } from './formats.ts';

/** What was put back of the picture before an edit, in one language. */
export interface KeptWords {
  readonly size: string;
  /** @param offset Such as "5 px" or "5 px, 1.5 %". */
  readonly place: (offset: string) => string;
  readonly pixels: (share: string) => string;
  /** All that a mask kept from changing. */
  readonly outside: string;
  /** @param parts One to four of the above, as a list. */
  readonly all: (parts: string) => string;
}

export function keptBy(
  { size, place, pixels, outside, all }: KeptWords,
  { list, number, percent }: Formats,
): (kept: Kept) => string {
  const offset = ({ x, y, zoom }: NonNullable<Kept['moved']>): string => {
    const zoomed = number(100 * Math.abs(zoom - 1));
    const shift = `${Math.round(Math.hypot(x, y))} px`;
    return zoomed === number(0) ? shift : `${shift}, ${zoomed} %`;
  };
  return ({ resizedFrom, moved, restored, outsideMask }) => {
    const parts = [
      resizedFrom && size,
      moved && place(offset(moved)),
      restored === undefined ? undefined : pixels(percent(restored)),
      outsideMask === undefined ? undefined : outside,
    ];
    return all(list(parts.filter((part) => part !== undefined)));
  };
}
