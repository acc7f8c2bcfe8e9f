import { uniformNumbers } from '../pipeline/seeds.ts';
import { conifer, grass, n } from './trees.ts';

/** The row where the headland meets the lake. */
export const HEADLAND_WATERLINE = 690;

/** The grassy headland with its cabin and trees, as SVG. */
export function drawHeadland(): string {
  const veil = { colour: [120, 132, 160], share: 0.2 } as const;
  const behind = [
    { x: 62, height: 236 },
    { x: 118, height: 292 },
    { x: 176, height: 214 },
    { x: 232, height: 258 },
    { x: 292, height: 190 },
    { x: 540, height: 150 },
    { x: 592, height: 104 },
  ].map((tree, index) => conifer({ ...tree, base: crest(tree.x) + 10, seed: 40 + index, veil }));
  const before = [
    { x: 8, height: 330, base: 668 },
    { x: 168, height: 178, base: 672 },
    { x: 640, height: 74, base: 672 },
  ].map((tree, index) => conifer({ ...tree, seed: 70 + index }));
  return `${LIGHTS}${behind.join('')}${land()}${CABIN}${before.join('')}${rocks()}`;
}

function crest(x: number): number {
  const t = Math.max(0, Math.min(1, x / 790));
  return 608 + 78 * t ** 1.7 + 5 * Math.sin(x * 0.017);
}

function land(): string {
  let outline = `M-10 ${HEADLAND_WATERLINE}`;
  for (let x = -10; x <= 790; x += 10) outline += `L${x} ${n(crest(x))}`;
  const tufts = grass({
    from: -10,
    to: 770,
    count: 1500,
    ground: (x) => crest(x) + 2,
    depth: 62,
    height: 15,
    colours: [
      [44, 66, 34],
      [176, 178, 84],
    ],
    seed: 5,
  });
  return (
    `<path d="${outline}L790 ${HEADLAND_WATERLINE}Z" fill="url(#meadow)"/>` +
    `<clipPath id="dry"><rect x="-20" y="0" width="840" height="${HEADLAND_WATERLINE}"/></clipPath>` +
    `<g clip-path="url(#dry)">${tufts}</g>`
  );
}

/** Stones along the water's edge, which hide its ruled line. */
function rocks(): string {
  const random = uniformNumbers(9);
  let stones = '';
  for (let x = -6; x < 792; x += 5 + random() * 12) {
    const width = 6 + random() * 17;
    const height = 3 + random() * 8;
    const y = HEADLAND_WATERLINE - height * 0.55;
    const fill = random() > 0.5 ? 'url(#stone)' : 'url(#stone-dark)';
    stones += `<path d="M${n(x - width / 2)} ${n(y + height * 0.6)}Q${n(x - width * 0.4)} ${n(y - height * 0.5)} ${n(x)} ${n(y - height * 0.6)}T${n(x + width / 2)} ${n(y + height * 0.6)}Z" fill="${fill}"/>`;
  }
  return stones;
}

const LIGHTS = `
<defs>
  <linearGradient id="meadow" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#8d9350"/><stop offset=".5" stop-color="#5c7038"/><stop offset="1" stop-color="#313f2b"/>
  </linearGradient>
  <linearGradient id="stone" x1="0" y1="0" x2=".6" y2="1">
    <stop offset="0" stop-color="#b3a697"/><stop offset="1" stop-color="#4b4a52"/>
  </linearGradient>
  <linearGradient id="stone-dark" x1="0" y1="0" x2=".6" y2="1">
    <stop offset="0" stop-color="#857d79"/><stop offset="1" stop-color="#33343c"/>
  </linearGradient>
  <linearGradient id="roof" x1="0" y1="0" x2=".35" y2="1">
    <stop offset="0" stop-color="#d9503a"/><stop offset="1" stop-color="#8f2621"/>
  </linearGradient>
  <linearGradient id="wall" x1="0" y1="0" x2="1" y2="0">
    <stop offset="0" stop-color="#563c2d"/><stop offset="1" stop-color="#7d573c"/>
  </linearGradient>
  <linearGradient id="gable" x1="0" y1="0" x2="1" y2="0">
    <stop offset="0" stop-color="#a87848"/><stop offset="1" stop-color="#d39c62"/>
  </linearGradient>
  <radialGradient id="lamp"><stop offset="0" stop-color="#fff3b8"/><stop offset=".7" stop-color="#ffc94a"/><stop offset="1" stop-color="#f0a52e"/></radialGradient>
  <radialGradient id="shine"><stop offset="0" stop-color="#ffcf66" stop-opacity=".55"/><stop offset="1" stop-color="#ffcf66" stop-opacity="0"/></radialGradient>
  <filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
  <filter id="softer" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="5"/></filter>
</defs>`;

const boards = (from: number, to: number, left: number, right: number, tilt: number): string => {
  let lines = '';
  for (let y = from; y < to; y += 8) lines += `M${left} ${y}L${right} ${n(y + tilt)}`;
  return lines;
};

const tiles = (): string => {
  let lines = '';
  for (let row = 1; row < 9; row += 1) {
    const t = row / 9;
    lines += `M${n(368 - 46 * t)} ${n(512 + 75 * t)}L${n(519 - 39 * t)} ${n(510 + 79 * t)}`;
  }
  return lines;
};

const window = (x: number, y: number, width: number, height: number): string => `
  <rect x="${x - 3}" y="${y - 3}" width="${width + 6}" height="${height + 6}" fill="#3a271d"/>
  <rect x="${x}" y="${y}" width="${width}" height="${height}" fill="url(#lamp)"/>
  <path d="M${x + width / 2} ${y}v${height}M${x} ${y + height / 2}h${width}" stroke="#5a3b25" stroke-width="2"/>`;

const CABIN = `
<g>
  <path d="M458 505C448 480 470 470 461 448S480 420 470 396S492 360 480 330" fill="none" stroke="#cfd3de" stroke-width="11" stroke-opacity=".35" stroke-linecap="round" filter="url(#softer)"/>
  <ellipse cx="430" cy="676" rx="170" ry="12" fill="#141d18" opacity=".55" filter="url(#soft)"/>
  <path d="M334 584L478 586V670L334 664Z" fill="url(#wall)"/>
  <path d="${boards(594, 666, 334, 478, 2)}" stroke="#2f2018" stroke-width="1.4" opacity=".65" fill="none"/>
  <path d="M478 588L520 512L566 582V660L478 670Z" fill="url(#gable)"/>
  <path d="${boards(590, 668, 479, 565, -6)}" stroke="#7a5330" stroke-width="1.3" opacity=".55" fill="none"/>
  <path d="M450 486h22v46h-22Z" fill="#6d6461"/><path d="M461 486h11v46h-11Z" fill="#9a8c82"/><path d="M446 481h30v7h-30Z" fill="#4a4443"/>
  <path d="M318 588L368 509L522 506L480 591Z" fill="url(#roof)"/>
  <path d="${tiles()}" stroke="#611915" stroke-width="1.5" opacity=".5" fill="none"/>
  <path d="M522 506L576 584L568 590L520 517L484 594L478 590Z" fill="#6b1d19"/>
  <path d="M368 509L522 506" stroke="#f08a63" stroke-width="2.5"/>
  <path d="M334 591L478 594V603L334 599Z" fill="#1d1411" opacity=".45"/>
  <circle cx="374" cy="630" r="46" fill="url(#shine)"/><circle cx="438" cy="632" r="46" fill="url(#shine)"/>
  ${window(358, 613, 30, 30)}${window(422, 614, 30, 30)}
  <path d="M500 609L528 606V664L500 667Z" fill="#44291b"/><circle cx="523" cy="637" r="1.8" fill="#e7c98a"/>
  <circle cx="521" cy="566" r="30" fill="url(#shine)"/><circle cx="521" cy="566" r="11" fill="#4c2f1f"/><circle cx="521" cy="566" r="8.5" fill="url(#lamp)"/><path d="M521 557v18M512 566h18" stroke="#5a3b25" stroke-width="1.6"/>
  <path d="M492 669L538 663L552 672L500 679Z" fill="#8d6b48"/>
</g>`;
