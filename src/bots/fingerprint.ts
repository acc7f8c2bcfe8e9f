import { createHash } from 'node:crypto';

import { picturesOf, type ChatMessage } from './messages.ts';

/** Two short texts by which it is known whether a message, or its pictures, must be painted anew. */
export interface Fingerprint {
  readonly message: string;
  readonly pictures: string;
}

export function fingerprintOf(message: ChatMessage): Fingerprint {
  const pictures = picturesOf(message).map(({ image, size, format }) => [image.id, size, format]);
  return { message: digest(message), pictures: digest(pictures) };
}

/** As it is written down: `message.pictures`. */
export function writtenFingerprint({ message, pictures }: Fingerprint): string {
  return `${message}.${pictures}`;
}

export function readFingerprint(text: string | undefined): Fingerprint | undefined {
  const [message, pictures] = text?.split('.') ?? [];
  return message !== undefined && pictures !== undefined ? { message, pictures } : undefined;
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url')
    .slice(0, 22);
}

/** The same value whatever the order in which its properties were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, part]) => [key, sorted(part)]);
}
