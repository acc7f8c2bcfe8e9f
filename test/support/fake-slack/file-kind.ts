import sharp from 'sharp';

import type { FileKind } from './types.ts';

/** Media types and names by which Slack calls formats. */
const KINDS: Readonly<Record<string, readonly [mimeType: string, fileType: string]>> = {
  png: ['image/png', 'png'],
  jpg: ['image/jpeg', 'jpg'],
  jpeg: ['image/jpeg', 'jpg'],
  gif: ['image/gif', 'gif'],
  webp: ['image/webp', 'webp'],
  heic: ['image/heic', 'heic'],
  heif: ['image/heic', 'heic'],
  tif: ['image/tiff', 'tiff'],
  tiff: ['image/tiff', 'tiff'],
  avif: ['image/avif', 'avif'],
  txt: ['text/plain', 'text'],
  pdf: ['application/pdf', 'pdf'],
};

/** What Slack takes a file for: pictures are known by their bytes, the rest by its name. */
export async function fileKindOf(name: string, bytes: Uint8Array): Promise<FileKind> {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  const picture = await sharp(bytes)
    .metadata()
    .catch(() => undefined);
  const [mimeType, fileType] = KINDS[picture?.format ?? ending] ?? [
    'application/octet-stream',
    'binary',
  ];
  const { width, height } = picture ?? {};
  return {
    mimeType,
    fileType,
    ...(width !== undefined && height !== undefined && { size: { width, height } }),
  };
}
