import { describe, expect, it } from 'vitest';

import type { IncomingAction, IncomingMessage } from '../../../src/bots/types.ts';
import { plain } from '../../../src/bots/plain-text.ts';
import { PAINTED } from '../../support/painted-pictures.ts';
import type { Bench } from './home.ts';

const call = { signal: new AbortController().signal };

export function describeReading(bench: Bench): void {
  const firstMessage = (): IncomingMessage => {
    const [first] = bench.incoming;
    return first?.type === 'message' ? first : expect.fail('There was no message.');
  };

  describe('what a person writes', () => {
    it('comes once, as plain words, with who and where', async () => {
      await bench.home.say('make it warmer & <b>brighter</b>');
      const { platform } = bench.home.adapter;
      expect(bench.incoming).toHaveLength(1);
      const message = firstMessage();
      expect(message).toMatchObject({
        kind: 'new',
        text: 'make it warmer & <b>brighter</b>',
        attachments: [],
        author: { isBot: false },
      });
      expect(message.place.platform).toBe(platform);
      expect(message.key.startsWith(`${platform}:`)).toBe(true);
      expect(message.key.length).toBeLessThanOrEqual(200);
      expect(structuredClone(message)).toEqual(message);
      expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    });

    it('brings its files, which can be fetched whole', async () => {
      await bench.home.say('warmer', PAINTED.before.image);
      const [attachment, ...more] = firstMessage().attachments;
      if (!attachment) expect.fail('There was no file.');
      expect(more).toEqual([]);
      const { adapter } = bench.home;
      const bytes = await adapter.fetchAttachment(attachment, { maxBytes: 1e6 }, call);
      expect(Buffer.from(bytes).equals(PAINTED.before.image.bytes)).toBe(true);
      await expect(
        adapter.fetchAttachment(attachment, { maxBytes: 10 }, call),
      ).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    });

    it('has a key of its own each time', async () => {
      await bench.home.say('warmer');
      await bench.home.say('warmer');
      expect(new Set(bench.incoming.map(({ key }) => key)).size).toBe(2);
    });
  });

  describe('a button', () => {
    it('says what it was made for', async () => {
      const { adapter, destination } = bench.home;
      const action = { action: 'use', turnId: 'frtcbus4j7u3iyzi', round: 2 } as const;
      const message = {
        kind: 'note',
        text: plain('Which?'),
        pictures: [],
        buttons: [{ ...action, label: plain('This'), style: 'primary' }],
      } as const;
      const { messageId } = await adapter.postMessage(
        destination,
        { message },
        '0123456789abcdefghij',
        call,
      );
      await bench.home.press(messageId, action);
      const pressed = bench.incoming.find((one): one is IncomingAction => one.type === 'action');
      expect(pressed).toMatchObject({ action, messageId });
    });
  });

  describe('a thread', () => {
    it('is the same each time it is opened', async () => {
      const { adapter, destination } = bench.home;
      if (!adapter.openThread) return;
      await bench.home.say('warmer', PAINTED.before.image);
      const { messageId } = firstMessage();
      const open = () => adapter.openThread?.(destination, messageId, plain('Warmer'), call);
      const first = await open();
      expect(first?.thread ?? first?.channel).toBeDefined();
      expect(await open()).toEqual(first);
    });
  });
}
