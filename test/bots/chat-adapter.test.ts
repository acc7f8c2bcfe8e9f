import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { picturesOf } from '../../src/bots/messages.ts';
import { plain } from '../../src/bots/plain-text.ts';
import type { AdapterCapabilities, IncomingMessage } from '../../src/bots/types.ts';
import { AppError } from '../../src/errors.ts';
import type { EncodedImage } from '../../src/image/types.ts';
import { chatAdapterContract } from '../contract/chat-adapter.ts';
import type { AdapterHome } from '../contract/chat-adapter/home.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { textsIn } from '../support/message-texts.ts';
import {
  FILE_CAPABILITIES,
  RECORDING_CAPABILITIES,
  recordingAdapter,
} from '../support/recording-adapter.ts';
import { RecordingPlatform, RETRY_AFTER_MS } from '../support/recording-platform.ts';

const place = { platform: 'recording', channel: 'garden' };

async function recordingHome(capabilities: AdapterCapabilities): Promise<AdapterHome> {
  const clock = new ManualClock();
  const platform = new RecordingPlatform(capabilities, () => clock.now());
  const uploads = new Map<string, EncodedImage>();
  const adapter = recordingAdapter(platform, capabilities, {
    fetchAttachment: async ({ reference }, { maxBytes }) => {
      const image = uploads.get(reference);
      if (!image) throw new AppError('IMAGE_NOT_FOUND', 'That file is gone.');
      if (image.bytes.length > maxBytes) {
        throw new AppError('IMAGE_TOO_LARGE', 'That file is too large.');
      }
      return image.bytes;
    },
  });
  let said = 0;
  const arrival = () => ({
    key: `recording:garden:${(said += 1)}`,
    place,
    author: { id: 'ann', name: plain('Ann'), isBot: false, roles: [], isAdmin: false },
    sentAt: clock.now(),
    context: {},
  });
  return {
    adapter,
    destination: { place, context: {} },
    thread: async () =>
      platform.thread(place.channel).map(({ id, message }) => ({
        messageId: id,
        text: textsIn(message).join('\n'),
        pictures: picturesOf(message).map(({ alt, image }) => ({ alt, imageId: image.id })),
        actions: message.buttons.map(({ label: _label, style: _style, ...action }) => action),
      })),
    rest: async () => clock.advance(RETRY_AFTER_MS),
    trouble: (kind) => void platform.faults.push(kind),
    deleteMessage: async (messageId) => platform.deleteMessage(messageId),
    removePlace: async () => platform.removeChannel(place.channel),
    say: async (text, file) => {
      const message: IncomingMessage = {
        ...arrival(),
        type: 'message',
        kind: 'new',
        messageId: `said-${said}`,
        text: plain(text),
        attachments: file
          ? [{ reference: `upload-${said}`, name: 'photo.png', isSpoiler: false }]
          : [],
        mentionsBot: true,
        mentionsOthers: false,
        isDirect: false,
        isCommand: false,
      };
      if (file) uploads.set(`upload-${said}`, file);
      await adapter.receive(message);
    },
    press: (messageId, action) =>
      adapter.receive({ ...arrival(), type: 'action', action, messageId }),
    [Symbol.asyncDispose]: () => adapter[Symbol.asyncDispose](),
  };
}

describe('the recording adapter, with references', () => {
  chatAdapterContract(() => recordingHome(RECORDING_CAPABILITIES));
});

describe('the recording adapter, with files', () => {
  chatAdapterContract(() => recordingHome(FILE_CAPABILITIES));
});

describe('the recording adapter', () => {
  it('fails loudly where a test has not said what to do', async () => {
    const platform = new RecordingPlatform(RECORDING_CAPABILITIES, () => 0);
    const adapter = recordingAdapter(platform);
    const file = { reference: 'x', name: 'x', isSpoiler: false };
    const call = { signal: new AbortController().signal };
    expect(() => adapter.fetchAttachment(file, { maxBytes: 1 }, call)).toThrow(
      'fetchAttachment is not implemented',
    );
    expect(() => adapter.receive({} as IncomingMessage)).toThrow('receive is not implemented');
  });
});

describe('the suite', () => {
  it('is run on every platform', async () => {
    const bots = new URL('../../src/bots/', import.meta.url);
    const entries = await readdir(bots, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (!existsSync(new URL(`${name}/adapter.ts`, bots))) continue;
      expect(existsSync(new URL(`./${name}/contract.test.ts`, import.meta.url)), name).toBe(true);
    }
  });
});
