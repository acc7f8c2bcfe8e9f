import { describe, expect, it } from 'vitest';

import type { FinalMessage, RoundMessage, StatusMessage } from '../../../src/bots/messages.ts';
import { fitted } from '../../../src/bots/fit.ts';
import { picturesOf, type ChatMessage } from '../../../src/bots/messages.ts';
import { plain } from '../../../src/bots/plain-text.ts';
import type { Painting } from '../../../src/bots/types.ts';
import { reflection } from '../../support/turns.ts';
import { PAINTED, paintedFiles } from '../../support/painted-pictures.ts';
import { textsIn } from '../../support/message-texts.ts';
import type { Bench, SeenMessage } from './home.ts';

const call = { signal: new AbortController().signal };
const MARKER = '0123456789abcdefghij';
const OTHER_MARKER = 'abcdefghij0123456789';
/** Whatever a platform takes for markup, mentions, links and line starts. */
const HOSTILE =
  '*bold* _it_ ~s~ `code` ```block``` <!channel> <@U1> @everyone <b>b</b> [x](https://x.y) https://x.y\n> quote\n# head\n- list & "q" \\ ||spoiler|| :smile:';

const status = (changes: Partial<StatusMessage> = {}): StatusMessage => ({
  kind: 'status',
  turnId: 'turn1',
  state: 'running',
  request: plain('a bit warmer'),
  line: plain('Round 1: editing, step 3 of 8 (38 %)'),
  progress: { done: 3, total: 8 },
  thinking: { text: plain('The light is cold.'), folded: false },
  buttons: [{ action: 'stop', turnId: 'turn1', label: plain('Stop'), style: 'danger' }],
  ...changes,
});

const round = (changes: Partial<RoundMessage> = {}): RoundMessage => ({
  kind: 'round',
  turnId: 'turn1',
  round: 1,
  title: plain('Round 1'),
  instruction: plain('Warm it.'),
  picture: { image: PAINTED.after.reference, alt: plain('A warm hill.'), size: 'small' },
  buttons: [],
  ...changes,
});

const final = (): FinalMessage => ({
  kind: 'final',
  turnId: 'turn1',
  round: 1,
  line: plain('Here it is.'),
  picture: { image: PAINTED.after.reference, alt: plain('A warm hill.'), size: 'result' },
  before: { image: PAINTED.before.reference, alt: plain('Before.'), size: 'small' },
  buttons: [
    { action: 'undo', turnId: 'turn1', label: plain('Undo'), style: 'plain' },
    { action: 'use', turnId: 'turn1', round: 2, label: plain('Use round 2'), style: 'plain' },
  ],
});

export function describeWriting(bench: Bench): void {
  const painting = (whole: ChatMessage): Painting => {
    const { capabilities } = bench.home.adapter;
    const message = fitted(whole, capabilities);
    const files = capabilities.files && paintedFiles(message);
    return files && files.length > 0 ? { message, files } : { message };
  };
  const post = async (message: ChatMessage, marker = MARKER) => {
    const { adapter, destination } = bench.home;
    const { messageId } = await adapter.postMessage(destination, painting(message), marker, call);
    await bench.home.rest();
    return messageId;
  };
  const update = (messageId: string, change: Painting) => {
    const { adapter, destination } = bench.home;
    return adapter.updateMessage(destination, messageId, change, call);
  };
  const find = (marker: string) => {
    const { adapter, destination } = bench.home;
    return adapter.findMessage(destination, marker, 0, call);
  };
  const only = async (): Promise<SeenMessage> => {
    const [first, ...more] = await bench.home.thread();
    expect(more).toEqual([]);
    return first ?? expect.fail('There is no message.');
  };
  const expectShown = (seen: SeenMessage, message: ChatMessage) => {
    const fit = fitted(message, bench.home.adapter.capabilities);
    for (const text of textsIn(fit)) expect(seen.text).toContain(text);
    expect(seen.pictures).toEqual(
      picturesOf(fit).map(({ image, alt }) => ({ alt, imageId: image.id })),
    );
    expect(seen.actions).toEqual(
      fit.buttons.map(({ action, turnId, round: of }) => ({
        action,
        turnId,
        ...(of !== undefined && { round: of }),
      })),
    );
  };

  describe('a message', () => {
    it.each([
      ['status', status()],
      ['round', round()],
      ['final', final()],
      [
        'note',
        { kind: 'note', text: plain('Undone.'), pictures: [], buttons: [] } satisfies ChatMessage,
      ],
    ] as const)('is shown whole: %s', async (_kind, message) => {
      const messageId = await post(message);
      const seen = await only();
      expect(seen.messageId).toBe(messageId);
      expectShown(seen, message);
    });

    it('means nothing but its words', async () => {
      const text = plain(HOSTILE);
      const message = status({ request: text, line: text, thinking: { text, folded: true } });
      await post(message);
      expectShown(await only(), message);
    });

    it('has room for as much as the capabilities say', async () => {
      const much = plain('&<*_ '.repeat(5_000));
      const message = status({
        request: much,
        plan: much,
        thinking: { text: much, folded: true },
        buttons: Array.from({ length: 30 }, (_, index) => ({
          action: 'use',
          turnId: 'turn1',
          round: index,
          label: much,
          style: 'plain',
        })),
      });
      await post(message);
      expectShown(await only(), message);
    });

    it('is changed in place, as often as wanted, and with the same twice', async () => {
      const messageId = await post(status());
      const ended = status({ state: 'ended', line: plain('Done.'), buttons: [] });
      for (const message of [status({ line: plain('Round 2') }), ended, ended]) {
        await update(messageId, painting(message));
        await bench.home.rest();
        expectShown(await only(), message);
      }
    });

    it('keeps its pictures where an update brings none, and changes them where it does', async () => {
      const messageId = await post(round());
      const { critique } = reflection();
      const judged = round({ critique: { text: plain(critique), folded: false } });
      await update(messageId, { message: fitted(judged, bench.home.adapter.capabilities) });
      await bench.home.rest();
      expectShown(await only(), judged);
      const redone = round({ picture: { ...judged.picture, image: PAINTED.before.reference } });
      await update(messageId, painting(redone));
      expectShown(await only(), redone);
    });

    it('is gone once somebody deleted it', async () => {
      const messageId = await post(status());
      await bench.home.deleteMessage(messageId);
      await expect(update(messageId, painting(status()))).rejects.toMatchObject({
        code: 'MESSAGE_GONE',
      });
      expect(await find(MARKER)).toBe(undefined);
      const { adapter, destination } = bench.home;
      await adapter.deleteMessage(destination, messageId, call);
    });

    it('can be taken away', async () => {
      const messageId = await post(status());
      const { adapter, destination } = bench.home;
      await adapter.deleteMessage(destination, messageId, call);
      expect(await bench.home.thread()).toEqual([]);
    });
  });

  describe('a marker', () => {
    it('finds its message and no other, also after changes', async () => {
      const first = await post(status());
      const second = await post(round(), OTHER_MARKER);
      await update(first, painting(status({ line: plain('Done.') })));
      expect(await find(MARKER)).toEqual({ messageId: first });
      expect(await find(OTHER_MARKER)).toEqual({ messageId: second });
      expect(await find('zzzzzzzzzzzzzzzzzzzz')).toBe(undefined);
    });

    it('finds what was posted without an answer', async () => {
      bench.home.trouble('lost');
      await expect(post(final())).rejects.toMatchObject({
        code: 'PLATFORM_UNAVAILABLE',
        retryable: true,
      });
      await bench.home.rest();
      const { messageId } = await only();
      expect(await find(MARKER)).toEqual({ messageId });
    });

    it('is found behind many other messages', async () => {
      const first = await post(status());
      for (let count = 0; count < 12; count += 1) {
        await post(status(), `other${String(count).padStart(15, '0')}`);
      }
      expect(await find(MARKER)).toEqual({ messageId: first });
    });
  });

  describe('trouble', () => {
    it('with the pace says when to come again, and has had no effect', async () => {
      bench.home.trouble('rate-limited');
      await expect(post(status())).rejects.toMatchObject({
        code: 'RATE_LIMITED',
        retryable: true,
        retryAfterMs: expect.any(Number) as number,
      });
      expect(await bench.home.thread()).toEqual([]);
    });

    it('with the line can pass', async () => {
      bench.home.trouble('hangs-up');
      await expect(post(status())).rejects.toMatchObject({
        code: 'PLATFORM_UNAVAILABLE',
        retryable: true,
      });
      expect(await find(MARKER)).toBe(undefined);
      await post(status());
      await only();
    });

    it('with the place is for good', async () => {
      const messageId = await post(status());
      await bench.home.removePlace();
      await expect(post(round(), OTHER_MARKER)).rejects.toMatchObject({ code: 'CHANNEL_GONE' });
      const { code } = await update(messageId, painting(status())).then(
        () => expect.fail('It was painted.'),
        (error: { code: string }) => error,
      );
      expect(['CHANNEL_GONE', 'MESSAGE_GONE']).toContain(code);
    });

    it('with patience: every call hears its signal', async () => {
      const { adapter, destination } = bench.home;
      const reason = new Error('enough');
      const aborted = { signal: AbortSignal.abort(reason) };
      await expect(
        adapter.postMessage(destination, painting(status()), MARKER, aborted),
      ).rejects.toBe(reason);
      await expect(
        adapter.updateMessage(destination, 'any', painting(status()), aborted),
      ).rejects.toBe(reason);
      await expect(adapter.findMessage(destination, MARKER, 0, aborted)).rejects.toBe(reason);
      expect(await bench.home.thread()).toEqual([]);
    });
  });
}
