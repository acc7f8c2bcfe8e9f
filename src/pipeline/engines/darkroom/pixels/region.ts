/** The parts of a picture that an operation can be limited to. */
export const REGIONS = ['picture', 'top', 'bottom', 'left', 'right', 'center'] as const;

export type Region = (typeof REGIONS)[number];

/** How a region is called in an instruction. */
const NAMES = {
  picture: 'the picture',
  top: 'the top half',
  bottom: 'the bottom half',
  left: 'the left half',
  right: 'the right half',
  center: 'the center',
} as const satisfies Record<Region, string>;

/** Width of the soft edge as a share of the picture's side. */
const FEATHER = 0.12;

export const writeRegion = (region: Region): string => NAMES[region];

export function readRegion(words: string): Region | undefined {
  return REGIONS.find((region) => NAMES[region] === words);
}

/** How much of a change a point gets, 0 to 1; x and y from 0 (left, top) to 1. */
export function regionWeight(region: Region, x: number, y: number): number {
  switch (region) {
    case 'picture':
      return 1;
    case 'top':
      return ramp(0.5 - y);
    case 'bottom':
      return ramp(y - 0.5);
    case 'left':
      return ramp(0.5 - x);
    case 'right':
      return ramp(x - 0.5);
    case 'center':
      return ramp(0.32 - Math.hypot(x - 0.5, y - 0.5));
  }
  return region satisfies never;
}

/** 0 to 1 across the feathered edge, smooth at both ends. */
function ramp(distance: number): number {
  const t = Math.min(1, Math.max(0, distance / FEATHER + 0.5));
  return t * t * (3 - 2 * t);
}
