import { toAppError } from '../../errors.ts';
import type { ImageFormat } from '../../image/types.ts';
import type { Call } from '../../pipeline/types.ts';
import type { ImageReference } from '../../store/image-reference.ts';
import { pause } from '../delivery/patience.ts';
import type { AttachmentReference } from '../types.ts';
import type { Occasion, Tools } from './parts.ts';

/** Pictures that came with a message, kept for good before anything is made of them: chat links expire. */
export interface TakenPictures {
  /** In the order in which they came; the first is the one to edit. */
  readonly images: readonly [ImageReference, ...ImageReference[]];
  /** What the first came as. */
  readonly format: ImageFormat;
  /** They were hidden until clicked on. */
  readonly isSpoiler: boolean;
  /** What people should know about how they were taken: whole sentences. */
  readonly notes: readonly string[];
}

const FETCH = { attempts: 4, delayMs: 1_000, longestDelayMs: 30_000 } as const;

/**
 * Takes the pictures among attachments; of files that are none at all the first is tried.
 * @throws {AppError} One of the `IMAGE_…` codes; what `fetchAttachment` throws again and again.
 */
export async function takePictures(
  { images, intake, limits, clock }: Tools,
  { adapter }: Occasion,
  attachments: readonly [AttachmentReference, ...AttachmentReference[]],
  call: Call,
): Promise<TakenPictures> {
  const [first, ...others] = picturesAmong(attachments);
  const take = async (attachment: AttachmentReference) => {
    const bytes = await again(() => adapter.fetchAttachment(attachment, limits, call));
    const { image, originalFormat, notes } = await intake.take(bytes, call);
    return { reference: await images.put(image, call), format: originalFormat, notes };
  };
  const again = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (thrown) {
        call.signal.throwIfAborted();
        const error = toAppError(thrown);
        if (!error.retryable || attempt === FETCH.attempts) throw error;
        const delayMs = Math.max(error.retryAfterMs ?? 0, FETCH.delayMs * 2 ** (attempt - 1));
        await pause(clock, Math.min(delayMs, FETCH.longestDelayMs), call);
      }
    }
  };
  const { reference, format, notes } = await take(first);
  const references: ImageReference[] = [];
  const allNotes = [...notes];
  // One after the other: each may be as large as a file may be.
  for (const attachment of others) {
    const taken = await take(attachment);
    references.push(taken.reference);
    allNotes.push(...taken.notes);
  }
  return {
    images: [reference, ...references],
    format,
    isSpoiler: [first, ...others].some(({ isSpoiler }) => isSpoiler),
    notes: allNotes,
  };
}

const PICTURE_NAME = /\.(?:jpe?g|jfif|png|webp|avif|gif|tiff?|hei[cf])$/i;

/** All that may be a picture; where nothing may, the first, whose bytes tell what it is. */
function picturesAmong(
  attachments: readonly [AttachmentReference, ...AttachmentReference[]],
): readonly [AttachmentReference, ...AttachmentReference[]] {
  const [first, ...others] = attachments.filter(mayBePicture);
  return first ? [first, ...others] : [attachments[0]];
}

function mayBePicture({ name, mediaType }: AttachmentReference): boolean {
  if (mediaType?.startsWith('image/') || PICTURE_NAME.test(name)) return true;
  return mediaType === undefined && !/\.\w+$/.test(name);
}
