import type { Box, Size } from '../pixels/box.ts';

export const LAYOUTS = ['row', 'column', 'grid', 'collage'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface Arrangement {
  readonly layout: Layout;
  /** Pictures beside one another in a grid. */
  readonly columns: number;
  /** Between the pictures and around them, pixels. */
  readonly gap: number;
}

export interface Tiles {
  readonly size: Size;
  /** One for each picture, in their order. */
  readonly tiles: readonly Box[];
}

/** A picture in a row is enlarged no more than this to be as high as the others. */
const MOST_ENLARGED = 2;

/**
 * Where pictures lie in a montage. In a row all are of one height and in a column of one width,
 * each in its own shape. In a grid all tiles are alike, and a last line of fewer pictures stands in
 * the middle; in a collage such a line is as wide as the others.
 */
export function tilesOf(sizes: readonly Size[], arrangement: Arrangement): Tiles {
  switch (arrangement.layout) {
    case 'row':
      return row(sizes, arrangement.gap);
    case 'column': {
      const turned = row(sizes.map(turn), arrangement.gap);
      return { size: turn(turned.size), tiles: turned.tiles.map(turnBox) };
    }
    case 'grid':
    case 'collage':
      return grid(sizes, arrangement);
  }
  return arrangement.layout satisfies never;
}

const turn = ({ width, height }: Size): Size => ({ width: height, height: width });
const turnBox = ({ left, top, width, height }: Box): Box => ({
  left: top,
  top: left,
  width: height,
  height: width,
});

function row(sizes: readonly Size[], gap: number): Tiles {
  const heights = sizes.map(({ height }) => height);
  const height = Math.min(Math.max(...heights), Math.round(Math.min(...heights) * MOST_ENLARGED));
  let left = gap;
  const tiles = sizes.map((size) => {
    const width = Math.max(1, Math.round((size.width * height) / size.height));
    const tile = { left, top: gap, width, height };
    left += width + gap;
    return tile;
  });
  return { size: { width: left, height: height + 2 * gap }, tiles };
}

function grid(sizes: readonly Size[], { layout, columns, gap }: Arrangement): Tiles {
  const across = Math.min(columns, sizes.length);
  // The mean shape, as the eye takes it: 2 : 1 and 1 : 2 make a square.
  const logs = sizes.map(({ width, height }) => Math.log(width / height));
  const ratio = Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length);
  const areas = sizes.map(({ width, height }) => width * height);
  const area = Math.min(Math.max(...areas), Math.min(...areas) * MOST_ENLARGED ** 2);
  const width = Math.max(1, Math.round(Math.sqrt(area * ratio)));
  const height = Math.max(1, Math.round(Math.sqrt(area / ratio)));
  const inner = across * width + (across - 1) * gap;
  const tiles = sizes.map((_, index) => {
    const line = Math.floor(index / across);
    const inLine = Math.min(across, sizes.length - line * across);
    const column = index - line * across;
    const top = gap + line * (height + gap);
    if (layout === 'grid') {
      const indent = Math.round(((across - inLine) * (width + gap)) / 2);
      return { left: gap + indent + column * (width + gap), top, width, height };
    }
    const from = Math.round((column * (inner + gap)) / inLine);
    const to = Math.round(((column + 1) * (inner + gap)) / inLine) - gap;
    return { left: gap + from, top, width: Math.max(1, to - from), height };
  });
  const lines = Math.ceil(sizes.length / across);
  return {
    size: { width: inner + 2 * gap, height: lines * (height + gap) + gap },
    tiles,
  };
}

/** The same at another scale; neighbours stay neighbours. */
export function scaledTiles({ size, tiles }: Tiles, scale: number): Tiles {
  const at = (value: number): number => Math.round(value * scale);
  return {
    size: { width: Math.max(1, at(size.width)), height: Math.max(1, at(size.height)) },
    tiles: tiles.map(({ left, top, width, height }) => ({
      left: at(left),
      top: at(top),
      width: Math.max(1, at(left + width) - at(left)),
      height: Math.max(1, at(top + height) - at(top)),
    })),
  };
}
