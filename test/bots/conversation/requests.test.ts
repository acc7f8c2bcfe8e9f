import { EventEmitter, once } from 'node:events';

import { describe, expect, it } from 'vitest';

import { useConversationWorld } from '../../support/conversation-world.ts';
import { leftHalf } from '../../support/masks.ts';

const MENTION = { mentionsBot: true };

describe('a request', () => {
  const bench = useConversationWorld();

  it('edits the picture that comes with it, and is answered in the thread', async () => {
    const { world } = bench;
    const key = await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    expect(await world.turn(key)).toMatchObject({
      state: 'succeeded',
      person: 'recording:ann',
      prompt: 'make it warmer',
      base: { image: { width: 24, height: 16 } },
      references: [],
    });
    expect(world.chat.messages.map(({ message }) => message.kind)).toEqual([
      'status',
      'round',
      'final',
    ]);
    expect(world.faults).toEqual([]);
  });

  it('goes on from what the conversation shows', async () => {
    const { world } = bench;
    const first = await world.turn(
      await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] }),
    );
    const second = await world.turn(await world.says('ann', 'make it darker'));
    expect(second.base).toEqual({
      image: first.rounds[0]?.image,
      point: { turnId: first.id, round: 1 },
    });
  });

  it('that replies to a result edits that one', async () => {
    const { world } = bench;
    world.engine.refinements.set('make it warmer', 1);
    const first = await world.turn(
      await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] }),
    );
    await world.says('ann', 'make it darker');
    const repliedTo = world.chat.messages.find(({ message }) => message.kind === 'round');
    if (!repliedTo) expect.fail('There was no round.');
    const third = await world.turn(await world.says('ann', 'make it blue', { repliedTo }));
    expect(third.base?.point).toEqual({ turnId: first.id, round: 1 });
  });

  it('that replies to a result of another thread takes a copy of it along', async () => {
    const { world } = bench;
    const first = await world.turn(
      await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] }),
    );
    const repliedTo = world.chat.last('final');
    const key = await world.says('ann', 'make it blue', { repliedTo, thread: 'another' });
    const { base, conversationId } = await world.turn(key);
    expect(conversationId).not.toBe(first.conversationId);
    expect(base).toEqual({ image: first.rounds[0]?.image });
  });

  it('that replies to somebody’s picture edits that one', async () => {
    const { world } = bench;
    const repliedTo = { from: 'bob', files: ['other'] };
    const key = await world.says('ann', 'make it blue', { ...MENTION, repliedTo });
    const own = await world.says('ann', 'make it blue', { ...MENTION, files: ['other'] });
    expect((await world.turn(key)).base?.image).toEqual((await world.turn(own)).base?.image);
  });

  it('may bring several pictures: the first is edited, the others go with it', async () => {
    const { world } = bench;
    const files = ['photo', 'other', 'third'];
    const turn = await world.turn(
      await world.says('ann', 'put these together', { ...MENTION, files }),
    );
    expect(turn.references).toHaveLength(2);
    expect(turn.state).toBe('succeeded');
    await world.says('ann', 'and these', { ...MENTION, files: [...files, 'photo'] });
    expect(world.notes.at(-1)).toBe('I can take up to 3 pictures at a time. Please send fewer.');
  });

  it('may bring a picture to go by, and edits the one that is there', async () => {
    const { world } = bench;
    const first = await world.turn(
      await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] }),
    );
    const second = await world.turn(
      await world.says('ann', 'make it look like this one', { files: ['other'] }),
    );
    expect(second.base?.point).toEqual({ turnId: first.id, round: 1 });
    expect(second.references).toHaveLength(1);
  });

  it('may bring a mask, by its name, next to a picture or for the one that is there', async () => {
    const { world } = bench;
    world.chat.files.set('mask.png', Buffer.from((await leftHalf(12, 8)).bytes));
    const first = await world.turn(
      await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo', 'mask.png'] }),
    );
    expect(first).toMatchObject({
      base: { image: { width: 24 } },
      mask: { width: 12, height: 8, format: 'png' },
      references: [],
      state: 'succeeded',
    });
    expect(world.engine.masks).toEqual([true]);
    const second = await world.turn(
      await world.says('ann', 'make it darker here', { files: ['mask.png'] }),
    );
    expect(second.base?.point).toEqual({ turnId: first.id, round: 1 });
    expect(second.mask).toEqual(first.mask);
    const third = await world.turn(await world.says('ann', 'make it blue'));
    expect(third.mask).toBeUndefined();
    const { messages } = world.chat;
    const ofSecond = messages.filter(({ message }) => message.kind === 'final')[1];
    await world.chat.presses('ann', ofSecond ?? expect.fail(), 'retry');
    await world.idle();
    expect(world.engine.masks).toEqual([true, true, false, true]);
  });

  it('takes a picture for one that is called a mask, where it is none or there is no other', async () => {
    const { world } = bench;
    world.chat.files.set('mask of venice.png', world.chat.files.get('other') ?? expect.fail());
    const files = ['photo', 'mask of venice.png'];
    const both = await world.turn(
      await world.says('ann', 'put these together', { ...MENTION, files }),
    );
    expect(both.references).toHaveLength(1);
    expect(both.mask).toBeUndefined();
    world.chat.files.set('mask.png', Buffer.from((await leftHalf(12, 8)).bytes));
    const alone = await world.turn(
      await world.says('bob', 'make it blue', { ...MENTION, files: ['mask.png'], thread: 'two' }),
    );
    expect(alone.base?.image).toMatchObject({ width: 12 });
    expect(alone.mask).toBeUndefined();
  });

  it('tells a mask from a picture by what is said of them, before their names', async () => {
    const { world } = bench;
    world.chat.files.set('mask logo.png', Buffer.from((await leftHalf(12, 8)).bytes));
    world.chat.files.set('mask.png', Buffer.from((await leftHalf(6, 4)).bytes));
    const turn = await world.turn(
      await world.says('ann', 'make it blue', {
        ...MENTION,
        files: ['mask logo.png', 'mask.png'],
        mask: 'mask.png',
      }),
    );
    expect(turn).toMatchObject({ base: { image: { width: 12 } }, mask: { width: 6 } });
    expect(turn.references).toEqual([]);
  });

  it('by a command is one, whatever the words', async () => {
    const { world } = bench;
    const options = { rounds: 9, seed: 42, engine: 'held' };
    const key = await world.says('ann', 'thanks', { isCommand: true, files: ['photo'], options });
    expect(await world.turn(key)).toMatchObject({ prompt: 'thanks', maxRounds: 3, seed: 42 });
    await world.says('ann', 'thanks', { isCommand: true, options: { engine: 'none' } });
    expect(world.notes.at(-1)).toMatch(/no engine of that name/);
  });

  it('that is too long is refused, and nothing else is lost', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await world.says('ann', `make it ${'very '.repeat(60)}warm`, MENTION);
    expect(world.notes).toEqual(['That request is too long. Please say it in fewer words.']);
    const after = await world.turn(await world.says('ann', 'make it darker'));
    expect(after.sequence).toBe(2);
  });

  it('without words and pictures is answered with help', async () => {
    const { world } = bench;
    await world.says('ann', '', MENTION);
    expect(world.notes).toEqual([expect.stringMatching(/^Send me a picture/)]);
  });
});

describe('what is missing', () => {
  const bench = useConversationWorld();

  it('is asked for: the picture, and the answer goes on', async () => {
    const { world } = bench;
    const asked = await world.turn(await world.says('ann', 'make it warmer', MENTION));
    expect(asked.state).toBe('asked');
    expect(world.chat.last('status').message.line).toMatch(/^Which picture/);
    const answer = await world.turn(await world.says('ann', 'here', { files: ['photo'] }));
    expect(answer).toMatchObject({
      prompt: 'make it warmer',
      state: 'succeeded',
      answers: asked.id,
    });
  });

  it('is asked for: the words, and the answer goes on', async () => {
    const { world } = bench;
    const asked = await world.turn(await world.says('ann', '', { ...MENTION, files: ['photo'] }));
    expect(world.chat.last('status').message.line).toBe('What shall I do with this picture?');
    const answer = await world.turn(await world.says('ann', 'warmer'));
    expect(answer).toMatchObject({
      prompt: 'warmer',
      state: 'succeeded',
      base: { image: asked.base?.image, point: { turnId: asked.id, round: 0 } },
    });
  });

  it('is asked for again when the picture can not be used', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['broken'] });
    expect(world.chat.last('status').message.line).toMatch(/can’t read that kind of file/);
    await world.says('ann', '', { files: ['gone'] });
    expect(world.chat.last('status').message.line).toMatch(/no picture to edit/);
    const answer = await world.turn(await world.says('ann', '', { files: ['photo'] }));
    expect(answer).toMatchObject({ prompt: 'make it warmer', state: 'succeeded' });
    expect(world.faults).toEqual([]);
  });

  it('is not made up for from a picture that was shown before', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const key = await world.says('ann', 'make it blue', { files: ['broken'] });
    expect(await world.turn(key)).toMatchObject({ state: 'asked' });
    expect((await world.turn(key)).base).toBeUndefined();
  });

  it('is asked for by the engine, who gets the answer with its question', async () => {
    const { world } = bench;
    world.engine.thoughts.set('make it nicer', { kind: 'question', text: 'Warmer or cooler?' });
    const asked = await world.turn(
      await world.says('ann', 'make it nicer', { ...MENTION, files: ['photo'] }),
    );
    expect(asked.state).toBe('asked');
    const answer = await world.turn(await world.says('ann', 'warmer'));
    expect(answer).toMatchObject({ prompt: 'warmer', state: 'succeeded', answers: asked.id });
    expect(answer.base?.image).toEqual(asked.base?.image);
    expect(world.engine.exchanges.at(-1)).toEqual([
      { prompt: 'make it nicer', question: 'Warmer or cooler?' },
    ]);
  });

  it('is nobody else’s to answer by chance', async () => {
    const { world } = bench;
    world.engine.thoughts.set('make it nicer', { kind: 'question', text: 'Warmer or cooler?' });
    await world.says('ann', 'make it nicer', { ...MENTION, files: ['photo'] });
    const own = await world.turn(await world.says('bob', 'make it blue'));
    expect(own).not.toHaveProperty('answers');
    expect(world.engine.exchanges.at(-1)).toEqual([]);
  });
});

describe('a person with many requests', () => {
  const bench = useConversationWorld({ limits: { turns: { openPerPerson: 2 } } });

  it('has so many at a time, and is told so once', async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    for (let number = 1; number <= 50; number += 1) {
      await world.mentions('ann', `make it ${number} % darker`);
    }
    const { id } = await world.conversation();
    expect(await world.store.turns(id, 99)).toHaveLength(2);
    expect(world.notes.filter((note) => note.startsWith('I am still busy'))).toHaveLength(1);
    world.engine.letGo('make it warmer');
    await world.idle();
    expect(await world.store.openTurns()).toEqual([]);
    expect(await world.store.undealt(9)).toEqual([]);
  });
});

describe('requests that come at once', () => {
  const bench = useConversationWorld();

  it('are done one after the other, in order, each on the result of the one before', async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    const first = await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const second = await world.mentions('bob', 'make it darker');
    await world.atWork(first);
    expect(await world.turn(second)).toMatchObject({ state: 'waiting' });
    const lines = () => world.chat.messages.map(({ message }) => 'line' in message && message.line);
    await expect.poll(lines).toContain('Waiting for the request before this one.');
    world.engine.letGo('make it warmer');
    await world.idle();
    expect((await world.turn(second)).base?.point).toEqual({
      turnId: (await world.turn(first)).id,
      round: 1,
    });
  });

  it('in two threads do not wait for each other', async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const key = await world.mentions('bob', 'make it blue', {
      ...MENTION,
      files: ['photo'],
      thread: 'another',
    });
    expect(await world.turn(key)).toMatchObject({ state: 'queued' });
    world.engine.letGo('make it warmer');
    await world.idle();
  });
});

describe('who writes in a new thread before its first request is kept', () => {
  describe.each([
    ['by the message that it began with', (messageId: string) => messageId],
    ['by itself', () => 'thread-77'],
  ])('that is named %s', (_how, threadOf) => {
    const gates = new EventEmitter();
    const opened = once(gates, 'opened');
    const fetched = once(gates, 'fetched');
    const bench = useConversationWorld({
      adapter: {
        openThread: async ({ place }, messageId) => {
          gates.emit('opened');
          return { ...place, thread: threadOf(messageId) };
        },
        fetchAttachment: async ({ reference }) => {
          await fetched;
          return bench.world.chat.files.get(reference) ?? expect.fail();
        },
      },
    });

    it('goes on with that one', async () => {
      const { world } = bench;
      const message = world.chat.message('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
      const { thread: _thread, ...place } = message.place;
      await world.chat.receive({ ...message, place });
      await opened;
      const thread = threadOf(message.messageId);
      const next = await world.chat.says('ann', 'make it blue', { ...MENTION, thread });
      // What came after it elsewhere is dealt with: so would this be, did it not wait.
      await world.chat.says('bob', 'what can you do?', { ...MENTION, thread: 'another' });
      await expect.poll(() => world.notes).toEqual([expect.stringMatching(/^Send me/)]);
      gates.emit('fetched');
      await world.idle();
      const first = await world.turn(message.key);
      expect(await world.turn(next)).toMatchObject({
        state: 'succeeded',
        base: { point: { turnId: first.id, round: 1 } },
      });
      expect(world.notes).toHaveLength(1);
    });
  });
});
