import sharp from 'sharp';

import { renderScene } from '../../../src/demo/scene.ts';
import type { OwnFile } from './person.ts';

/** What people post: the project's own picture, small. */
export async function lakePhoto(): Promise<OwnFile> {
  const { bytes } = await renderScene();
  return { name: 'lake.png', bytes: await sharp(bytes).resize(360).png().toBuffer() };
}
