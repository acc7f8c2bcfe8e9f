import type { REST } from 'discord.js';

import type { Call } from '../../pipeline/types.ts';
import { hasCode } from '../delivery/patience.ts';
import type { AttachmentReference } from '../types.ts';
import { request } from './calls.ts';
import { fetchPicture, isTrustedHost, type FetchOptions } from './fetch-picture.ts';

/**
 * The bytes of an attachment. Links to files of messages hold for a day; after that Discord is asked for
 * another one, once.
 * @throws {AppError} What `fetchPicture` throws.
 */
export async function fetchAttachment(
  rest: REST,
  attachment: AttachmentReference,
  options: FetchOptions,
  call: Call,
): Promise<Uint8Array> {
  const { reference } = attachment;
  try {
    return await fetchPicture(reference, options, call);
  } catch (error) {
    if (!hasCode(error, 'IMAGE_NOT_FOUND') || !isOfMessage(attachment, options)) throw error;
    const link = await freshLink(rest, reference, call);
    if (link === undefined) throw error;
    return fetchPicture(link, options, call);
  }
}

/** Discord tells the size of its own files. Of an address that somebody typed the link may be meant to have ended. */
function isOfMessage({ reference, bytes }: AttachmentReference, { cdnUrl }: FetchOptions): boolean {
  const isKnown = bytes !== undefined && URL.canParse(reference);
  return isKnown && isTrustedHost(new URL(reference), cdnUrl);
}

/** Another link to the same file, whether it is still there or not; undefined where Discord gives none. */
async function freshLink(rest: REST, link: string, call: Call): Promise<string | undefined> {
  try {
    const { refreshed_urls: links } = await request<Refreshed>(
      rest,
      { method: 'post', route: '/attachments/refresh-urls', body: { attachment_urls: [link] } },
      call,
    );
    return links?.[0]?.refreshed ?? undefined;
  } catch (error) {
    call.signal.throwIfAborted();
    if (hasCode(error, 'PLATFORM_UNAVAILABLE', 'RATE_LIMITED')) throw error;
    return undefined;
  }
}

/** Clients use it and libraries offer it; Discord's reference does not tell of it. */
interface Refreshed {
  readonly refreshed_urls?: readonly { readonly refreshed?: string | null }[];
}
