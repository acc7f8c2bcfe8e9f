import { describe, expect, it } from 'vitest';

import { tiltOf, type Tilt } from '../../../../../src/pipeline/engines/darkroom/measure/tilt.ts';
import { drawn, measured, noisy, normals, painted, turned } from '../../../../support/drawn.ts';

const WIDTH = 720;
const HEIGHT = 480;

async function tiltOfDrawing(shapes: string, grain = 6): Promise<Tilt | undefined> {
  return tiltOf(await measured(noisy(await drawn(WIDTH, HEIGHT, shapes), grain)));
}

const sea = (sky: string, water: string): string =>
  `<rect x="-400" y="-400" width="1600" height="610" fill="${sky}"/><rect x="-400" y="210" width="1600" height="800" fill="${water}"/><circle cx="420" cy="120" r="40" fill="#fff6d8"/>`;

const town = `<rect x="-400" y="-400" width="1600" height="1600" fill="#a8bccd"/>${[
  60, 190, 330, 455, 590,
]
  .map(
    (x, index) =>
      `<rect x="${x}" y="${90 + ((index * 67) % 140)}" width="82" height="700" fill="#${['6d5a50', '877766', '54504e', '7b6a62', '5d666e'][index]}"/>`,
  )
  .join('')}`;

describe('the tilt of made pictures', () => {
  const angles = [-18, -9.4, -3.7, -1, 0, 0.6, 2, 5.3, 12, 17.5];

  it.each(angles)('a horizon turned by %d degrees', async (degrees) => {
    const tilt = await tiltOfDrawing(turned(degrees, WIDTH, HEIGHT, sea('#9db9d4', '#3a5a70')));
    expect(tilt?.from).toBe('horizon');
    expect(Math.abs((tilt?.degrees ?? NaN) - degrees)).toBeLessThan(0.3);
    expect(tilt?.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it.each([-4.2, 0, 2.6])(
    'a faint horizon in strong grain, turned by %d degrees',
    async (degrees) => {
      const shapes = turned(degrees, WIDTH, HEIGHT, sea('#929da5', '#7a858d'));
      const tilt = await tiltOfDrawing(shapes, 8);
      expect(Math.abs((tilt?.degrees ?? NaN) - degrees)).toBeLessThan(0.3);
      expect(tilt?.confidence).toBeGreaterThanOrEqual(0.5);
    },
  );

  it.each(angles)('a town turned by %d degrees', async (degrees) => {
    const tilt = await tiltOfDrawing(turned(degrees, WIDTH, HEIGHT, town));
    expect(tilt?.from).toBe('verticals');
    expect(Math.abs((tilt?.degrees ?? NaN) - degrees)).toBeLessThan(0.3);
    expect(tilt?.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it.each([-6, 0, 3])(
    'towers seen from below, which lean together, turned by %d degrees',
    async (degrees) => {
      const towers = [-300, -190, -80, 60, 170, 290]
        .map(
          (x) =>
            `<path d="M${360 + x} 560 L${360 + x * 0.72} 60 h38 L${398 + x} 560 Z" fill="#5b5048"/>`,
        )
        .join('');
      const ground = '<rect x="-400" y="-400" width="1600" height="1600" fill="#b9c6d2"/>';
      const tilt = await tiltOfDrawing(turned(degrees, WIDTH, HEIGHT, ground + towers));
      expect(Math.abs((tilt?.degrees ?? NaN) - degrees)).toBeLessThan(1.5);
    },
  );
});

describe('pictures without straight lines', () => {
  const random = normals(99);
  const expectUnsure = async (tilt: Promise<Tilt | undefined>): Promise<void> => {
    expect((await tilt)?.confidence ?? 0).toBeLessThan(0.5);
  };

  it('round things', () =>
    expectUnsure(
      tiltOfDrawing(
        '<rect width="720" height="480" fill="#556"/><circle cx="360" cy="240" r="190" fill="#c9a98c"/><circle cx="280" cy="200" r="30" fill="#222"/><circle cx="430" cy="200" r="30" fill="#222"/><ellipse cx="360" cy="330" rx="70" ry="24" fill="#833"/>',
      ),
    ));

  it('a person before a plain wall', () =>
    expectUnsure(
      tiltOfDrawing(
        '<rect width="720" height="480" fill="#a9a49b"/><path d="M180 480 Q200 330 320 310 L330 270 Q270 200 300 120 Q360 50 430 120 Q460 200 400 270 L410 310 Q530 330 560 480 Z" fill="#7a4e3c"/><path d="M295 130 Q360 20 440 140 Q360 90 295 130 Z" fill="#2c211b"/>',
      ),
    ));

  it('a meadow of blades', () => {
    const blades = Array.from({ length: 900 }, () => {
      const x = 360 + random() * 260;
      const y = 260 + random() * 160;
      return `<path d="M${x} ${y} q${random() * 9} -20 ${random() * 14} -46" stroke="#${random() > 0 ? '4c6b2c' : '86a04a'}" stroke-width="3" fill="none"/>`;
    });
    return expectUnsure(
      tiltOfDrawing(`<rect width="720" height="480" fill="#5f7d38"/>${blades.join('')}`),
    );
  });

  it('noise alone', () =>
    expectUnsure(tiltOfDrawing('<rect width="720" height="480" fill="#888"/>', 30)));

  it('tree tops against the sky are not taken for a crooked horizon', async () => {
    const trees = Array.from({ length: 60 }, (_, index) => {
      const x = index * 13 - 20;
      const top = 200 + random() * 22;
      return `<path d="M${x} 480 L${x} ${top + 40} L${x + 11} ${top} L${x + 24} ${top + 44} V480 Z" fill="#2f4227"/>`;
    });
    const tilt = await tiltOfDrawing(
      `<rect width="720" height="480" fill="#b7c8d6"/>${trees.join('')}`,
    );
    const actedOn = (tilt?.confidence ?? 0) >= 0.5 ? Math.abs(tilt?.degrees ?? NaN) : 0;
    expect(actedOn).toBeLessThan(1.5);
  });

  it.each([
    [1, 1],
    [1, 2000],
    [2000, 1],
    [63, 800],
  ])('%d × %d pixels', async (width, height) => {
    const pixels = painted({ width, height }, (x, y) => [x / width, y / height, 0.5]);
    expect(tiltOf(await measured(pixels))).toBeUndefined();
  });

  it('a single tone', async () => {
    expect(
      tiltOf(await measured(painted({ width: 300, height: 200 }, () => [1, 1, 1]))),
    ).toBeUndefined();
  });
});

it('frames and bars around a picture do not hide that it is crooked', async () => {
  const bars =
    '<rect width="720" height="6" fill="#000"/><rect y="474" width="720" height="6" fill="#000"/>';
  const tilt = await tiltOfDrawing(turned(4, WIDTH, HEIGHT, sea('#9db9d4', '#3a5a70')) + bars);
  expect(Math.abs((tilt?.degrees ?? NaN) - 4)).toBeLessThan(0.3);
});
