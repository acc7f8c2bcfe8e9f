import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUSY_MACHINE, startBotAt, type BotAtSlack } from '../support/fake-slack/bot-at-slack.ts';
import { FakeSlack } from '../support/fake-slack/fake-slack.ts';
import { lakePhoto } from '../support/fake-slack/lake-photo.ts';
import { appOfManifest } from '../support/fake-slack/manifest.ts';
import type { OwnFile, Person } from '../support/fake-slack/person.ts';
import { kindOf } from '../support/fake-slack/transcript.ts';
import type { Trouble } from '../support/fake-slack/troubles.ts';
import type { Channel, Message } from '../support/fake-slack/types.ts';
import {
  until,
  untilAnswered,
  untilHeard,
  untilSaid,
  type Look,
} from '../support/fake-slack/until.ts';

const kindsIn = (look: Look) => look().map(kindOf).join(' ');
const WELL = 'person status round final';

let slack: FakeSlack;
let bot: BotAtSlack;
let ann: Person;
let photo: OwnFile;

beforeAll(async () => {
  photo = await lakePhoto();
  slack = await FakeSlack.start({
    ...(await appOfManifest()),
    pollsUntilReady: 0,
    ...BUSY_MACHINE,
  });
  // All that happens is told twice, the wrong way round, and told again soon when it was not heard.
  slack.dispatcher.copies = 2;
  slack.isMentionFirst = true;
  slack.dispatcher.retryAfterMs = [0, ...Array.from({ length: 60 }, () => 250)];
  ann = slack.person('ann');
  bot = await startBotAt(slack, 'Socket Mode');
  await bot.product.says(/is the answer/);
}, 120_000);
afterAll(async () => {
  await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
});

const thread = (root: Message) => () => slack.thread(root);
const asks = (channel: Channel) => ann.mentions(channel, 'flip it', [photo]);

describe('the bot at a Slack that is not at its best', { timeout: 120_000 }, () => {
  it.concurrent('answers people once, and no bots', async () => {
    const channel = slack.channel('bots');
    const robot = slack.person('robot', { isBot: true });
    const theirs = await robot.mentions(channel, 'flip it', [photo]);
    const root = await asks(channel);
    await untilAnswered(thread(root));
    expect(kindsIn(thread(root))).toBe(WELL);
    expect(kindsIn(thread(theirs))).toBe('person');
  });

  it.concurrent.each<[string, string, Trouble]>([
    ['asks to wait before a post', 'chat.postMessage', { kind: 'rate-limited', seconds: 1 }],
    ['asks to wait before a change', 'chat.update', { kind: 'rate-limited', seconds: 1 }],
    ['takes a post and does not say so', 'chat.postMessage', { kind: 'lost' }],
    ['does not hear a post', 'chat.postMessage', { kind: 'hangs-up' }],
    ['takes a change and does not say so', 'chat.update', { kind: 'lost' }],
    ['fails a post', 'chat.postMessage', { kind: 'refused', error: 'fatal_error' }],
    ['is down', 'chat.postMessage', { kind: 'status', status: 503 }],
  ])('shows each message once where Slack %s', async (name, method, trouble) => {
    const channel = slack.channel(name.replaceAll(' ', '-'));
    slack.troubles.add(method, trouble, { times: 2, channel });
    const root = await asks(channel);
    await untilAnswered(thread(root));
    await untilSaid(thread(root), /^\*Done\./);
    expect(kindsIn(thread(root))).toBe(WELL);
  });

  it.concurrent('says in words what Slack does not take as blocks', async () => {
    const channel = slack.channel('blocks');
    const trouble: Trouble = { kind: 'refused', error: 'invalid_blocks' };
    slack.troubles.add('chat.update', trouble, { times: 1, channel });
    const root = await asks(channel);
    await untilAnswered(thread(root));
    const { message } = await untilSaid(thread(root), /Done\./);
    expect(message.blocks ?? []).toEqual([]);
    expect(kindsIn(thread(root))).toBe(WELL);
  });

  it.concurrent('gets a file of another organization', async () => {
    slack.workspace.hidesFiles = true;
    const root = await asks(slack.channel('shared'));
    slack.workspace.hidesFiles = false;
    await untilAnswered(thread(root));
    expect(kindsIn(thread(root))).toBe(WELL);
  });

  it.concurrent('writes in a channel once it was invited there', async () => {
    const away = slack.channel('away', { withoutBot: true });
    const root = await ann.says(away, 'look', { files: [photo] });
    await untilHeard(() => ann.shortcut(root, 'edit_image'));
    await until(
      () => ann.modal,
      () => 'There is no form.',
    );
    await untilHeard(async () => (await ann.submits({ text: 'flip it' })) ?? 'sent');
    await until(
      () => slack.countOf('chat.postMessage', away.id) > 0,
      () => 'It does not try.',
    );
    // Meanwhile who asked is told.
    await until(
      () => slack.countOf('chat.postMessage', ann.id) > 0,
      () => 'Nobody is told.',
    );
    away.members.add(slack.workspace.botUser.id);
    await untilAnswered(thread(root));
    expect(kindsIn(thread(root))).toBe(WELL);
  });

  it.concurrent('leaves a channel alone that is archived in the meantime', async () => {
    const channel = slack.channel('archived');
    const root = await asks(channel);
    await until(
      () => thread(root)().length > 1,
      () => 'It does not begin.',
    );
    channel.isArchived = true;
    const count = thread(root)().length;
    const next = await asks(slack.channel('next'));
    await untilAnswered(thread(next));
    expect(thread(root)().length).toBe(count);
  });

  it.concurrent(
    'goes on where its connection breaks off, and where Slack asks for another',
    async () => {
      const channel = slack.channel('connection');
      const root = await asks(channel);
      await until(
        () => thread(root)().length > 1,
        () => 'It does not begin.',
      );
      slack.sockets.cut();
      await slack.sockets.connected();
      await untilAnswered(thread(root));
      slack.sockets.refresh('refresh_requested');
      await ann.replies(root, 'make it black and white');
      await untilAnswered(thread(root), 2);
      expect(kindsIn(thread(root))).toBe(`${WELL} ${WELL}`);
    },
  );
});

describe('the bot where one thing is missing', { timeout: 120_000 }, () => {
  it.each(['files:read', 'files:write'])('names %s', async (scope) => {
    slack.workspace.scopes.delete(scope);
    const root = await asks(slack.channel(scope));
    const told = await untilSaid(thread(root), new RegExp(scope));
    expect(told.text).toContain('reinstall');
    slack.workspace.scopes.add(scope);
  });

  it('asks again where a page came in place of a file', async () => {
    slack.troubles.add('download', { kind: 'login-page' });
    const root = await asks(slack.channel('page'));
    await untilAnswered(thread(root));
    expect(kindsIn(thread(root))).toBe(WELL);
  });

  it('waits for a file that Slack has not looked at', async () => {
    slack.workspace.pollsUntilReady = 3;
    const root = await asks(slack.channel('slow'));
    await untilAnswered(thread(root));
    expect(kindsIn(thread(root))).toBe(WELL);
  });

  it('outlives that its token is taken back', async () => {
    slack.revoke();
    const root = await asks(slack.channel('revoked'));
    await slack.dispatcher.atRest();
    expect(kindsIn(thread(root))).toBe('person');
    expect(await bot.product.kill('SIGTERM')).toBe(143);
    slack.demandNoFaults();
  });
});
