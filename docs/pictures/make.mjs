// Makes the pictures of the documentation with the product itself: `npm run pictures`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const WIDTH = 640;
const GAP = 8;

const folder = mkdtempSync(join(tmpdir(), 'reasonedit-pictures-'));
try {
  execFileSync(process.execPath, [MAIN, 'demo', '--json'], { cwd: folder, stdio: 'ignore' });
  const names = ['scene.jpg', 'round-1.png', 'final.jpg'];
  const tiles = await Promise.all(
    names.map((name) =>
      sharp(join(folder, 'out', 'demo', name))
        .resize(WIDTH)
        .png()
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  const height = tiles[0].info.height;
  await sharp({
    create: { width: 3 * WIDTH + 2 * GAP, height, channels: 3, background: '#ffffff' },
  })
    .composite(
      tiles.map(({ data }, index) => ({ input: data, left: index * (WIDTH + GAP), top: 0 })),
    )
    .jpeg({ quality: 84 })
    .toFile(join(HERE, 'demo.jpg'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
