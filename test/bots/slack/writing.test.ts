import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { ChatMessage, RoundMessage } from '../../../src/bots/messages.ts';
import { plain } from '../../../src/bots/plain-text.ts';
import type { Destination, Painting } from '../../../src/bots/types.ts';
import type { Person } from '../../support/fake-slack/person.ts';
import type { Channel, Message } from '../../support/fake-slack/types.ts';
import { PAINTED, paintedFiles } from '../../support/painted-pictures.ts';
import { adapterIn, call, slackHome, type SlackHome } from './home.ts';

let home: SlackHome;
let ann: Person;
let garden: Channel;
let root: Message;
let round: RoundMessage;
let count = 0;

beforeAll(async () => {
  home = await slackHome();
  ann = home.slack.person('ann');
  garden = home.slack.channel('garden');
});
beforeEach(async () => {
  root = await ann.says(garden, 'Look');
  round = roundOf(`turn${root.ts}`);
  await pass(60_000);
});
afterEach(async () => {
  home.slack.troubles.clear();
  await home.slack.dispatcher.atRest();
  expectNoFaults();
});
afterAll(() => home[Symbol.asyncDispose]());

/** Time passes, in which nothing is under way. */
async function pass(forMs: number): Promise<void> {
  await home.slack.dispatcher.atRest();
  home.slack.clock.advance(forMs);
}

const expectNoFaults = () => expect(home.slack.faults).toEqual([]);

const there = (): Destination => ({
  place: {
    platform: 'slack',
    workspace: home.slack.workspace.id,
    channel: garden.id,
    thread: root.ts,
  },
  context: { locale: 'en' },
});

const shown = (message: ChatMessage): Painting => {
  const files = paintedFiles(message);
  return files.length > 0 ? { message, files } : { message };
};

const note = (text: string): ChatMessage => ({
  kind: 'note',
  text: plain(text),
  pictures: [],
  buttons: [],
});

/** Of another turn in each test, so that none finds the files of one before. */
const roundOf = (turnId: string): RoundMessage => ({
  kind: 'round',
  turnId,
  round: 2,
  title: plain('Round 2'),
  instruction: plain('Warm it.'),
  picture: { image: PAINTED.after.reference, alt: plain('A warm hill.'), size: 'small' },
  buttons: [],
});

const answerOf = ({ turnId }: RoundMessage): ChatMessage => ({
  kind: 'final',
  turnId,
  round: 2,
  line: plain('Here it is.'),
  picture: { image: PAINTED.after.reference, alt: plain('The answer.'), size: 'result' },
  before: { image: PAINTED.before.reference, alt: plain('Before.'), size: 'small' },
  buttons: [],
});

const marker = () => `marker${String((count += 1)).padStart(14, '0')}`;
const post = (message: ChatMessage, to = there()) =>
  home.adapter.postMessage(to, shown(message), marker(), call);
const posted = () => home.slack.thread(root).slice(1);
const callsSince = (start: number) =>
  home.slack.troubles.calls.slice(start).map(({ method }) => method);

describe('a message with a picture', () => {
  it('takes as many calls as it needs: the file in no channel, a look at it, the message', async () => {
    const start = home.slack.troubles.calls.length;
    await post(round);
    expect(callsSince(start)).toEqual([
      'files.getUploadURLExternal',
      'upload',
      'files.completeUploadExternal',
      'files.info',
      'files.info',
      'chat.postMessage',
    ]);
    const [seen] = posted();
    expect(seen?.message.metadata?.event_payload).toMatchObject({
      turn: round.turnId,
      round: 2,
    });
    expect(seen?.pictures).toMatchObject([{ alt: 'A warm hill.' }]);
  });

  it('uploads it once, however often the message is tried', async () => {
    const { troubles } = home.slack;
    troubles.add('chat.postMessage', { kind: 'rate-limited', seconds: 1 });
    const start = troubles.calls.length;
    const name = marker();
    const attempt = () => home.adapter.postMessage(there(), shown(round), name, call);
    await expect(attempt()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1_000 });
    await pass(2_000);
    await attempt();
    expect(callsSince(start).filter((method) => method === 'upload')).toHaveLength(1);
    expect(posted()).toHaveLength(1);
  });

  it('shows it again in the answer of its turn, with words of its own', async () => {
    const start = home.slack.troubles.calls.length;
    await post(round);
    await post(answerOf(round));
    expect(callsSince(start).filter((method) => method === 'upload')).toHaveLength(2);
    const [ofRound, ofAnswer] = posted().map(({ pictures }) => pictures);
    expect(ofAnswer).toMatchObject([{ alt: 'Before.' }, { alt: 'The answer.' }]);
    expect(ofAnswer?.[1]?.file).toBe(ofRound?.[0]?.file);
  });

  it('shows it in no other turn, with which it would go', async () => {
    await post(round);
    await post(roundOf(`${round.turnId}b`));
    const [one, other] = posted().map(({ pictures }) => pictures[0]?.file);
    expect(one?.id).not.toBe(other?.id);
  });

  it('is whole though a process that did not write the round writes the answer', async () => {
    await post(round);
    const other = adapterIn(home.slack, 'socket');
    await other.start(async () => {}, call);
    const answer = answerOf(round);
    await other.postMessage(there(), shown(answer), marker(), call);
    await other[Symbol.asyncDispose]();
    expect(posted().map(({ pictures }) => pictures.length)).toEqual([1, 2]);
  });

  it('takes away all files of a turn, of which one was shown twice', async () => {
    const first = await post(round);
    const last = await post(answerOf(round));
    const files = posted().flatMap(({ pictures }) => pictures.map(({ file }) => file));
    await home.adapter.deleteMessage(there(), first.messageId, call);
    await home.adapter.deleteMessage(there(), last.messageId, call);
    expect(posted()).toEqual([]);
    expect(files.map(({ state }) => state)).toEqual(['deleted', 'deleted', 'deleted']);
    await post(round);
    expect(posted()).toMatchObject([{ pictures: [{ file: { state: 'complete' } }] }]);
  });

  it('is uploaded anew where Slack has it no more', async () => {
    await post(round);
    for (const { file } of posted()[0]?.pictures ?? []) file.state = 'deleted';
    let isAnswered = false;
    const answer = post(answerOf(round)).finally(() => (isAnswered = true));
    await expect.poll(() => (home.slack.clock.advance(500), isAnswered)).toBe(true);
    await answer;
    expect(posted()[1]?.pictures).toMatchObject([
      { alt: 'Before.', file: { state: 'complete' } },
      { alt: 'The answer.', file: { state: 'complete' } },
    ]);
  });

  it('keeps it when the message is changed by a process that did not write it', async () => {
    const { messageId } = await post(round);
    const other = adapterIn(home.slack, 'socket');
    await other.start(async () => {}, call);
    await pass(5_000);
    await other.updateMessage(
      there(),
      messageId,
      { message: { ...round, title: plain('Round two') } },
      call,
    );
    await other[Symbol.asyncDispose]();
    expect(posted()).toMatchObject([
      { text: expect.stringContaining('Round two'), pictures: [{ alt: 'A warm hill.' }] },
    ]);
  });

  it('takes it away with the message', async () => {
    const { messageId } = await post(round);
    const [file] = posted()[0]?.pictures ?? [];
    await home.adapter.deleteMessage(there(), messageId, call);
    expect(posted()).toEqual([]);
    expect(file?.file.state).toBe('deleted');
  });

  it('brings the whole picture as a link where Slack can’t show it', async () => {
    const [file] = paintedFiles(round);
    if (!file) expect.fail('There is no picture.');
    const original = { name: 'result.webp', image: PAINTED.before.image };
    const painting = { message: round, files: [{ ...file, original }] };
    await home.adapter.postMessage(there(), painting, marker(), call);
    const link = /<https:\/\/acme\.slack\.com\/files\/\S+\|result\.webp>/;
    expect(posted()[0]?.text).toMatch(link);
    expect(posted()[0]?.pictures).toHaveLength(1);
    const other = adapterIn(home.slack, 'socket');
    await other.start(async () => {}, call);
    await pass(5_000);
    const messageId = posted()[0]?.ts ?? '';
    await other.updateMessage(there(), messageId, { message: round }, call);
    expect(posted()[0]?.text).toMatch(link);
    const files = [...home.slack.workspace.files.values()].slice(-2);
    await other.deleteMessage(there(), messageId, call);
    expect(files.map(({ state }) => state)).toEqual(['deleted', 'deleted']);
    await other[Symbol.asyncDispose]();
  });
});

describe('blocks that Slack does not take', () => {
  it.each(['invalid_blocks', 'msg_blocks_too_long'])(
    'are left out of an update: %s',
    async (error) => {
      const { messageId } = await post(note('Thinking …'));
      await pass(5_000);
      home.slack.troubles.add('chat.update', { kind: 'refused', error });
      const painting = { message: note('Done <!channel>') };
      await home.adapter.updateMessage(there(), messageId, painting, call);
      expect(posted()).toMatchObject([{ ts: messageId, text: 'Done &lt;!channel&gt;' }]);
      expect(posted()[0]?.message.blocks ?? []).toEqual([]);
    },
  );

  it('are left out of a new message, which is posted once and links to its picture', async () => {
    const details = { errors: ['must be less than 3001 characters [json-pointer:/blocks/1/text]'] };
    const trouble = { kind: 'refused', error: 'invalid_blocks', details } as const;
    home.slack.troubles.add('chat.postMessage', trouble);
    await post(round);
    expect(posted()).toHaveLength(1);
    expect(posted()[0]?.text).toMatch(/Round 2\nWarm it\.\n<https:\/\/acme\.slack\.com\//);
  });

  it('are tried again where it is about a picture that Slack has not ready everywhere', async () => {
    const details = { errors: ['invalid slack file [json-pointer:/blocks/2/slack_file]'] };
    const trouble = { kind: 'refused', error: 'invalid_blocks', details } as const;
    home.slack.troubles.add('chat.postMessage', trouble);
    await post(round);
    expect(posted()).toMatchObject([{ pictures: [{ alt: 'A warm hill.' }] }]);
  });
});

describe('what stands in the way', () => {
  it.each([
    ['missing_scope', { needed: 'chat:write' }, 'NOT_PERMITTED', 'chat:write'],
    ['not_in_channel', {}, 'NOT_PERMITTED', '/invite'],
    ['token_revoked', {}, 'NOT_PERMITTED', 'install me again'],
    ['is_archived', {}, 'CHANNEL_GONE', 'archived'],
    ['msg_too_long', {}, 'MESSAGE_REFUSED', 'did not take'],
    ['internal_error', {}, 'PLATFORM_UNAVAILABLE', 'tried again'],
  ])('is named: %s', async (error, details, code, words) => {
    home.slack.troubles.add('chat.postMessage', { kind: 'refused', error, details });
    await expect(post(note('Hello'))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
    expect(posted()).toEqual([]);
  });

  it('ends a wait for a file that Slack does not get ready', async () => {
    const { signal, abort } = deadline();
    home.slack.troubles.add('files.info', { kind: 'hangs-up' });
    await expect(post(round)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    const waiting = home.adapter.postMessage(there(), shown(round), marker(), { signal });
    abort();
    await expect(waiting).rejects.toThrow('enough');
  });
});

function deadline() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) };
}

describe('what one person alone is told', () => {
  const tell = (to: Destination, text = 'Only you: <b>') =>
    home.adapter.notify?.(to, { id: ann.id }, plain(text), call);

  it('others in the channel don’t see', async () => {
    await tell(there());
    expect(home.slack.thread(root, ann).at(-1)).toMatchObject({
      text: 'Only you: &lt;b&gt;',
      isForThemAlone: true,
    });
    expect(posted()).toEqual([]);
  });

  it('stays where they are alone with the bot', async () => {
    const { id } = home.slack.workspace.directChannel(ann.id);
    await tell({
      ...there(),
      place: { platform: 'slack', workspace: home.slack.workspace.id, channel: id },
    });
    const { messages } = home.slack.workspace.directChannel(ann.id);
    expect(messages.at(-1)).toMatchObject({ text: 'Only you: &lt;b&gt;' });
    expect(messages.at(-1)).not.toHaveProperty('onlyFor');
  });

  it('comes directly where the bot may not write', async () => {
    const closed = home.slack.channel('closed', { withoutBot: true });
    const { place } = there();
    await tell({ context: {}, place: { ...place, channel: closed.id } }, 'Invite me.');
    const { messages } = home.slack.workspace.directChannel(ann.id);
    expect(messages.at(-1)?.text).toBe('Invite me.');
  });
});

describe('a thread of a form in a channel without the bot', () => {
  it('can’t be begun, which is said', async () => {
    const closed = home.slack.channel('shut', { withoutBot: true, kind: 'group' });
    const place = { ...there().place, channel: closed.id };
    const { thread: _thread, ...channel } = place;
    const opening = home.adapter.openThread?.(
      { place: channel, context: { asker: ann.id } },
      'V1',
      plain('warmer'),
      call,
    );
    await expect(opening).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      message: expect.stringContaining('/invite') as string,
    });
  });
});

describe('that the bot is at work', () => {
  it('is said in the thread, until it says something', async () => {
    await home.adapter.showTyping?.(there(), call);
    expect(home.slack.statusIn(root)).toBe('is looking at your picture …');
    await post(note('Here.'));
    expect(home.slack.statusIn(root)).toBe('');
  });
});

describe('the page of the app', () => {
  it('shows what was asked for lately, what holds, and how to be forgotten', async () => {
    const { id: channel } = home.slack.workspace.directChannel(ann.id);
    const place = { platform: 'slack', workspace: home.slack.workspace.id, channel };
    await home.adapter.showHome?.(
      { place, context: {} },
      { id: ann.id },
      {
        locale: 'en',
        help: plain('Send me a picture.'),
        recentTitle: plain('Your last requests'),
        recent: [
          {
            title: plain('warmer *!*'),
            state: 'succeeded',
            line: plain('Done, an hour ago'),
            at: 0,
            place,
            link: 'https://acme.slack.com/archives/C1/p1',
          },
        ],
        settingsLines: [plain('Everybody may ask.')],
        settings: { channels: [], roles: [], dailyPerPerson: 5, followUps: true },
        isAdmin: true,
        forgetMe: {
          question: plain('This deletes all.'),
          button: { action: 'forget-me', turnId: 'home', label: plain('Delete'), style: 'danger' },
        },
      },
      call,
    );
    expect(JSON.stringify(ann.user.home?.content)).toContain('Your last requests');
    await ann.pressesAtHome('Delete');
    expect(home.incoming.at(-1)).toMatchObject({
      type: 'action',
      action: { action: 'forget-me', turnId: 'home' },
      place: { channel },
    });
    await ann.pressesAtHome('Change');
    await expect.poll(() => ann.modal).toBeDefined();
    await ann.submits({ channels: [garden.id], chosen: [] });
    expect(home.incoming.at(-1)).toMatchObject({
      type: 'command',
      command: 'settings',
      change: { channels: [garden.id], dailyPerPerson: 5, maxRounds: null, followUps: false },
      place: { channel },
    });
  });
});
