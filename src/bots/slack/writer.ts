import type { Call } from '../../pipeline/types.ts';
import { picturesOf } from '../messages.ts';
import type { Destination, Painting, PostedMessage } from '../types.ts';
import type { SlackApi } from './api.ts';
import { refusalWord } from './errors.ts';
import type { FileAtSlack, Uploads } from './files.ts';
import { metadataOf } from './marker.ts';
import { paintMessage, type PaintedMessage, type UploadedPicture } from './paint/message.ts';
import type { ShownPictures } from './shown-pictures.ts';
import { wordsFor } from './words.ts';

export interface WriterParts {
  readonly api: SlackApi;
  readonly uploads: Uploads;
  readonly shown: ShownPictures;
}

/** Slack says so of a file that it has not processed yet, and of blocks that it does not take. */
const NOT_TAKEN = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

/** Writes a new message, with its pictures. */
export async function post(
  parts: WriterParts,
  destination: Destination,
  painting: Painting,
  marker: string,
  call: Call,
): Promise<PostedMessage> {
  const { api, uploads, shown } = parts;
  const { workspace = '', channel, thread } = destination.place;
  const pictures = await upload(parts, destination, painting, marker, call);
  const send = (blocks: PaintedMessage['blocks'], text: string) =>
    api.post(
      workspace,
      {
        channel,
        ...(thread !== undefined && { thread_ts: thread }),
        text,
        ...(blocks.length > 0 && { blocks: [...blocks] }),
        metadata: metadataOf(marker, painting.message),
      },
      call,
    );
  const painted = paintMessage(painting.message, pictures, captions(destination));
  const messageId = await withoutBlocksIfNeeded(painted, pictures, send);
  uploads.forget(workspace, marker);
  shown.keep(destination.place, messageId, pictures);
  return { messageId };
}

/** Makes a message equal to a painting; its pictures stay where there are no new ones. */
export async function update(
  parts: WriterParts,
  destination: Destination,
  messageId: string,
  painting: Painting,
  call: Call,
): Promise<void> {
  const { api, uploads, shown } = parts;
  const { message, files } = painting;
  const { workspace = '', channel } = destination.place;
  const isKept = !files && picturesOf(message).length > 0;
  const pictures = isKept
    ? await shown.of(destination.place, messageId, call)
    : await upload(parts, destination, painting, messageId, call);
  const send = (blocks: PaintedMessage['blocks'], text: string) =>
    api.ask(
      workspace,
      ({ chat }) => chat.update({ channel, ts: messageId, text, blocks: [...blocks] }),
      call,
    );
  const painted = paintMessage(message, pictures, captions(destination));
  await withoutBlocksIfNeeded(painted, pictures, send);
  uploads.forget(workspace, messageId);
  if (!isKept) shown.keep(destination.place, messageId, pictures);
}

const captions = ({ context }: Destination) => wordsFor(context['locale']);

/** Blocks that are not taken leave the words, and links to the pictures. A refused call had no effect. */
async function withoutBlocksIfNeeded<T>(
  { blocks, text }: PaintedMessage,
  pictures: readonly (UploadedPicture & Partial<FileAtSlack>)[],
  send: (blocks: PaintedMessage['blocks'], text: string) => Promise<T>,
): Promise<T> {
  try {
    return await send(blocks, text);
  } catch (error) {
    if (!NOT_TAKEN.has(refusalWord(error) ?? '')) throw error;
    const links = pictures.flatMap(({ permalink }) => (permalink ? [`<${permalink}>`] : []));
    return send([], [text, ...links].join('\n'));
  }
}

async function upload(
  { uploads }: WriterParts,
  { place }: Destination,
  { message, files = [] }: Painting,
  owner: string,
  call: Call,
): Promise<readonly (UploadedPicture & FileAtSlack)[]> {
  const pictures = picturesOf(message);
  const shownFiles = files.map(({ shown }, index) => ({ ...shown, alt: altOf(pictures[index]) }));
  const originals = files.flatMap(({ original }) => (original ? [original] : []));
  const all = [...shownFiles, ...originals.map((file) => ({ ...file, alt: altOf(undefined) }))];
  const atSlack = await uploads.upload(place.workspace ?? '', owner, all, call);
  let next = shownFiles.length;
  return files.flatMap(({ original, note }, index) => {
    const file = atSlack[index];
    if (!file) return [];
    const whole = original && atSlack[next++];
    return [
      {
        ...file,
        ...(original &&
          whole && {
            original: { name: original.name, permalink: whole.permalink, fileId: whole.fileId },
          }),
        ...(note !== undefined && { note }),
      },
    ];
  });
}

const altOf = (picture: ReturnType<typeof picturesOf>[number] | undefined) =>
  picture?.alt ?? NO_ALT;

const NO_ALT = '' as ReturnType<typeof picturesOf>[number]['alt'];
