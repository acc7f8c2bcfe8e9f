import { createHash } from 'node:crypto';
import { extname } from 'node:path';

import sharp from 'sharp';

import type { FakeFile, SentFile } from './records.ts';
import type { World } from './world.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.heic': 'image/heic',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the platform makes of a file's name. */
const cleaned = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_') || 'unknown';

/** Keeps a file. Its pixels are measured where they can be, as the platform does. */
export async function keepFile(
  world: World,
  channelId: string,
  { name, bytes, description }: SentFile,
  isEphemeral = false,
): Promise<FakeFile> {
  const buffer = Buffer.from(bytes);
  const mediaType = MEDIA_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  const size = mediaType.startsWith('image/')
    ? await sharp(buffer)
        .metadata()
        .catch(() => undefined)
    : undefined;
  const file: FakeFile = {
    id: world.snowflakes.next(),
    channelId,
    name: cleaned(name),
    bytes: buffer,
    mediaType,
    isEphemeral,
    ...(size && { width: size.width, height: size.height }),
    ...(description !== undefined && { description }),
  };
  world.files.set(file.id, file);
  return file;
}

/** Where the bytes of a file are, for as long as links hold. */
export function linkTo(world: World, file: FakeFile): string {
  const folder = file.isEphemeral ? 'ephemeral-attachments' : 'attachments';
  const name = encodeURIComponent(file.name);
  return signed(world, `${world.cdnUrl}/${folder}/${file.channelId}/${file.id}/${name}`);
}

/** The address of a file with leave to get it for a while. */
export function signed(world: World, address: string): string {
  const hex = (ms: number) => Math.floor(ms / 1_000).toString(16);
  const now = world.clock.now();
  const hash = createHash('sha256').update(address).digest('hex');
  return `${address}?ex=${hex(now + world.limits.linkMs)}&is=${hex(now)}&hm=${hash}&`;
}
