import { uniformNumbers } from '../pipeline/seeds.ts';
import { conifer, grass, n } from './trees.ts';

const WIDTH = 1600;
const HEIGHT = 1067;

/** The near bank with grass, wild flowers and a dark tree that frames the view, as SVG. */
export function drawBank(): string {
  let outline = `M0 ${HEIGHT}`;
  for (let x = 0; x <= WIDTH; x += 10) outline += `L${x} ${n(ground(x))}`;
  return `
    <defs><linearGradient id="bank" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#2c3c26"/><stop offset="1" stop-color="#0d140f"/>
    </linearGradient></defs>
    ${conifer({ x: 1528, base: 1010, height: 720, seed: 91 })}
    <path d="${outline}L${WIDTH} ${HEIGHT}Z" fill="url(#bank)"/>
    ${blades(1700, 62, 3)}${flowers()}${blades(420, 84, 4)}${blades(90, 150, 6)}`;
}

/** Low on the left, rising to the right. */
function ground(x: number): number {
  const rise = Math.max(0, (x - 640) / 960) ** 1.5 * 118;
  return 1030 - rise - 22 * Math.max(0, 1 - x / 420) + 6 * Math.sin(x * 0.013);
}

const blades = (count: number, height: number, seed: number): string =>
  grass({
    from: -20,
    to: WIDTH + 20,
    count,
    ground: (x) => ground(x) + 6,
    depth: 130,
    height,
    colours: [
      [18, 30, 20],
      [128, 142, 62],
    ],
    seed,
  });

const PETALS = ['#f7c92f', '#f7c92f', '#ffdf5e', '#e5392f', '#f4efe6', '#c9467f'] as const;

function flowers(): string {
  const random = uniformNumbers(17);
  return Array.from({ length: 74 }, () => {
    const x = random() ** 0.62 * WIDTH;
    const root = ground(x) + 14 + random() * 70;
    const y = root - 34 - random() * 46;
    const size = 1.8 + ((root - 900) / 160) * 3 + random() * 2;
    const petal = PETALS[Math.floor(random() * PETALS.length)] ?? PETALS[0];
    const lean = (random() - 0.5) * 12;
    const heads = [0, 72, 144, 216, 288].map(
      (turn) =>
        `<ellipse cx="0" cy="${n(-size * 0.8)}" rx="${n(size * 0.62)}" ry="${n(size)}" transform="rotate(${turn})"/>`,
    );
    return (
      `<path d="M${n(x - lean)} ${n(root)}Q${n(x)} ${n((root + y) / 2)} ${n(x)} ${n(y)}" stroke="#3f5529" stroke-width="1.6" fill="none"/>` +
      `<g transform="translate(${n(x)} ${n(y)}) scale(1 .72)" fill="${petal}">${heads.join('')}<circle r="${n(size * 0.55)}" fill="#8a4a12"/></g>`
    );
  }).join('');
}
