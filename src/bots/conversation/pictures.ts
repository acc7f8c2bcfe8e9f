import { isAppError, toAppError } from '../../errors.ts';
import { toMask } from '../../image/mask.ts';
import type { EncodedImage, ImageFormat } from '../../image/types.ts';
import type { Call } from '../../pipeline/types.ts';
import type { ImageReference } from '../../store/image-reference.ts';
import { pause } from '../delivery/patience.ts';
import type { AttachmentReference } from '../types.ts';
import type { Occasion, Tools } from './parts.ts';

/** Pictures that came with a message, kept for good before anything is made of them: chat links expire. */
export interface TakenPictures {
  /** In the order in which they came; the first is the one to edit. Empty where a mask came alone. */
  readonly images: readonly ImageReference[];
  /** What the first came as. */
  readonly format?: ImageFormat;
  readonly mask?: ImageReference;
  /** They were hidden until clicked on. */
  readonly isSpoiler: boolean;
  /** What people should know about how they were taken: whole sentences. */
  readonly notes: readonly string[];
}

const FETCH = { attempts: 4, delayMs: 1_000, longestDelayMs: 30_000 } as const;

/**
 * Takes the pictures among attachments; of files that are none at all the first is tried.
 * @param hasEarlier There is a picture that the words could be about, so that a mask may come alone.
 * @throws {AppError} One of the `IMAGE_…` codes; `MASK_UNUSABLE`; what `fetchAttachment` throws again and again.
 */
export async function takePictures(
  { images, intake, limits, clock }: Tools,
  { adapter }: Occasion,
  attachments: readonly [AttachmentReference, ...AttachmentReference[]],
  hasEarlier: boolean,
  call: Call,
): Promise<TakenPictures> {
  const pictures = picturesAmong(attachments);
  const take = async (attachment: AttachmentReference) => {
    const bytes = await again(() => adapter.fetchAttachment(attachment, limits, call));
    return intake.take(bytes, call);
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
  const kept: ImageReference[] = [];
  const formats: ImageFormat[] = [];
  const allNotes: string[] = [];
  let mask: ImageReference | undefined;
  // One after the other: each may be as large as a file may be.
  for (const attachment of pictures) {
    const { image, originalFormat, notes } = await take(attachment);
    const marks =
      mask === undefined && mayBeMask(attachment, hasEarlier || pictures.length > 1)
        ? await maskIn(image, attachment, call)
        : undefined;
    if (marks) {
      mask = await images.put(marks, call);
      continue;
    }
    kept.push(await images.put(image, call));
    formats.push(originalFormat);
    allNotes.push(...notes);
  }
  const [format] = formats;
  return {
    images: kept,
    ...(format !== undefined && { format }),
    ...(mask && { mask }),
    isSpoiler: pictures.some(({ isSpoiler }) => isSpoiler),
    notes: allNotes,
  };
}

const MASK_NAME = /^mask(?![a-z])/i;

/** A picture alone is what is to be edited, whatever it is called. */
const mayBeMask = ({ isMask, name }: AttachmentReference, isForAnother: boolean): boolean =>
  isMask ?? (isForAnother && MASK_NAME.test(name));

/** Undefined for a picture of a carnival mask, which is a picture like any other. */
async function maskIn(
  image: EncodedImage,
  { isMask }: AttachmentReference,
  call: Call,
): Promise<EncodedImage | undefined> {
  try {
    return await toMask(image, call);
  } catch (error) {
    call.signal.throwIfAborted();
    if (!isMask && isAppError(error) && error.code === 'MASK_UNUSABLE') return undefined;
    throw error;
  }
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
