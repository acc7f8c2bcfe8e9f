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
  /** By owner, name and bytes: what is tried again, or shown again by the same owner, is there already. */
  readonly #kept = new Map<string, FileAtSlack>();

  constructor(parts: UploadParts) {
    this.#parts = parts;
  }

  /**
   * Files that messages may show from then on, in the given order; the same name and bytes of one owner are one file.
   * @param owner What goes at once, if it goes: a file that two owners showed would be lost to both with the first.
   */
  async upload(
    team: string,
    owner: string,
    files: readonly (NamedFile & { readonly alt: PlainText })[],
    call: Call,
  ): Promise<readonly FileAtSlack[]> {
    const keys = files.map(({ name, image }) => {
      const digest = createHash('sha256').update(image.bytes).digest('base64url');
      return JSON.stringify([team, owner, name, digest]);
    });
    const missing = new Map(
      files.flatMap((file, index) => {
        const key = keys[index] ?? '';
        return this.#kept.has(key) ? [] : [[key, file] as const];
      }),
    );
    const uploaded = await this.#uploadAll(team, [...missing.values()], call);
    const added = new Map([...missing.keys()].map((key, index) => [key, uploaded[index]] as const));
    return keys.map((key) => {
      const file = this.#kept.get(key) ?? added.get(key);
      if (!file) throw slackGone();
      this.#keep(key, file);
      return file;
    });
  }

  /** Files that no message is to show again. */
  forget(fileIds: readonly string[]): void {
    for (const [key, { fileId }] of this.#kept)
      if (fileIds.includes(fileId)) this.#kept.delete(key);
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

const MAX_KEPT = 1_000;
