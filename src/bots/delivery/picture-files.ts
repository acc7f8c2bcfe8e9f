import { encodeResult } from '../../image/result.ts';
import { fileExtension, formatName } from '../../image/formats.ts';
import { renditionOf } from '../../image/rendition.ts';
import type { EncodedImage } from '../../image/types.ts';
import type { Call } from '../../pipeline/types.ts';
import type { ImageStore } from '../../store/types.ts';
import { picturesOf, type ChatMessage, type Picture } from '../messages.ts';
import { plainLine } from '../plain-text.ts';
import type { Sentences } from '../sentences.ts';
import { hasCode } from './patience.ts';
import type {
  AdapterCapabilities,
  ChatAdapter,
  Destination,
  NamedFile,
  Painting,
  PictureFile,
} from '../types.ts';

type FileLimits = NonNullable<AdapterCapabilities['files']>;

/** What files may be in a place; undefined where the adapter takes references. */
export function fileLimits(
  adapter: Pick<ChatAdapter, 'capabilities' | 'maxFileBytes'>,
  destination: Destination,
): FileLimits | undefined {
  const { files } = adapter.capabilities;
  return files && { ...files, maxBytes: adapter.maxFileBytes?.(destination) ?? files.maxBytes };
}

/** Longest side of what is there for a look, pixels. */
const SMALL_SIDE = 1_600;

/**
 * A message with its pictures as files that the platform takes; without limits it takes references.
 * @throws {AppError} `ATTACHMENT_TOO_LARGE`; what the image store throws.
 */
export async function paintingOf(
  message: ChatMessage,
  images: Pick<ImageStore, 'get'>,
  limits: FileLimits | undefined,
  sentences: Sentences,
  call: Call,
): Promise<Painting> {
  if (!limits) return { message };
  const files: PictureFile[] = [];
  for (const [index, picture] of picturesOf(message).entries()) {
    const image = await images.get(picture.image, call);
    const name = nameOf(message, picture, index);
    files.push(await fileOf(picture, image, name, limits, sentences, call));
  }
  return files.length > 0 ? { message, files } : { message };
}

async function fileOf(
  { size, format }: Picture,
  image: EncodedImage,
  name: string,
  { maxBytes, shownFormats: formats }: FileLimits,
  sentences: Sentences,
  call: Call,
): Promise<PictureFile> {
  if (size === 'small') {
    const limits = { maxBytes, formats, maxSide: SMALL_SIDE };
    return { shown: named(name, await renditionOf(image, limits, call)) };
  }
  const whole = await inFormat(image, format, call);
  const shown = await renditionOf(whole, { maxBytes, formats }, call);
  if (shown === whole) return { shown: named(name, shown) };
  if (whole.bytes.length <= maxBytes) {
    return { shown: named(name, shown), original: named(name, whole) };
  }
  const note = sentences.shownSmaller(described(shown), described(whole));
  return { shown: named(name, shown), note: plainLine(note) };
}

/** A picture in a format; as it is where that can’t hold it. */
export async function inFormat(
  image: EncodedImage,
  format: Picture['format'],
  call: Call,
): Promise<EncodedImage> {
  if (format === undefined || format === image.format) return image;
  try {
    return await encodeResult(image, format, call);
  } catch (error) {
    if (hasCode(error, 'NOT_SUPPORTED')) return image;
    throw error;
  }
}

const named = (name: string, image: EncodedImage): NamedFile => ({
  name: `${name}.${fileExtension(image.format)}`,
  image,
});

const described = ({ format, width, height }: EncodedImage): string =>
  `${width} × ${height} ${formatName(format)}`;

function nameOf(message: ChatMessage, picture: Picture, index: number): string {
  switch (message.kind) {
    case 'status':
      return 'preview';
    case 'round':
      return `round-${message.round}`;
    case 'final':
      // As the round’s own, so that platforms can show one file twice.
      return picture === message.picture ? `round-${message.round}` : 'before';
    case 'note':
      return `picture-${index + 1}`;
  }
  return message satisfies never;
}
