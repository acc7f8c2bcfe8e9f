import { createHash } from 'node:crypto';

import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import { pause } from '../delivery/patience.ts';
import type { PlainText } from '../plain-text.ts';
import type { NamedFile } from '../types.ts';
import { AppError } from '../../errors.ts';
import type { SlackApi } from './api.ts';
import { slackGone } from './errors.ts';

export interface UploadParts {
  readonly api: SlackApi;
  readonly clock: Clock;
}

export interface FileAtSlack {
  readonly fileId: string;
  readonly permalink: string;
}

/** Waits between looks at a file that Slack has not processed yet; the last one is repeated. */
const LOOK_AFTER_MS = [100, 300, 600, 1_200, 2_500, 5_000] as const;
const MAX_LOOKS = 12;

/** Takes files to Slack, in no channel, so that messages can show them. */
export class Uploads {
  readonly #parts: UploadParts;
  /** Files of messages that were not posted in the end, so that the next try finds them. */
  readonly #kept = new Map<string, FileAtSlack>();

  constructor(parts: UploadParts) {
    this.#parts = parts;
  }

  /**
   * Files that a message may show from then on, in the given order.
   * @param owner Of the message: another try with the same files uploads nothing.
   */
  async upload(
    team: string,
    owner: string,
    files: readonly (NamedFile & { readonly alt: PlainText })[],
    call: Call,
  ): Promise<readonly FileAtSlack[]> {
    const keys = files.map(({ image }, index) => {
      const digest = createHash('sha256').update(image.bytes).digest('base64url');
      return JSON.stringify([team, owner, index, digest]);
    });
    const missing = files.filter((_file, index) => !this.#kept.has(keys[index] ?? ''));
    const uploaded = await this.#uploadAll(team, missing, call);
    let next = 0;
    const all = keys.map((key) => {
      const file = this.#kept.get(key) ?? uploaded[next++];
      if (!file) throw slackGone();
      this.#keep(key, file);
      return file;
    });
    return all;
  }

  /** The message is there: nothing is to be tried again. */
  forget(team: string, owner: string): void {
    const prefix = JSON.stringify([team, owner]).slice(0, -1);
    for (const key of this.#kept.keys()) if (key.startsWith(prefix)) this.#kept.delete(key);
  }

  #keep(key: string, file: FileAtSlack): void {
    this.#kept.set(key, file);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #uploadAll(
    team: string,
    files: readonly (NamedFile & { readonly alt: PlainText })[],
    call: Call,
  ): Promise<FileAtSlack[]> {
    if (files.length === 0) return [];
    const { api } = this.#parts;
    const sent: { readonly id: string; readonly title: string }[] = [];
    for (const file of files)
      sent.push({ id: await this.#send(team, file, call), title: file.name });
    const [first, ...others] = sent;
    if (!first) return [];
    await api.ask(
      team,
      (client) => client.files.completeUploadExternal({ files: [first, ...others] }),
      call,
    );
    const ready: FileAtSlack[] = [];
    for (const { id } of sent) ready.push(await this.waitFor(team, id, call));
    return ready;
  }

  async #send(
    team: string,
    { name, image, alt }: NamedFile & { readonly alt: PlainText },
    call: Call,
  ): Promise<string> {
    const { api } = this.#parts;
    const { length } = image.bytes;
    const place = await api.ask(
      team,
      (client) =>
        client.apiCall('files.getUploadURLExternal', { filename: name, length, alt_txt: alt }),
      call,
    );
    const { upload_url: url, file_id: id } = place as { upload_url?: string; file_id?: string };
    if (url === undefined || id === undefined) throw slackGone();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(image.bytes),
      redirect: 'error',
      signal: call.signal,
    }).catch((error: unknown) => {
      call.signal.throwIfAborted();
      throw slackGone(error);
    });
    await response.body?.cancel();
    if (response.status === 413) {
      throw new AppError('ATTACHMENT_TOO_LARGE', 'Slack does not take a file of this size.');
    }
    if (!response.ok) throw slackGone();
    return id;
  }

  /** Resolves when Slack has looked at a file: before that no message can show it. */
  async waitFor(team: string, fileId: string, call: Call): Promise<FileAtSlack> {
    const { api, clock } = this.#parts;
    for (let look = 0; look < MAX_LOOKS; look += 1) {
      const { file } = await api.ask(team, (client) => client.files.info({ file: fileId }), call);
      if (file?.mimetype !== '') return { fileId, permalink: file?.permalink ?? '' };
      const delayMs = LOOK_AFTER_MS[Math.min(look, LOOK_AFTER_MS.length - 1)] ?? 0;
      await pause(clock, delayMs, call);
    }
    throw slackGone();
  }
}

const MAX_KEPT = 200;
