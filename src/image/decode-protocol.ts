import { z } from 'zod';

import { ERROR_CODES, isAppError } from '../errors.ts';
import { damaged, type DecodeLimits } from './checks.ts';
import type { ImageFormat } from './types.ts';

/** What the parent says. The next picture is sent only after the answer to the last one. */
export interface DecodeRequest {
  readonly bytes: Uint8Array;
  /** As sniffed. */
  readonly format: ImageFormat;
  readonly limits: DecodeLimits;
}

const Count = z.int().positive();

const Decoded = z.object({
  type: z.literal('decoded'),
  /** Pixels as seen. */
  width: Count,
  height: Count,
  frames: Count,
  /** The first frame, where the file itself can't be edited. */
  png: z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional(),
});

/** An AppError as plain data. */
const Refused = z.object({
  type: z.literal('refused'),
  code: z.enum(ERROR_CODES),
  message: z.string(),
  /** For the log, never for the user. */
  cause: z.string().optional(),
});

/**
 * What the child says: `ready` once, then one answer to each request. It is parsed, because a child
 * that was taken over by a picture may say anything.
 */
export const FromChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  Decoded,
  Refused,
]);

export type FromChild = z.infer<typeof FromChild>;
export type Decoded = z.infer<typeof Decoded>;
export type Refused = z.infer<typeof Refused>;

/** Any thrown value as an answer; what a decoder throws means a damaged file. */
export function toRefused(thrown: unknown, format: ImageFormat): Refused {
  const { code, message, cause } = isAppError(thrown) ? thrown : damaged(format, thrown);
  return {
    type: 'refused',
    code,
    message,
    ...(cause instanceof Error && { cause: cause.message }),
  };
}
