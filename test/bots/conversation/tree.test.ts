import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/errors.ts';
import { useConversationWorld, type ConversationWorld } from '../../support/conversation-world.ts';

const MENTION = { mentionsBot: true };

/** Two edits: photo → warmer → darker. */
async function twoEdits(world: ConversationWorld) {
  const first = await world.turn(
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] }),
  );
  const second = await world.turn(await world.says('ann', 'make it darker'));
  return { first, second };
}

describe('going back and forth', () => {
  const bench = useConversationWorld();

  it('shows where that led, and edits from there', async () => {
    const { world } = bench;
    const { first } = await twoEdits(world);
    await world.says('ann', 'undo');
    const note = world.chat.last('note').message;
    expect(note.text).toBe('Back at this one.');
    expect(note.pictures).toMatchObject([{ image: first.rounds[0]?.image }]);
    expect(note.buttons.map(({ action }) => action)).toEqual(['redo']);
    const branch = await world.turn(await world.says('ann', 'make it blue'));
    expect(branch.base?.point).toEqual({ turnId: first.id, round: 1 });
  });

  it('goes forth again, and says when there is nowhere to go', async () => {
    const { world } = bench;
    await twoEdits(world);
    for (const words of ['undo', 'redo', 'redo']) await world.says('ann', words);
    expect(world.notes).toEqual([
      'Back at this one.',
      'Forward to this one again.',
      'There is nothing to redo.',
    ]);
  });

  it('goes to the original, and edits from there in one breath', async () => {
    const { world } = bench;
    const { first } = await twoEdits(world);
    await world.says('ann', 'back to the original');
    expect((await world.conversation()).head).toMatchObject({ turnId: first.id, round: 0 });
    await world.says('ann', 'undo');
    const key = await world.says('ann', 'go back to the original and make it blue');
    expect(await world.turn(key)).toMatchObject({
      prompt: 'make it blue',
      base: { point: { turnId: first.id, round: 0 } },
    });
    const previous = await world.turn(await world.says('ann', 'undo that and make it red'));
    expect(previous).toMatchObject({ prompt: 'make it red', base: { point: { round: 0 } } });
  });

  it('goes to any round by word and by button', async () => {
    const { world } = bench;
    world.engine.refinements.set('make it warmer', 1);
    const { first } = await twoEdits(world);
    const final = world.chat.messages.find(({ message }) => message.kind === 'final');
    if (!final) expect.fail('There was no final.');
    await world.chat.presses('ann', final, 'use', 1);
    await world.idle();
    expect(world.notes.at(-1)).toBe('We go on from round 1.');
    expect((await world.conversation()).head).toMatchObject({ turnId: first.id, round: 1 });
    await world.says('ann', 'use round 2');
    expect((await world.conversation()).head).toMatchObject({ turnId: first.id, round: 2 });
    await world.says('ann', 'use round 7');
    expect(world.notes.at(-1)).toBe('There is no round 7 here, only rounds 1 and 2.');
  });

  it('by the button of an older answer goes to where that began', async () => {
    const { world } = bench;
    const { first } = await twoEdits(world);
    const final = world.chat.messages.find(({ message }) => message.kind === 'final');
    if (!final) expect.fail('There was no final.');
    await world.chat.presses('ann', final, 'undo');
    await world.idle();
    expect((await world.conversation()).head).toMatchObject({ turnId: first.id, round: 0 });
  });

  it('by a button offers the way forward, also when the bot died before it said so', async () => {
    const { world } = bench;
    await twoEdits(world);
    const { store } = world;
    const moveHead = store.moveHead.bind(store);
    store.moveHead = async (...args) => {
      await moveHead(...args);
      store.moveHead = moveHead;
      throw new AppError('STORE_UNAVAILABLE', 'The database is gone.', { retryable: true });
    };
    await world.chat.presses('ann', world.chat.last('final'), 'undo');
    await world.stop();
    await world.start();
    await world.idle();
    const { message } = world.chat.last('note');
    expect(message.buttons.map(({ action }) => action)).toEqual(['redo']);
  });

  it('says that there is no picture yet', async () => {
    const { world } = bench;
    for (const words of ['undo', 'compare', 'what did you change?', 'use round 1', 'try again']) {
      await world.says('ann', words, MENTION);
    }
    expect(world.notes).toEqual([
      'There is no picture here yet. Send one, and say what to change.',
      expect.stringMatching(/nothing to compare/),
      expect.stringMatching(/not changed/),
      'There is no round 1 here yet.',
      expect.stringMatching(/nothing here/),
    ]);
  });
});

describe('while a request is at work', () => {
  const bench = useConversationWorld();

  it('undo takes it back, and nothing that it still comes to is shown', async () => {
    const { world } = bench;
    const { second } = await twoEdits(world);
    world.engine.hold('make it blue');
    const key = await world.mentions('ann', 'make it blue');
    await world.atWork(key);
    await world.says('ann', 'undo');
    expect(await world.turn(key)).toMatchObject({ state: 'stopped', rounds: [] });
    expect((await world.conversation()).head).toMatchObject({ turnId: second.id, round: 1 });
    expect(world.notes).toEqual(['Taken back. We go on from this one.']);
  });

  it('a round of it can be chosen: it stops there, and that is its answer', async () => {
    const { world } = bench;
    world.engine.refinements.set('make it warmer', 2);
    world.engine.hold('make it warmer, more 1');
    const key = await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await expect.poll(async () => (await world.turn(key)).rounds[0]?.reflection).toBeDefined();
    await world.says('ann', 'use round 1');
    expect(await world.turn(key)).toMatchObject({
      state: 'stopped',
      best: { round: 1, reason: 'chosen' },
    });
    expect(world.chat.last('final').message).toMatchObject({ round: 1, line: 'Here it is.' });
    expect((await world.conversation()).head).toMatchObject({ round: 1 });
  });
});

describe('doing it again', () => {
  const bench = useConversationWorld();

  it('begins from the same picture with another seed', async () => {
    const { world } = bench;
    const { second } = await twoEdits(world);
    await world.chat.presses('bob', world.chat.last('final'), 'retry');
    await world.idle();
    const again = (await world.store.turns(second.conversationId, 1))[0];
    expect(again).toMatchObject({
      prompt: second.prompt,
      person: 'recording:bob',
      base: second.base,
      state: 'succeeded',
    });
    expect(again?.seed).not.toBe(second.seed);
  });

  it('three times over gives three more to choose from', async () => {
    const { world } = bench;
    const { second } = await twoEdits(world);
    await world.says('ann', 'show me some variations');
    const turns = (await world.store.turns(second.conversationId, 9)).slice(2);
    expect(turns.map(({ base }) => base)).toEqual([second.base, second.base, second.base]);
    expect(new Set(turns.map(({ seed }) => seed)).size).toBe(3);
  });
});

describe('an engine that would do the same again', () => {
  const bench = useConversationWorld({ seeded: false });

  it('has no buttons for that, and says so', async () => {
    const { world } = bench;
    await twoEdits(world);
    const actions = world.chat.last('final').message.buttons.map(({ action }) => action);
    expect(actions).not.toContain('retry');
    expect(actions).not.toContain('variations');
    await world.says('ann', 'try again');
    expect(world.notes).toEqual([expect.stringMatching(/same result again/)]);
  });
});

describe('telling', () => {
  const bench = useConversationWorld();

  it('shows before and after, what was done, and all that came before', async () => {
    const { world } = bench;
    const { first, second } = await twoEdits(world);
    await world.says('ann', 'compare');
    expect(world.chat.last('note').message.pictures).toMatchObject([
      { image: first.rounds[0]?.image },
      { image: second.rounds[0]?.image },
    ]);
    await world.says('ann', 'what did you change?');
    expect(world.notes.at(-1)).toBe(
      'You asked: “make it darker”.\nWhat I thought: I make it darker.\nWhat I did:\n• make it darker',
    );
    await world.says('ann', 'history');
    expect(world.notes.at(-1)).toBe(
      'What we did here:\n1. “make it warmer”: done\n2. “make it darker”: done ← we are here',
    );
  });

  it('takes an opinion by button and by reaction, and takes it back', async () => {
    const { world } = bench;
    const { second } = await twoEdits(world);
    const final = world.chat.last('final');
    await world.chat.presses('ann', final, 'thumbs-up');
    await world.chat.reacts('bob', final, '👎');
    await world.idle();
    expect(await world.store.opinions(second.id)).toEqual({ up: 1, down: 1 });
    await world.chat.reacts('bob', final, '👎', false);
    await world.chat.reacts('bob', final, '🍕');
    await world.idle();
    expect(await world.store.opinions(second.id)).toEqual({ up: 1, down: 0 });
  });
});
