import {
  MessageFlags,
  type AllowedMentionsTypes,
  type APIMessageTopLevelComponent,
  type RawFile,
  type RESTPatchAPIChannelMessageJSONBody,
} from 'discord.js';

import { AppError } from '../../errors.ts';
import { picturesOf } from '../messages.ts';
import type { NamedFile, Painting } from '../types.ts';
import { idsOf, markedName } from './marker.ts';
import { paint, type Brush } from './paint.ts';

/** Nobody is ever pinged by what the bot says. */
export const NO_MENTIONS = { parse: [] as AllowedMentionsTypes[], replied_user: false };

/** The files that a message has, as its painting needs to know them. */
export interface FilesOfMessage {
  readonly shown: readonly NamedId[];
  readonly originals: readonly NamedId[];
}

interface NamedId {
  readonly name: string;
  readonly id: string;
}

export interface MessageRequest {
  readonly body: RESTPatchAPIChannelMessageJSONBody & {
    readonly components: APIMessageTopLevelComponent[];
  };
  readonly files: RawFile[];
}

export interface BodyOptions extends Pick<Brush, 'isSpoiler' | 'hint'> {
  /** Of a message that can be found again. */
  readonly marker?: string | undefined;
  /** What buttons carry in place of the marker. */
  readonly label?: string | undefined;
  /** What the message has already; used where the painting brings no files. */
  readonly has?: FilesOfMessage | undefined;
}

/** Room that Discord leaves for a whole request, in bytes, with some for all that is no file. */
const MAX_REQUEST_BYTES = 25 * 2 ** 20 - 100_000;

/**
 * What is to be sent for a painting. Pure.
 * @throws {AppError} `ATTACHMENT_TOO_LARGE` where its files are too much for one request.
 */
export function requestFor(painting: Painting, options: BodyOptions): MessageRequest {
  const { marker, has, isSpoiler, hint } = options;
  const { message, files: pictures } = painting;
  const shown = (pictures ?? []).map((picture) => marked(picture.shown, marker));
  const originals = (pictures ?? []).flatMap(({ original }) =>
    original ? [marked(original, marker)] : [],
  );
  const files = [...shown, ...originals];
  if (files.reduce((sum, { image }) => sum + image.bytes.length, 0) > MAX_REQUEST_BYTES) {
    throw new AppError('ATTACHMENT_TOO_LARGE', 'The files are too large for one message.');
  }
  const keeps = pictures === undefined && picturesOf(message).length > 0 ? has : undefined;
  const brush: Brush = {
    shown: keeps ? keeps.shown.map(({ name }) => name) : shown.map(({ name }) => name),
    originals: keeps ? keeps.originals.map(({ name }) => name) : originals.map(({ name }) => name),
    notes: (pictures ?? []).flatMap(({ note }) => (note === undefined ? [] : [note])),
    isSpoiler,
    hint,
    label: options.label ?? marker,
    ids: marker === undefined ? undefined : idsOf(marker),
  };
  const alts = picturesOf(message).map(({ alt }) => alt);
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [paint(message, brush)],
      allowed_mentions: NO_MENTIONS,
      attachments: keeps
        ? [...keeps.shown, ...keeps.originals].map(({ id }) => ({ id }))
        : files.map(({ name }, index) => ({
            id: String(index),
            filename: name,
            ...(alts[index]?.trim() && { description: alts[index] }),
          })),
    },
    files: files.map(({ name, image }) => ({
      name,
      data: Buffer.from(image.bytes.buffer, image.bytes.byteOffset, image.bytes.byteLength),
      contentType: `image/${image.format}`,
    })),
  };
}

const marked = ({ name, image }: NamedFile, marker: string | undefined): NamedFile => ({
  name: markedName(name, marker),
  image,
});

/** The files of a message as Discord answers, parted by what is shown and what is there beside it. */
export function filesOf(
  attachments: readonly { readonly id: string; readonly filename: string }[],
): FilesOfMessage {
  const named = attachments.map(({ id, filename }) => ({ id, name: filename }));
  return {
    shown: named.filter(({ name }) => SHOWN.test(name)),
    originals: named.filter(({ name }) => !SHOWN.test(name)),
  };
}

/** Formats that people see in a message. */
export const SHOWN_FORMATS = ['png', 'jpeg', 'webp', 'gif'] as const;
const SHOWN = /\.(?:png|jpg|webp|gif)$/;
