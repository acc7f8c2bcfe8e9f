// Makes the pictures of the documentation with the product itself: `npm run pictures`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

import { createEngine } from '../../dist/pipeline/engines/darkroom/index.js';
import { reasonEdit } from '../../dist/pipeline/loop.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const GAP = 8;
/** Behind what is transparent or smaller than its tile, so that white borders show. */
const PAGE = '#e4e6ea';

/** Requests for the sheet of edits; each is made by the darkroom on the project's own picture. */
const WELL_EXPOSED = 'fix the white balance, make it a lot brighter with more contrast';
const EDITS = [
  'the picture',
  'a lot brighter, fix the white balance',
  'more contrast and clarity',
  'black and white, film grain',
  'sepia with a vignette',
  'duotone in navy and gold',
  'add fog',
  'make the blue parts green',
  'everything grey but the red',
  'darken the sky a lot',
  'posterize to 4 levels',
  'rounded corners',
  'crop it square, white border',
  'pixelate the bottom left',
  'write "Evening" at the top',
  'make it a polaroid',
];

const LOOKS = [
  'golden hour',
  'film noir',
  '1970s postcard',
  'moonlit night',
  'cyberpunk',
  'faded polaroid',
  'cold winter morning',
  'foggy morning',
  'sunset',
  'horror',
  'pastel',
  'cyanotype',
];

/** Tiles in rows, on white. */
async function sheet(tiles, columns, file) {
  const width = Math.max(...tiles.map(({ info }) => info.width));
  const height = Math.max(...tiles.map(({ info }) => info.height));
  const rows = Math.ceil(tiles.length / columns);
  await sharp({
    create: {
      width: columns * (width + GAP) - GAP,
      height: rows * (height + GAP) - GAP,
      channels: 3,
      background: '#ffffff',
    },
  })
    .composite(
      tiles.map(({ data }, index) => ({
        input: data,
        left: (index % columns) * (width + GAP),
        top: Math.floor(index / columns) * (height + GAP),
      })),
    )
    .jpeg({ quality: 84 })
    .toFile(join(HERE, file));
}

const tile = (input, width) =>
  sharp(input).resize(width).png().toBuffer({ resolveWithObject: true });

/** A picture of this size on white, with its request below. */
async function labelled(bytes, request) {
  const size = { width: 300, height: 200 };
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="26"><text x="150" y="18" font-family="DejaVu Sans, sans-serif" font-size="13" text-anchor="middle" fill="#333">${request.replaceAll('"', '&quot;')}</text></svg>`;
  const picture = await sharp(bytes)
    .flatten({ background: PAGE })
    .resize({ ...size, fit: 'contain', background: PAGE })
    .png()
    .toBuffer();
  return sharp({ create: { width: 300, height: 226, channels: 3, background: '#ffffff' } })
    .composite([
      { input: picture, left: 0, top: 0 },
      { input: Buffer.from(text), left: 0, top: 200 },
    ])
    .png()
    .toBuffer({ resolveWithObject: true });
}

async function edited(engine, source, prompt) {
  const request = { prompt, source, latest: source, references: [], history: [] };
  const call = { signal: new AbortController().signal };
  const turn = reasonEdit(engine, { ...request, maxRounds: 3, seed: 0 }, call);
  for (;;) {
    const next = await turn.next();
    if (!next.done) continue;
    const { rounds, best, thought } = next.value;
    const round = rounds.find(({ round: number }) => number === best?.round);
    if (!round) throw new Error(`${prompt}: ${JSON.stringify(thought)}`);
    return round.image.bytes;
  }
}

/** A file or its bytes as the engine takes pictures, at the size that the sheets need. */
async function asPicture(input) {
  const { data, info } = await tile(input, 900);
  return { bytes: data, format: 'png', width: info.width, height: info.height };
}

const folder = mkdtempSync(join(tmpdir(), 'reasonedit-pictures-'));
try {
  execFileSync(process.execPath, [MAIN, 'demo', '--json'], { cwd: folder, stdio: 'ignore' });
  const made = (name) => join(folder, 'out', 'demo', name);
  const names = ['scene.jpg', 'round-1.png', 'final.jpg'];
  await sheet(await Promise.all(names.map((name) => tile(made(name), 640))), 3, 'demo.jpg');

  const scene = await asPicture(made('scene.jpg'));
  const engine = await createEngine({ name: 'darkroom', options: {} });
  const source = await asPicture(await edited(engine, scene, WELL_EXPOSED));
  for (const [requests, file] of [
    [EDITS, 'darkroom.jpg'],
    [LOOKS, 'looks.jpg'],
  ]) {
    const tiles = [];
    for (const request of requests) {
      const bytes =
        request === 'the picture' ? source.bytes : await edited(engine, source, request);
      tiles.push(await labelled(bytes, request));
    }
    await sheet(tiles, 4, file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
