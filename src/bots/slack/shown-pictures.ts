import { z } from 'zod';

import type { Call } from '../../pipeline/types.ts';
import type { Place } from '../../store/records.ts';
import type { SlackApi } from './api.ts';
import { AppError } from '../../errors.ts';
import type { KeptMessage } from './marker.ts';
import { unescaped, unquieted } from './mrkdwn.ts';
import type { UploadedPicture } from './paint/message.ts';

const MAX_KNOWN = 5_000;

/** Which files our messages show: remembered, and after a restart read from the messages themselves. */
export class ShownPictures {
  readonly #api: SlackApi;
  readonly #known = new Map<string, readonly UploadedPicture[]>();

  constructor(api: SlackApi) {
    this.#api = api;
  }

  keep(place: Place, messageId: string, pictures: readonly UploadedPicture[]): void {
    this.#known.set(keyOf(place, messageId), pictures);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }

  forget(place: Place, messageId: string): void {
    this.#known.delete(keyOf(place, messageId));
  }

  /** @throws {AppError} `MESSAGE_GONE` */
  async of(place: Place, messageId: string, call: Call): Promise<readonly UploadedPicture[]> {
    const known = this.#known.get(keyOf(place, messageId));
    if (known) return known;
    const pictures = picturesIn(await this.#read(place, messageId, call));
    this.keep(place, messageId, pictures);
    return pictures;
  }

  async #read(place: Place, messageId: string, call: Call): Promise<KeptMessage> {
    const { workspace = '', channel, thread } = place;
    const { messages } = await this.#api.ask(
      workspace,
      ({ conversations }) => {
        const only = { channel, oldest: messageId, latest: messageId, inclusive: true, limit: 1 };
        return thread === undefined || thread === messageId
          ? conversations.history(only)
          : conversations.replies({ ...only, ts: thread, limit: 2 });
      },
      call,
    );
    const found = (messages as readonly KeptMessage[] | undefined)?.find(
      ({ ts }) => ts === messageId,
    );
    if (found) return found;
    throw new AppError('MESSAGE_GONE', 'That message is gone.');
  }
}

const keyOf = ({ workspace, channel }: Place, messageId: string): string =>
  [workspace, channel, messageId].join(' ');

/** In their order, each with the note and the link to the whole that stand below. */
function picturesIn({ blocks }: KeptMessage): UploadedPicture[] {
  const known = Blocks.parse(blocks);
  const smallText = (id: string) =>
    known.find(({ block_id: other }) => other === id)?.elements?.[0]?.text;
  return known
    .flatMap(({ type, slack_file: file }) => (type === 'image' && file?.id ? [file.id] : []))
    .map((fileId, index) => {
      const original = originalIn(smallText(`original.${index}`));
      const note = smallText(`note.${index}.0`);
      return {
        fileId,
        ...(original && { original }),
        ...(note !== undefined && { note: unescaped(note) }),
      };
    });
}

/** The link that was written below a picture; the file's id is part of it. */
function originalIn(text: string | undefined): UploadedPicture['original'] {
  const [, permalink, name] = /^<([^|>]+)\|([^>]*)>$/.exec(text ?? '') ?? [];
  const [, fileId] = /\/(F[A-Z0-9]+)(?:\/|$)/.exec(permalink ?? '') ?? [];
  if (permalink === undefined || name === undefined || fileId === undefined) return undefined;
  return { fileId, name: unquieted(name), permalink };
}

const Blocks = z
  .array(
    z.object({
      type: z.string(),
      block_id: z.string().nullish(),
      slack_file: z.object({ id: z.string().nullish() }).nullish(),
      elements: z.array(z.object({ text: z.string() }).nullish().catch(null)).nullish(),
    }),
  )
  .catch([]);
