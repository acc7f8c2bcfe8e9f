import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import { pause } from '../delivery/patience.ts';
import { picturesOf } from '../messages.ts';
import type { Destination, Painting, PostedMessage } from '../types.ts';
import type { SlackApi } from './api.ts';
import { refusalDetails, refusalWord } from './errors.ts';
import type { FileAtSlack, Uploads } from './files.ts';
import { metadataOf } from './marker.ts';
import {
  filesOf,
  paintMessage,
  type PaintedMessage,
  type UploadedPicture,
} from './paint/message.ts';
import type { ShownPictures } from './shown-pictures.ts';
import { wordsFor } from './words.ts';

export interface WriterParts {
  readonly api: SlackApi;
  readonly uploads: Uploads;
  readonly shown: ShownPictures;
  readonly clock: Clock;
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
  const { api, shown } = parts;
  const { workspace = '', channel, thread } = destination.place;
  const { result: messageId, pictures } = await send(
    parts,
    () => upload(parts, destination, painting, marker, call),
    (uploaded) => paintMessage(painting.message, uploaded, captions(destination)),
    (blocks, text) =>
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
      ),
    call,
  );
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
  const { api, shown } = parts;
  const { message, files } = painting;
  const { workspace = '', channel } = destination.place;
  const isKept = !files && picturesOf(message).length > 0;
  const { pictures } = await send<unknown>(
    parts,
    () =>
      isKept
        ? shown.of(destination.place, messageId, call)
        : upload(parts, destination, painting, messageId, call),
    (uploaded) => paintMessage(message, uploaded, captions(destination)),
    (blocks, text) =>
      api.ask(
        workspace,
        ({ chat }) => chat.update({ channel, ts: messageId, text, blocks: [...blocks] }),
        call,
      ),
    call,
  );
  if (!isKept) shown.keep(destination.place, messageId, pictures);
}

const captions = ({ context }: Destination) => wordsFor(context['locale']);

/** Waits before blocks with pictures are tried again, as Slack may not have them ready in all its places. */
const AGAIN_AFTER_MS = [300, 1_000, 2_000] as const;

type Shown = UploadedPicture & Partial<FileAtSlack>;

/** Blocks that are not taken leave the words, and links to the pictures. A refused call had no effect. */
async function send<T>(
  { clock, uploads }: WriterParts,
  bring: () => Promise<readonly Shown[]>,
  paint: (pictures: readonly Shown[]) => PaintedMessage,
  attempt: (blocks: PaintedMessage['blocks'], text: string) => Promise<T>,
  call: Call,
): Promise<{ readonly result: T; readonly pictures: readonly Shown[] }> {
  for (let tries = 0; ; tries += 1) {
    const pictures = await bring();
    const { blocks, text } = paint(pictures);
    try {
      return { result: await attempt(blocks, text), pictures };
    } catch (error) {
      if (!NOT_TAKEN.has(refusalWord(error) ?? '')) throw error;
      const delayMs = AGAIN_AFTER_MS[tries];
      const mayPass = pictures.length > 0 && mayBeAboutFiles(error);
      if (!mayPass || delayMs === undefined) {
        const links = pictures.flatMap(({ permalink }) => (permalink ? [`<${permalink}>`] : []));
        return { result: await attempt([], [text, ...links].join('\n')), pictures };
      }
      await pause(clock, delayMs, call);
      // The last time with files that are new: one that was shown before may be gone.
      if (tries === AGAIN_AFTER_MS.length - 1) uploads.forget(pictures.flatMap(filesOf));
    }
  }
}

/** Slack says which block is wrong; where it does not, it may be the picture. */
function mayBeAboutFiles(error: unknown): boolean {
  const details = refusalDetails(error);
  return details.length === 0 || details.some((detail) => /slack[ _]file/.test(detail));
}

async function upload(
  { uploads }: WriterParts,
  { place }: Destination,
  { message, files = [] }: Painting,
  name: string,
  call: Call,
): Promise<readonly (UploadedPicture & FileAtSlack)[]> {
  const pictures = picturesOf(message);
  const shownFiles = files.map(({ shown }, index) => ({ ...shown, alt: altOf(pictures[index]) }));
  const originals = files.flatMap(({ original }) => (original ? [original] : []));
  const all = [...shownFiles, ...originals.map((file) => ({ ...file, alt: altOf(undefined) }))];
  const owner = 'turnId' in message ? message.turnId : name;
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
