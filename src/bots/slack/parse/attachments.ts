import { plainLine } from '../../plain-text.ts';
import type { AttachmentReference } from '../../types.ts';
import type { FileFields } from './payloads.ts';

/** Where a file is: its id, and its address where that is known. */
export interface FileAddress {
  readonly team: string;
  readonly fileId: string;
  readonly url?: string;
}

/** Files that were deleted, or that the workspace may not see any more. */
const GONE = new Set(['tombstone', 'hidden_by_limit']);

export function attachmentsOf(team: string, files: readonly FileFields[]): AttachmentReference[] {
  return files.filter(({ mode }) => !GONE.has(mode ?? '')).map((file) => attachmentOf(team, file));
}

function attachmentOf(team: string, file: FileFields): AttachmentReference {
  const { id: fileId, name, title, mimetype, size } = file;
  const url = file.url_private ?? file.url_private_download;
  const isKnown = file.file_access !== 'check_file_info' && typeof url === 'string';
  return {
    reference: referenceTo({ team, fileId, ...(isKnown && { url }) }),
    name: plainLine(name || title || 'file'),
    ...(mimetype && { mediaType: mimetype }),
    ...(typeof size === 'number' && size > 0 && { bytes: size }),
    isSpoiler: false,
  };
}

/** `T1 F1 https://…`; the address alone opens nothing. */
const referenceTo = ({ team, fileId, url }: FileAddress): string =>
  [team, fileId, ...(url === undefined ? [] : [url])].join(' ');

export function addressIn(reference: string): FileAddress {
  const [team = '', fileId = '', url] = reference.split(' ');
  return { team, fileId, ...(url !== undefined && { url }) };
}
