import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Incoming, IncomingMessage } from '../../../src/bots/types.ts';
import { SHORTCUT } from '../../../src/bots/slack/app.ts';
import type { Person } from '../../support/fake-slack/person.ts';
import type { Channel } from '../../support/fake-slack/types.ts';
import { PAINTED } from '../../support/painted-pictures.ts';
import { call, slackHome, type SlackHome, type Way } from './home.ts';

const PHOTO = { name: 'photo.png', bytes: PAINTED.before.image.bytes };

describe.each<Way>(['socket', 'http'])('what comes in by %s', (way) => {
  let home: SlackHome;
  let ann: Person;
  let garden: Channel;
  beforeAll(async () => {
    home = await slackHome(way);
    ann = home.slack.person('ann', { locale: 'de-DE', isAdmin: true });
    garden = home.slack.channel('garden');
  });
  beforeEach(() => void (home.incoming as Incoming[]).splice(0));
  afterEach(() => {
    home.slack.isMentionFirst = false;
    home.slack.dispatcher.copies = 1;
    expectNoFaults();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const expectNoFaults = () => {
    expect(home.slack.faults).toEqual([]);
    expect(home.problems).toEqual([]);
  };
  const rest = () => home.slack.dispatcher.atRest();
  const onlyMessage = (): IncomingMessage => {
    const messages = new Map(
      home.incoming.flatMap((one) => (one.type === 'message' ? [[one.key, one]] : [])),
    );
    expect(messages.size).toBe(1);
    const [first] = messages.values();
    return first ?? expect.fail('There was no message.');
  };

  it.each([false, true])(
    'is one message, told of twice, the mention first: %s',
    async (isFirst) => {
      const { slack, incoming } = home;
      slack.isMentionFirst = isFirst;
      slack.dispatcher.copies = 3;
      const { ts } = await ann.mentions(garden, 'make it warmer', [PHOTO]);
      await rest();
      expect(incoming).toHaveLength(6);
      for (const one of incoming) {
        expect(one).toMatchObject({
          type: 'message',
          key: `slack:${slack.workspace.id}:${garden.id}:${ts}`,
          text: 'make it warmer',
          mentionsBot: true,
          attachments: [{ name: 'photo.png', mediaType: 'image/png' }],
        });
      }
      expect(onlyMessage()).toMatchObject({
        place: { platform: 'slack', workspace: slack.workspace.id, channel: garden.id },
        author: { id: ann.id, name: 'ann', locale: 'de-DE', isAdmin: true, isBot: false },
        isDirect: false,
        isCommand: false,
      });
      expect(onlyMessage().place).not.toHaveProperty('thread');
    },
  );

  it('is asked about once: who somebody is stays known', () => {
    expect(home.slack.countOf('users.info')).toBe(1);
  });

  it('is direct where nobody else is, and in the thread that it was written in', async () => {
    const first = await ann.writes('hello');
    await ann.replies(first, 'warmer');
    await rest();
    expect(home.incoming).toMatchObject([
      { isDirect: true, text: 'hello' },
      { isDirect: true, text: 'warmer', place: { thread: first.ts } },
    ]);
  });

  it('is a request about the picture of the thread, where the bot was not before', async () => {
    const picture = await ann.says(garden, 'my garden', { files: [PHOTO] });
    await ann.replies(picture, 'nice, is it?');
    await rest();
    (home.incoming as Incoming[]).splice(0);
    await ann.mentions(garden, 'warmer', [], picture);
    await rest();
    expect(onlyMessage()).toMatchObject({
      place: { thread: picture.ts },
      repliedTo: { messageId: picture.ts, isOurs: false, attachments: [{ name: 'photo.png' }] },
    });
    const { workspace } = home.slack;
    const place = { platform: 'slack', workspace: workspace.id, channel: garden.id };
    await home.adapter.postMessage(
      { place: { ...place, thread: picture.ts }, context: {} },
      { message: { kind: 'note', text: onlyMessage().text, pictures: [], buttons: [] } },
      'marker00000000000000',
      call,
    );
    await rest();
    (home.incoming as Incoming[]).splice(0);
    await ann.mentions(garden, 'a bit less', [], picture);
    await rest();
    expect(onlyMessage()).not.toHaveProperty('repliedTo');
  });

  it('is nothing where people talk to each other, and in a thread what may be meant for the bot', async () => {
    const message = await ann.says(garden, 'what a day');
    await ann.replies(message, 'yes');
    await rest();
    expect(home.incoming).toMatchObject([{ text: 'yes', mentionsBot: false, isDirect: false }]);
  });

  it('has its edits and its end under the same key', async () => {
    const message = await ann.mentions(garden, 'warmer');
    ann.edits(message, `@editor colder`);
    ann.deletes(message);
    await rest();
    const kinds = home.incoming.map((one) => one.type === 'message' && one.kind);
    expect(new Set(kinds)).toEqual(new Set(['new', 'edited', 'deleted']));
    expect(onlyMessage().messageId).toBe(message.ts);
  });

  it('is a reaction to a message of ours, and to no other', async () => {
    const { workspace } = home.slack;
    const place = { platform: 'slack', workspace: workspace.id, channel: garden.id };
    const text = onlyText('Here it is.');
    home.slack.clock.advance(2_000);
    const { messageId } = await home.adapter.postMessage(
      { place, context: {} },
      { message: { kind: 'note', text, pictures: [], buttons: [] } },
      'marker00000000000001',
      call,
    );
    const ours = garden.messages.find(({ ts }) => ts === messageId) ?? expect.fail('gone');
    ann.reacts(ours, '+1::skin-tone-3');
    ann.reacts(await ann.says(garden, 'chatter'), '+1');
    await rest();
    const reactions = home.incoming.filter(({ type }) => type === 'reaction');
    expect(reactions).toMatchObject([{ emoji: '👍', isAdded: true, messageId }]);
  });

  it('is what was filled in after "Edit this image" was chosen, in the thread of that message', async () => {
    const picture = await ann.says(garden, 'my garden', { files: [PHOTO] });
    await rest();
    (home.incoming as Incoming[]).splice(0);
    await ann.shortcut(picture, SHORTCUT);
    await expect.poll(() => ann.modal).toBeDefined();
    expect(ann.modal?.content).toMatchObject({ title: { text: 'Dieses Bild bearbeiten' } });
    await ann.submits({ text: 'warmer <!channel>', chosen: ['2'] });
    await rest();
    const request = onlyMessage();
    expect(request).toMatchObject({
      text: 'warmer <!channel>',
      isCommand: true,
      options: { rounds: 2 },
      target: { messageId: picture.ts, isOurs: false, attachments: [{ name: 'photo.png' }] },
    });
    const { adapter } = home;
    const { place, context, messageId, target } = request;
    const thread = await adapter.openThread?.(
      { place, context },
      messageId,
      onlyText('warmer'),
      call,
    );
    expect(thread).toEqual({ ...place, thread: picture.ts });
    const [file] = target?.attachments ?? [];
    if (!file) expect.fail('There was no file.');
    const bytes = await adapter.fetchAttachment(file, { maxBytes: 1e6 }, call);
    expect(Buffer.from(bytes).equals(PHOTO.bytes)).toBe(true);
  });

  it('is what was filled in after /edit, and begins a thread once', async () => {
    await ann.slash(garden, '/edit', 'a foggy & cold morning');
    await expect.poll(() => ann.modal).toBeDefined();
    await ann.submits({ files: [PHOTO] });
    await rest();
    const request = onlyMessage();
    expect(request).toMatchObject({
      text: 'a foggy & cold morning',
      isCommand: true,
      attachments: [{ name: 'photo.png' }],
    });
    const { place, context, messageId } = request;
    home.slack.clock.advance(2_000);
    const open = () =>
      home.adapter.openThread?.({ place, context }, messageId, onlyText('a <foggy> morning'), call);
    const first = await open();
    home.slack.clock.advance(2_000);
    expect(await open()).toEqual(first);
    const roots = garden.messages.filter(({ text }) => text.includes('foggy'));
    expect(roots).toMatchObject([
      { ts: first?.thread, text: `<@${ann.id}>: a &lt;foggy&gt; morning` },
    ]);
  });

  it.each([
    ['help', 'help'],
    ['history', 'history'],
    ['settings', 'settings'],
    ['forget me', 'forget-me'],
  ])('is a command: /edit %s', async (text, command) => {
    await ann.slash(garden, '/edit', text);
    await rest();
    expect(home.incoming).toMatchObject([
      { type: 'command', command, place: { channel: garden.id }, author: { id: ann.id } },
    ]);
    expect(ann.modal).toBe(undefined);
  });

  it('is who opened the page of the app, and the agent, which makes proposals', async () => {
    ann.opensHome();
    const root = ann.opensAssistant();
    await rest();
    const { id } = home.slack.workspace.directChannel(ann.id);
    expect(home.incoming).toMatchObject([
      { type: 'command', command: 'home', place: { channel: id } },
    ]);
    const { prompts } = home.slack.workspace.directChannel(ann.id);
    await expect.poll(() => prompts.get(root.ts)?.length).toBe(4);
    expect(prompts.get(root.ts)?.[0]?.message).toContain('heller');
  });
});

describe.each<Way>(['socket', 'http'])('what could not be kept, by %s', (way) => {
  it('is not acknowledged, and sent again', async () => {
    let failures = 1;
    const beforeKept = () => {
      failures -= 1;
      if (failures >= 0) throw new Error('The disk is full.');
    };
    await using home = await slackHome(way, { beforeKept });
    const { slack, incoming } = home;
    slack.dispatcher.retryAfterMs = [60_000];
    const message = await slack.person('ann').writes('warmer');
    await expect.poll(() => failures).toBe(0);
    slack.clock.advance(3_001);
    await slack.dispatcher.atRest();
    expect(incoming).toEqual([]);
    expect(slack.dispatcher.acks).toEqual([]);
    slack.clock.advance(60_001);
    await expect.poll(() => incoming).toMatchObject([{ messageId: message.ts }]);
    await slack.dispatcher.atRest();
    expect(slack.dispatcher.acks).toHaveLength(1);
  });
});

describe('a mention in a thread that can’t be looked at just then', () => {
  it.each([
    ['is sent again, and about its picture', 1, 1],
    ['is taken without its picture in the end', 99, 0],
  ])('%s', async (_what, times, pictures) => {
    await using home = await slackHome('http');
    const { slack, incoming } = home;
    const ann = slack.person('ann');
    const garden = slack.channel('garden');
    const root = await ann.says(garden, 'my garden', { files: [PHOTO] });
    slack.dispatcher.retryAfterMs = [0, 0, 0];
    slack.troubles.add('conversations.replies', { kind: 'hangs-up' }, { times });
    await ann.mentions(garden, 'warmer', [], root);
    await slack.dispatcher.atRest();
    expect(slack.dispatcher.undelivered).toEqual([]);
    const mention = incoming.at(-1);
    expect(mention).toMatchObject({ text: 'warmer' });
    const { attachments = [] } = (mention?.type === 'message' && mention.repliedTo) || {};
    expect(attachments).toHaveLength(pictures);
  });
});

describe('the connection', () => {
  it('is opened again when Slack ends it or it breaks, and nothing is lost', async () => {
    await using home = await slackHome('socket');
    const { slack, incoming } = home;
    const ann = slack.person('ann');
    for (const end of [
      () => slack.sockets.refresh('refresh_requested'),
      () => slack.sockets.cut(),
    ]) {
      end();
      await slack.sockets.connected();
      await ann.writes('warmer');
      await slack.dispatcher.atRest();
    }
    expect(incoming).toHaveLength(2);
    expect(home.problems).toEqual([]);
    expect(slack.faults).toEqual([]);
  });

  it('is tried again and again while Slack is away', async () => {
    await using home = await slackHome('socket');
    const { slack } = home;
    slack.troubles.add('apps.connections.open', { kind: 'status', status: 503 });
    slack.sockets.cut();
    await slack.sockets.connected();
    expect(home.problems).toMatchObject([{ code: 'PLATFORM_UNAVAILABLE' }]);
  });
});

const onlyText = (text: string) => text as IncomingMessage['text'];
