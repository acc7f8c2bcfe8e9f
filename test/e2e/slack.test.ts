import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  BUSY_MACHINE,
  startBotAt,
  type BotAtSlack,
  type TransportName,
} from '../support/fake-slack/bot-at-slack.ts';
import { FakeSlack } from '../support/fake-slack/fake-slack.ts';
import { lakePhoto } from '../support/fake-slack/lake-photo.ts';
import { appOfManifest } from '../support/fake-slack/manifest.ts';
import type { OwnFile, Person } from '../support/fake-slack/person.ts';
import type { Seen } from '../support/fake-slack/seen.ts';
import { kindOf } from '../support/fake-slack/transcript.ts';
import type { Message } from '../support/fake-slack/types.ts';
import {
  until,
  untilAnswered,
  untilHeard,
  untilSaid,
  type Look,
} from '../support/fake-slack/until.ts';

/** Sooner and more often than Slack does. */
const RETRY_AFTER_MS = [0, ...Array.from({ length: 60 }, () => 250)];
const SQUARE = { width: 240, height: 240 };

let photo: OwnFile;
beforeAll(async () => {
  photo = await lakePhoto();
}, 120_000);

const sizeOf = (seen: Seen | undefined) => seen?.pictures.at(-1)?.file.kind.size;
const kindsIn = (look: Look) => look().map(kindOf).join(' ');
const untilForm = (person: Person) =>
  until(
    () => person.modal,
    () => 'There is no form.',
  );

/** How much more red than blue there is in the latest picture of a message. */
async function warmthOf(seen: Seen | undefined, picture = -1): Promise<number> {
  const { channels } = await sharp(seen?.pictures.at(picture)?.file.bytes).stats();
  return (channels[0]?.mean ?? 0) - (channels[2]?.mean ?? 0);
}

describe.concurrent.each<TransportName>(['Socket Mode', 'signed requests'])(
  'the bot at Slack over %s',
  { timeout: 120_000 },
  (transport) => {
    let slack: FakeSlack;
    let bot: BotAtSlack;
    let ann: Person;
    let ben: Person;

    beforeAll(async () => {
      // That a file takes a while, and how soon it answers, is looked at elsewhere.
      slack = await FakeSlack.start({
        ...(await appOfManifest()),
        pollsUntilReady: 0,
        ...BUSY_MACHINE,
      });
      ann = slack.person('ann');
      ben = slack.person('ben');
      slack.dispatcher.retryAfterMs = RETRY_AFTER_MS;
      bot = await startBotAt(slack, transport);
    }, 120_000);
    afterAll(async () => {
      await bot[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
      slack.demandNoFaults();
    });

    const thread = (root: Message) => () => slack.thread(root);
    const direct = (person: Person) => () =>
      slack.timeline(slack.workspace.directChannel(person.id));

    it.concurrent(
      'edits the pictures of mentions, and goes on talking in their threads',
      async () => {
        const general = slack.channel('general');
        const root = await ann.mentions(general, 'make it warmer', [photo]);
        const other = await ben.mentions(general, 'crop it to a square', [photo]);
        const [warm] = await untilAnswered(thread(root));
        expect(kindsIn(thread(root))).toBe('person status round round final');
        expect(warm?.pictures.map(({ alt }) => alt)).toMatchObject([
          expect.stringContaining('before'),
          expect.stringMatching(/^The edited picture\. Warm/),
        ]);
        expect(await warmthOf(warm)).toBeGreaterThan(await warmthOf(warm, 0));
        expect(sizeOf(warm)).toEqual({ width: 360, height: 240 });
        const [square] = await untilAnswered(thread(other));
        expect(sizeOf(square)).toEqual(SQUARE);

        await ann.replies(root, 'a bit less');
        const [, less] = await untilAnswered(thread(root), 2);
        expect(await warmthOf(less)).toBeLessThan(await warmthOf(warm));
        await untilHeard(() => ann.presses((less as Seen).message, 'Undo'));
        const undone = await untilSaid(thread(root), /^Back at this one/);
        expect(await warmthOf(undone)).toBe(await warmthOf(warm));
        expect(kindsIn(thread(other))).toBe('person status round final');
      },
    );

    it('edits the picture of the message that a mention replies to', async () => {
      const channel = slack.channel('reply');
      const root = await ben.says(channel, 'what do you think?', { files: [photo] });
      await ann.mentions(channel, 'crop it to a square', [], root);
      const [square] = await untilAnswered(thread(root));
      expect(sizeOf(square)).toEqual(SQUARE);
    });

    it('edits the picture of any message by its shortcut', async () => {
      const root = await ben.says(slack.channel('shortcut'), 'look', { files: [photo] });
      await untilHeard(() => ann.shortcut(root, 'edit_image'));
      await untilForm(ann);
      await untilHeard(async () => (await ann.submits({ text: 'crop it to a square' })) ?? 'sent');
      expect(ann.modal).toBeUndefined();
      const [square] = await untilAnswered(thread(root));
      expect(sizeOf(square)).toEqual(SQUARE);
    });

    it.concurrent(
      'edits the picture in the form of the command, in the words of who asks',
      async () => {
        const cleo = slack.person('cleo', { locale: 'de-DE' });
        const channel = slack.channel('command');
        await untilHeard(() => cleo.slash(channel, '/edit', 'flip it'));
        const { content } = await untilForm(cleo);
        expect(content['title']).toMatchObject({ text: 'Dieses Bild bearbeiten' });
        await untilHeard(async () => (await cleo.submits({ files: [photo] })) ?? 'sent');
        const { message: root } = await untilSaid(() => slack.timeline(channel), /flip it/);
        const [final] = await untilAnswered(thread(root));
        expect(final?.text).toBe('*Hier ist es.*');
        // Of a small PNG the answer is the file that its round has shown.
        expect(final?.pictures.map(({ file }) => file.name)).toEqual(['before.png', 'round-1.png']);
      },
    );

    it('edits pictures in direct messages', async () => {
      const dora = slack.person('dora');
      await dora.writes('crop it to a square', [photo]);
      const [square] = await untilAnswered(direct(dora));
      expect(sizeOf(square)).toEqual(SQUARE);
      // In a thread of the answer it goes on from that one.
      const { message } = square as Seen;
      await dora.replies(message, 'flip it');
      const [flipped] = await untilAnswered(() => slack.thread(message).slice(1));
      expect(sizeOf(flipped)).toEqual(SQUARE);
    });

    it('is an agent: it offers something, says what it does, and does it', async () => {
      const emil = slack.person('emil');
      const root = emil.opensAssistant();
      const offered = await until(
        () => slack.promptsIn(root).find(({ message }) => message.includes('16:9')),
        () => 'Nothing is offered.',
      );
      await emil.replies(root, offered.message, [photo]);
      const [wide] = await untilAnswered(thread(root));
      const { width = 0, height = 1 } = sizeOf(wide) ?? {};
      expect(width / height).toBeCloseTo(16 / 9, 1);
      expect(slack.countOf('assistant.threads.setStatus', root.channel)).toBeGreaterThan(0);
      expect(slack.statusIn(root)).toBe('');
    });

    it('stops when it is told to', async () => {
      const bytes = await sharp(photo.bytes).resize(2_000).png().toBuffer();
      const channel = slack.channel('stop');
      const root = await ann.mentions(channel, 'denoise it and make it warmer', [
        { name: 'large.png', bytes },
      ]);
      const { message } = await until(
        () => slack.thread(root).find(({ buttons }) => buttons[0]?.label === 'Stop'),
        () => 'It can not be stopped.',
      );
      await untilHeard(() => ann.presses(message, 'Stop'));
      await untilSaid(thread(root), /^\*Stopped\./);
      expect(kindsIn(thread(root))).not.toContain('final');
    });

    it('takes nothing in a request for more than text', async () => {
      const asked = 'write "a < b *c* @channel https://a.example" at the bottom';
      const root = await ann.mentions(slack.channel('markup'), asked, [photo]);
      await untilAnswered(thread(root));
      const ours = slack.thread(root).slice(1);
      const sent = JSON.stringify(ours.map(({ message: { text, blocks } }) => [text, blocks]));
      expect(sent).toContain('a &lt; b');
      expect(sent).not.toMatch(/<!|<https?:/);
    });

    it('shows a page of its own, and forgets who wants that', async () => {
      const fay = slack.person('fay');
      await fay.writes('flip it', [photo]);
      await untilAnswered(direct(fay));
      fay.opensHome();
      const page = () => JSON.stringify(fay.user.home?.content['blocks'] ?? []);
      await until(() => page().includes('flip it'), page);
      await untilHeard(() => fay.pressesAtHome('Delete everything'));
      await untilSaid(direct(fay), /^Deleted, for good: 1 request/);
      expect(kindsIn(direct(fay))).toBe('person note');
    });
  },
);
