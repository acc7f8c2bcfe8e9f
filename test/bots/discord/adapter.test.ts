import { afterEach, describe, expect, it } from 'vitest';

import type { NoteMessage, StatusMessage } from '../../../src/bots/messages.ts';
import { plain } from '../../../src/bots/plain-text.ts';
import type { Destination, Incoming } from '../../../src/bots/types.ts';
import type { Place } from '../../../src/store/records.ts';
import type { FakeDiscordOptions } from '../../support/fake-discord/index.ts';
import { PAINTED, paintedFiles } from '../../support/painted-pictures.ts';
import { call, DiscordHome } from './home.ts';

let home: DiscordHome;

async function open(
  options: FakeDiscordOptions = {},
  parts: Parameters<typeof DiscordHome.open>[1] = {},
): Promise<DiscordHome> {
  home = await DiscordHome.open(options, parts);
  return home.start();
}

afterEach(async () => {
  await home[Symbol.asyncDispose]();
});

const registered = () => home.fake.until(() => home.fake.world.commands.length > 0);
const photo = { name: 'photo.png', bytes: PAINTED.before.image.bytes };

const note = (text: string, changes: Partial<NoteMessage> = {}): NoteMessage => ({
  kind: 'note',
  text: plain(text),
  pictures: [],
  buttons: [],
  ...changes,
});
const picture = { image: PAINTED.after.reference, alt: plain('A hill.'), size: 'small' } as const;
const destinationOf = ({ place, context }: Incoming): Destination => ({ place, context });
const MARKER = '0123456789abcdefghij';

describe('a command', () => {
  it('asks for an edit with all that it was given, and shows the request at once', async () => {
    const { fake, garden } = await open();
    await registered();
    const ann = fake.person('ann');
    const interaction = await ann.slash(garden, 'edit', {
      prompt: 'make it *warmer*',
      image: photo,
      image3: photo,
      rounds: 2,
      seed: 7,
      engine: 'darkroom',
    });
    const message = await home.next('message');
    expect(message).toMatchObject({
      text: 'make it *warmer*',
      isCommand: true,
      place: home.place,
      options: { rounds: 2, seed: 7, engine: 'darkroom' },
      attachments: [{ name: 'photo.png' }, { name: 'photo.png' }],
      author: { id: ann.user.id, locale: 'en-US' },
    });
    const [shown] = ann.answersTo(interaction);
    expect(shown?.id).toBe(message.messageId);
    expect(JSON.stringify(shown?.components)).toContain('> make it \\\\*warmer\\\\*');
    const thread = await home.adapter.openThread?.(
      destinationOf(message),
      message.messageId,
      plain('make it warmer'),
      call,
    );
    expect(thread).toEqual({ ...home.place, thread: message.messageId });
  });

  it('takes the address of a picture as one', async () => {
    const { fake, garden } = await open();
    await registered();
    const url = 'https://example.org/lake.jpg?size=2';
    await fake.person('ann').slash(garden, 'edit', { prompt: 'warmer', url });
    const { attachments } = await home.next('message');
    expect(attachments).toMatchObject([{ reference: url, name: 'lake.jpg' }]);
  });

  it('offers engines and requests while somebody types', async () => {
    const { fake, garden } = await open();
    await registered();
    const ann = fake.person('ann');
    const requests = await ann.types(garden, 'edit', 'prompt', { prompt: 'fog' });
    expect(requests.map(({ value }) => value)).toEqual([
      'fog',
      'make it look like a foggy morning',
    ]);
    ann.user.locale = 'de';
    const german = await ann.types(garden, 'edit', 'prompt', { prompt: 'Nebl' });
    expect(german.at(-1)).toEqual({
      name: 'wie an einem nebligen Morgen',
      value: 'make it look like a foggy morning',
    });
    const engines = await ann.types(garden, 'edit', 'engine', { prompt: 'x', engine: '' });
    expect(engines).toEqual([{ name: 'darkroom', value: 'darkroom' }]);
  });

  it('that is no request is answered to one person alone', async () => {
    const { fake, garden, guild } = await open();
    await registered();
    const ann = fake.person('ann');
    fake.addRole(guild, ann.user, 'ManageGuild');
    const interaction = await ann.slash(garden, 'edit-settings', {
      channels: `<#${garden.id}> and <#77>`,
      roles: 'all',
      'daily-limit': 0,
      rounds: 2,
      'follow-ups': false,
    });
    const command = await home.next('command');
    expect(command).toMatchObject({
      command: 'settings',
      author: { isAdmin: true },
      change: {
        channels: [garden.id, '77'],
        roles: [],
        dailyPerPerson: null,
        maxRounds: 2,
        followUps: false,
      },
    });
    await home.adapter.notify?.(destinationOf(command), command.author, plain('So be it.'), call);
    expect(fake.thread(garden)).toEqual([]);
    expect(fake.transcript(garden, ann)).toContain('So be it.');
    expect(ann.answersTo(interaction)).toHaveLength(1);
    await ann.slash(garden, 'edit-help');
    const help = await home.next('command', home.incoming.length);
    expect(help).toMatchObject({ command: 'help' });
    expect(help).not.toHaveProperty('change');
  });
});

describe('forgetting somebody', () => {
  it('is asked for by a button, which only they see', async () => {
    const { fake, garden } = await open();
    await registered();
    const ann = fake.person('ann');
    const interaction = await ann.slash(garden, 'edit-forget-me');
    await ann.acknowledged(interaction);
    const [asking] = ann.answersTo(interaction);
    if (!asking) expect.fail('Nothing was asked.');
    expect(fake.thread(garden)).toEqual([]);
    expect(home.incoming).toEqual([]);
    ann.presses(asking, 'Delete everything');
    expect(await home.next('action')).toMatchObject({
      action: { action: 'forget-me', turnId: `discord:i${interaction.id}` },
    });
  });
});

describe('“Edit this image”', () => {
  it('asks what to do, and takes the message that it was chosen on', async () => {
    const { fake, garden } = await open();
    await registered();
    const [ann, bob] = [fake.person('ann'), fake.person('bob')];
    const shown = await bob.says(garden, 'look at that', { files: [photo] });
    const form = ann.messageCommand(shown, 'Edit this image');
    await ann.submits(form, { request: 'warmer', files: [photo] });
    expect(await home.next('message')).toMatchObject({
      text: 'warmer',
      isCommand: true,
      target: { messageId: shown.id, isOurs: false, attachments: [{ name: 'photo.png' }] },
      attachments: [{ name: 'photo.png' }],
      author: { id: ann.user.id },
    });
  });
});

describe('what only one person sees', () => {
  const status = (changes: Partial<StatusMessage> = {}): StatusMessage => ({
    kind: 'status',
    turnId: 'turn1',
    state: 'running',
    request: plain('warmer'),
    line: plain('Thinking …'),
    buttons: [{ action: 'stop', turnId: 'turn1', label: plain('Stop'), style: 'danger' }],
    ...changes,
  });
  const final = {
    kind: 'final',
    turnId: 'turn1',
    round: 1,
    line: plain('Here it is.'),
    picture: { ...picture, size: 'result' },
    buttons: [{ action: 'undo', turnId: 'turn1', label: plain('Undo'), style: 'plain' }],
  } as const;

  it('is one message, painted anew, with a way to the result after its time', async () => {
    const { fake, garden, adapter } = await open();
    await registered();
    const ann = fake.person('ann');
    const interaction = await ann.slash(garden, 'edit', { prompt: 'warmer', private: true });
    const destination = destinationOf(await home.next('message'));
    const { messageId } = await adapter.postMessage(
      destination,
      { message: status() },
      MARKER,
      call,
    );
    expect(fake.transcript(garden, ann)).toContain('Show the result');
    const painting = { message: final, files: paintedFiles(final) };
    await adapter.postMessage(destination, painting, 'other000000000000000', call);
    await adapter.updateMessage(
      destination,
      messageId,
      { message: status({ state: 'ended', line: plain('Done.'), buttons: [] }) },
      call,
    );
    const [answer, ...more] = ann.answersTo(interaction);
    expect(more).toEqual([]);
    expect(answer?.files).toHaveLength(1);
    const seen = fake.transcript(garden, ann);
    for (const words of ['warmer', 'Done.', 'Here it is.', 'Undo']) expect(seen).toContain(words);
    expect(seen).not.toContain('Show the result');
    expect(fake.thread(garden)).toEqual([]);
  });

  it('ends with its time, until a button is pressed', async () => {
    let now = Date.now();
    const clock = { now: () => now, after: () => () => {} };
    const { fake, garden, adapter } = await open({}, { clock });
    await registered();
    const ann = fake.person('ann');
    const interaction = await ann.slash(garden, 'edit', { prompt: 'warmer', private: true });
    const message = await home.next('message');
    const destination = destinationOf(message);
    const post = (words: string) =>
      adapter.postMessage(destination, { message: note(words) }, MARKER, call);
    await adapter.postMessage(destination, { message: status() }, MARKER, call);
    now += 15 * 60_000;
    await expect(post('too late')).rejects.toMatchObject({ code: 'CHANNEL_GONE' });
    await adapter.notify?.(destination, message.author, plain('too late'), call);
    const [answer] = ann.answersTo(interaction);
    if (!answer) expect.fail('There is no answer.');
    ann.presses(answer, 'Show the result');
    const press = await home.next('action');
    expect(press).toMatchObject({ action: { action: 'compare', turnId: 'turn1' } });
    expect(press.place).toEqual(destination.place);
    const answered = { place: press.place, context: press.context };
    await adapter.postMessage(answered, { message: note('Here it is.') }, 'c'.repeat(20), call);
    expect(fake.transcript(garden, ann)).toContain('Here it is.');
    expect(fake.thread(garden)).toEqual([]);
  });

  it('is what the bot says where a person alone has brought it', async () => {
    const { fake, adapter } = await open();
    await registered();
    const ann = fake.person('ann');
    ann.user.hasInstalledBot = true;
    const away = fake.addGuild('away', { hasBot: false });
    const street = fake.addChannel(away, 'street');
    const interaction = await ann.slash(street, 'edit', { prompt: 'warmer' });
    const { place, context } = await home.next('message');
    expect(place.thread).toMatch(/^private-\d+$/);
    for (let count = 0; count < 8; count += 1) {
      const message = status({ line: plain(`Step ${count}`) });
      await adapter.postMessage({ place, context }, { message }, MARKER, call);
    }
    expect(ann.answersTo(interaction)).toHaveLength(1);
    expect(fake.transcript(street, ann)).toContain('Step 7');
  });
});

describe('an answer to a message', () => {
  it('is a reply that pings nobody, once', async () => {
    const { fake, garden, adapter } = await open();
    const asked = await fake.person('ann').says(garden, '@bot warmer');
    const message = await home.next('message');
    const tell = () =>
      adapter.notify?.(destinationOf(message), message.author, plain('@everyone: no.'), call);
    await tell();
    await tell();
    const answers = fake.world.messagesIn(garden.id).filter(({ author }) => author.isBot);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ repliedTo: asked.id });
    expect(answers[0]?.pinged.size).toBe(0);
  });
});

describe('what people do otherwise', () => {
  it('comes as well: reactions, edits and deletions', async () => {
    const { fake, garden, adapter } = await open();
    const ann = fake.person('ann');
    const { place } = home;
    const { messageId } = await adapter.postMessage(
      { place, context: {} },
      { message: note('Hello.') },
      MARKER,
      call,
    );
    ann.reacts(fake.world.message(garden.id, messageId), '👍');
    expect(await home.next('reaction')).toMatchObject({ emoji: '👍', messageId, isAdded: true });
    const said = await ann.says(garden, '@bot warmer');
    const { key } = await home.next('message');
    const from = home.incoming.length;
    ann.edits(said, '@bot cooler');
    expect(await home.next('message', from)).toMatchObject({ kind: 'edited', text: 'cooler', key });
    ann.deletes(said);
    expect(await home.next('message', from + 1)).toMatchObject({ kind: 'deleted', key });
  });
});

describe('the picture of a message that is dealt with much later', () => {
  const DAYS_MS = 3 * 86_400_000;
  const fetchLater = async (isThere: boolean) => {
    const { fake, garden, adapter } = await open();
    await fake.person('ann').says(garden, '@bot warmer', { files: [photo] });
    const { attachments } = await home.next('message');
    const [attachment] = attachments;
    if (!attachment) expect.fail('There is no picture.');
    fake.clock.advance(DAYS_MS);
    if (!isThere) fake.world.files.clear();
    const refreshes = () =>
      fake.requests.filter(({ path }) => path === '/attachments/refresh-urls').length;
    const fetching = (changes = {}) =>
      adapter.fetchAttachment({ ...attachment, ...changes }, { maxBytes: 1e6 }, call);
    return { fake, attachment, fetching, refreshes };
  };

  it('is fetched by another link, as its own has ended', async () => {
    const { fetching, refreshes } = await fetchLater(true);
    expect(Buffer.from(await fetching())).toEqual(Buffer.from(photo.bytes));
    expect(refreshes()).toBe(1);
  });

  it('is gone where it was deleted, which is asked once', async () => {
    const { fetching, refreshes } = await fetchLater(false);
    await expect(fetching()).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    expect(refreshes()).toBe(1);
  });

  it('is gone where Discord gives no other link, and not while it can’t be asked', async () => {
    const { fake, fetching } = await fetchLater(true);
    fake.trouble({ kind: 'status', status: 404 }, { path: /refresh-urls/ });
    await expect(fetching()).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    fake.trouble({ kind: 'status', status: 503 }, { path: /refresh-urls/ });
    await expect(fetching()).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
  });

  it('is left alone where somebody typed its address', async () => {
    const { fetching, refreshes } = await fetchLater(true);
    await expect(fetching({ bytes: undefined })).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    expect(refreshes()).toBe(0);
  });
});

describe('trouble', () => {
  const threadPlace = async (): Promise<Place> => {
    await home.fake.person('ann').says(home.garden, '@bot warmer');
    const { place, messageId } = await home.next('message');
    const opened = home.adapter.openThread?.({ place, context: {} }, messageId, plain('x'), call);
    return (await opened) ?? expect.fail('There is no thread.');
  };

  it('names what the bot lacks', async () => {
    const { fake, garden, adapter, place } = await open();
    const destination = { place, context: {} };
    fake.deny(garden, ['AttachFiles', 'CreatePublicThreads']);
    const message = note('Look.', { pictures: [picture] });
    const painting = { message, files: paintedFiles(message) };
    await fake.person('ann').says(garden, '@bot warmer');
    const { messageId } = await home.next('message');
    await expect(adapter.postMessage(destination, painting, MARKER, call)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'I need Attach Files here.',
    });
    await expect(
      adapter.openThread?.(destination, messageId, plain('x'), call),
    ).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'I need Create Public Threads here.',
    });
  });

  it('with an archived thread passes: it is opened again', async () => {
    const { fake, adapter } = await open();
    const destination = { place: await threadPlace(), context: {} };
    const { messageId } = await adapter.postMessage(
      destination,
      { message: note('One.') },
      MARKER,
      call,
    );
    const [thread] = fake.threadsOf(home.garden);
    if (!thread) expect.fail('There is no thread.');
    fake.archive(thread);
    await adapter.updateMessage(destination, messageId, { message: note('Two.') }, call);
    expect(fake.transcript(thread)).toContain('Two.');
    fake.archive(thread, { locked: true });
    await expect(
      adapter.updateMessage(destination, messageId, { message: note('Three.') }, call),
    ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('with edits of old messages concerns those alone', async () => {
    const { fake, adapter, place } = await open({ limits: { oldMessageEdits: 0 } });
    const destination = { place, context: {} };
    const message = note('One.');
    const { messageId } = await adapter.postMessage(destination, { message }, MARKER, call);
    fake.clock.advance(2 * 3_600_000);
    const update = () =>
      adapter.updateMessage(destination, messageId, { message: note('Two.') }, call);
    await expect(update()).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
      retryable: true,
      retryAfterMs: 60_000,
    });
    await adapter.postMessage(destination, { message }, `${MARKER}2`, call);
    // What holds for the whole channel is still told from that.
    fake.trouble(
      { kind: 'limited', retryAfterMs: 7_000, isGlobal: false },
      { method: 'PATCH', path: /messages/ },
    );
    await expect(update()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('with sizes is told by its name', async () => {
    const { adapter, place } = await open({ limits: { fileBytes: 50 } });
    const message = note('Look.', { pictures: [picture] });
    const painting = { message, files: paintedFiles(message) };
    const destination = { place, context: { maxFileBytes: '5000000' } };
    await expect(adapter.postMessage(destination, painting, MARKER, call)).rejects.toMatchObject({
      code: 'ATTACHMENT_TOO_LARGE',
    });
    expect(adapter.maxFileBytes?.(destination)).toBe(5_000_000);
    expect(adapter.maxFileBytes?.({ place, context: {} })).toBe(10 * 2 ** 20);
  });

  it('with the leave to read messages does not keep it from working by mentions', async () => {
    const { fake, garden, adapter, place } = await open({ grantedIntents: 0 });
    home.isFaulty = true;
    expect(home.faults).toMatchObject([
      {
        code: 'BAD_SETTINGS',
        message: expect.stringContaining('Message Content Intent') as string,
      },
    ]);
    await fake.person('ann').says(garden, '@bot warmer');
    expect(await home.next('message')).toMatchObject({ text: 'warmer' });
    const message = {
      kind: 'final',
      turnId: 't',
      round: 1,
      line: plain('Here it is.'),
      picture: { ...picture, size: 'result' },
      buttons: [],
    } as const;
    const painting = { message, files: paintedFiles(message) };
    await adapter.postMessage({ place, context: {} }, painting, MARKER, call);
    expect(fake.transcript(garden)).toContain('Mention me in your next message');
  });

  it('with the token is said at once', async () => {
    home = await DiscordHome.open();
    home.fake.rest.troubles.plan({ kind: 'status', status: 401 }, { path: /gateway/ });
    await expect(home.start()).rejects.toMatchObject({
      code: 'BAD_SETTINGS',
      message: expect.stringContaining('DISCORD_TOKEN') as string,
    });
  });
});

describe('a new session', () => {
  it('brings what was written in conversations meanwhile', async () => {
    const places: { place: Place; updatedAt: number }[] = [];
    const { fake, garden, guild, place } = await open(
      {},
      { store: { recentPlaces: async () => places } },
    );
    const ann = fake.person('ann');
    fake.addRole(guild, ann.user, 'ManageGuild');
    await ann.says(garden, '@bot warmer');
    const { messageId } = await home.next('message');
    const thread = await home.adapter.openThread?.(
      { place, context: {} },
      messageId,
      plain('x'),
      call,
    );
    const [channel] = fake.threadsOf(garden);
    if (!thread || !channel) expect.fail('There is no thread.');
    places.push({ place: thread, updatedAt: fake.clock.now() });
    const from = home.incoming.length;
    fake.gateway.invalidate();
    await ann.says(channel, 'a bit less');
    await fake.person('bob').says(channel, 'nice');
    const missed = await home.next('message', from);
    expect(missed).toMatchObject({ text: 'a bit less', place: thread, author: { isAdmin: true } });
    await home.next('message', from + 1);
    expect(new Set(home.incoming.slice(from).map(({ key }) => key)).size).toBe(2);
  });
});
