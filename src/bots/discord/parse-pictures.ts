import {
  ComponentType,
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIUnfurledMediaItem,
} from 'discord.js';

import type { AttachmentReference } from '../types.ts';

/** What of a message may hold pictures. */
export type Illustrated = Partial<
  Pick<APIMessage, 'attachments' | 'embeds' | 'components' | 'message_snapshots'>
>;

/**
 * All files of a message, those of one that it forwards as well; where there are none the pictures that it shows
 * otherwise: those of links and of other bots. The reference of a file is its address.
 */
export function attachmentsOf(message: Illustrated): AttachmentReference[] {
  const files = [message, ...forwarded(message)].flatMap(({ attachments = [] }) =>
    attachments.map(attachmentReference),
  );
  if (files.length > 0) return files;
  const parts = [message, ...forwarded(message)];
  return unique([
    ...parts.flatMap(({ components }) => mediaIn(components)),
    ...parts.flatMap(({ embeds = [] }) => embeds.flatMap(pictureOfEmbed)),
  ]);
}

export function attachmentReference({
  url,
  filename,
  content_type: mediaType,
  size,
}: Pick<APIAttachment, 'url' | 'filename' | 'content_type' | 'size'>): AttachmentReference {
  return {
    reference: url,
    name: filename,
    ...(mediaType !== undefined && { mediaType }),
    bytes: size,
    isSpoiler: filename.startsWith('SPOILER_'),
  };
}

/** A file that somebody gave the address of. */
export function linkReference(address: string): AttachmentReference {
  const name = URL.canParse(address) ? new URL(address).pathname.split('/').at(-1) : undefined;
  // Whatever its name: its bytes tell what it is.
  return { reference: address, name: name || 'picture', mediaType: 'image/*', isSpoiler: false };
}

const forwarded = ({ message_snapshots = [] }: Illustrated): readonly Illustrated[] =>
  message_snapshots.map(({ message }) => message as Illustrated);

function pictureOfEmbed({ image, thumbnail }: APIEmbed): AttachmentReference[] {
  const picture = image ?? thumbnail;
  const url = picture?.proxy_url ?? picture?.url;
  return url === undefined ? [] : [linkReference(url)];
}

function mediaIn(components: unknown): AttachmentReference[] {
  if (Array.isArray(components)) return components.flatMap(mediaIn);
  if (typeof components !== 'object' || components === null) return [];
  const {
    type,
    items,
    media,
    components: inner,
    accessory,
  } = components as {
    readonly type?: ComponentType;
    readonly items?: readonly { media: APIUnfurledMediaItem; spoiler?: boolean }[];
    readonly media?: APIUnfurledMediaItem;
    readonly components?: unknown;
    readonly accessory?: unknown;
  };
  if (type === ComponentType.MediaGallery) {
    return (items ?? []).flatMap((item) => mediaReference(item.media, item.spoiler));
  }
  if (type === ComponentType.Thumbnail && media) return mediaReference(media, false);
  return [...mediaIn(inner), ...mediaIn(accessory)];
}

function mediaReference(media: APIUnfurledMediaItem, isSpoiler = false): AttachmentReference[] {
  const { url, content_type: mediaType } = media;
  if (!/^https?:/.test(url)) return [];
  return [{ ...linkReference(url), isSpoiler, ...(mediaType != null && { mediaType }) }];
}

const unique = (references: readonly AttachmentReference[]): AttachmentReference[] => [
  ...new Map(references.map((one) => [one.reference, one])).values(),
];
