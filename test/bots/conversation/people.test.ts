import { describe, expect, it } from 'vitest';

import { useConversationWorld } from '../../support/conversation-world.ts';

const MENTION = { mentionsBot: true };

describe('what is not for the bot', () => {
  const bench = useConversationWorld();

  it('stays between people: where it has no part, of other bots, praise, and talk', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { files: ['photo'] });
    expect(world.chat.messages).toEqual([]);
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const before = world.chat.messages.length;
    await world.says('bob', 'nice!');
    await world.says('bob', 'who took this?');
    await world.says('bob', 'make it warmer', { mentionsOthers: true });
    await world.says('bob', 'make it warmer', { repliedTo: { from: 'ann', files: [] } });
    const message = world.chat.message('robot', 'make it warmer', MENTION);
    await world.chat.receive({ ...message, author: { ...message.author, isBot: true } });
    await world.idle();
    expect(world.chat.messages).toHaveLength(before);
    expect(await world.store.undealt(9)).toEqual([]);
  });

  it('is asked about where that is not clear, and edits nothing before somebody says so', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await world.says('bob', 'the sky could be darker');
    const { message } = world.chat.last('note');
    expect(message.text).toMatch(/^Was that for me/);
    const { id } = await world.conversation();
    expect(await world.store.turns(id, 9)).toHaveLength(1);
    for (const person of ['ann', 'bob']) {
      await world.chat.presses(person, world.chat.last('note'), 'edit');
      await world.idle();
    }
    expect((await world.store.turns(id, 9)).slice(1)).toMatchObject([
      { prompt: 'the sky could be darker', person: 'recording:ann', state: 'succeeded' },
    ]);
  });
});

describe('stopping', () => {
  const bench = useConversationWorld({ admins: ['recording:root'] });

  const atWork = async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    const key = await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await world.atWork(key);
    return { world, key };
  };

  it('is for those who asked', async () => {
    const { world, key } = await atWork();
    await world.mentions('bob', 'stop', MENTION);
    expect(world.notes).toEqual([expect.stringMatching(/somebody else’s request/)]);
    expect((await world.turn(key)).endedAt).toBeUndefined();
    await world.says('ann', 'stop');
    expect(await world.turn(key)).toMatchObject({ state: 'stopped' });
    expect(world.chat.last('status').message.line).toBe('Stopped.');
  });

  it('is for admins, by name or by what they are there', async () => {
    const { world, key } = await atWork();
    await world.says('root', 'stop', MENTION);
    expect(await world.turn(key)).toMatchObject({ state: 'stopped' });
    world.engine.hold('make it blue');
    const second = await world.mentions('ann', 'make it blue');
    await world.atWork(second);
    await world.says('mod', 'stop', { ...MENTION, isAdmin: true });
    expect(await world.turn(second)).toMatchObject({ state: 'stopped' });
  });

  it('stops all that somebody has asked for here, and leaves the others', async () => {
    const { world, key } = await atWork();
    const waiting = await world.mentions('ann', 'make it blue');
    const others = await world.mentions('bob', 'make it red', MENTION);
    await world.says('ann', 'stop');
    for (const own of [key, waiting]) {
      expect(await world.turn(own)).toMatchObject({ state: 'stopped', rounds: [] });
    }
    expect(await world.turn(others)).toMatchObject({ state: 'succeeded' });
    await world.says('ann', 'stop', MENTION);
    expect(world.notes).toEqual(['I am not working on anything of yours here.']);
  });

  it('by a button stops that one', async () => {
    const { world, key } = await atWork();
    const waiting = await world.mentions('ann', 'make it blue');
    await expect.poll(() => world.chat.messages.length).toBe(2);
    await world.chat.presses('bob', world.chat.last('status'), 'stop');
    await world.conversations.idle();
    expect(world.notes).toEqual([expect.stringMatching(/somebody else’s request/)]);
    await world.chat.presses('ann', world.chat.last('status'), 'stop');
    await world.conversations.idle();
    expect(await world.turn(waiting)).toMatchObject({ state: 'stopped' });
    expect((await world.turn(key)).endedAt).toBeUndefined();
    world.engine.letGo('make it warmer');
    await world.idle();
    expect(await world.turn(key)).toMatchObject({ state: 'succeeded' });
  });

  it('keeps the best that there was', async () => {
    const { world } = bench;
    world.engine.refinements.set('make it warmer', 2);
    world.engine.hold('make it warmer, more 1');
    const key = await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await expect.poll(async () => (await world.turn(key)).rounds[0]?.reflection).toBeDefined();
    await world.says('ann', 'stop');
    expect(await world.turn(key)).toMatchObject({ state: 'stopped', best: { round: 1 } });
    expect(world.chat.last('final').message.round).toBe(1);
  });
});

describe('a message that is changed', () => {
  const bench = useConversationWorld();
  const edited = { kind: 'edited', key: 'm1', ...MENTION, files: ['photo'] } as const;

  it('while it is at work begins anew with the new words', async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    const first = { ...edited, kind: 'new' } as const;
    const key = await world.mentions('ann', 'make it warmer', first);
    await world.atWork(key);
    await world.says('ann', 'make it blue', edited);
    expect(await world.turn(key)).toMatchObject({ state: 'stopped' });
    const { id } = await world.conversation();
    expect((await world.store.turns(id, 9)).at(-1)).toMatchObject({
      prompt: 'make it blue',
      state: 'succeeded',
    });
  });

  it('after its end is done again if that is wanted', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...edited, kind: 'new' });
    await world.says('ann', 'make it blue', edited);
    expect(world.notes).toEqual([expect.stringMatching(/^You changed your request/)]);
    await world.chat.presses('ann', world.chat.last('note'), 'edit');
    await world.idle();
    const { id } = await world.conversation();
    expect((await world.store.turns(id, 9)).map(({ prompt }) => prompt)).toEqual([
      'make it warmer',
      'make it blue',
    ]);
  });

  it('without a change of its words is as it was', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...edited, kind: 'new' });
    const before = world.chat.messages.length;
    await world.says('ann', 'make it warmer', edited);
    expect(world.chat.messages).toHaveLength(before);
  });

  it('into a request becomes one', async () => {
    const { world } = bench;
    await world.says('ann', 'look at this', { kind: 'new', key: 'm1', files: ['photo'] });
    expect(world.chat.messages).toEqual([]);
    await world.says('ann', 'make it warmer', edited);
    expect(world.chat.last('final').message.round).toBe(1);
  });

  it('and deleted takes back what has not ended', async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    const key = await world.mentions('ann', 'make it warmer', { ...edited, kind: 'new' });
    await world.atWork(key);
    await world.says('ann', 'make it warmer', { ...edited, kind: 'deleted' });
    expect(await world.turn(key)).toMatchObject({ state: 'stopped' });
    await world.says('ann', 'make it warmer', { ...edited, kind: 'deleted' });
    expect(world.faults).toEqual([]);
  });
});

describe('forgetting somebody', () => {
  const bench = useConversationWorld();

  it('takes down all that was shown and kept of them, and leaves the others', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const others = await world.says('bob', 'make it blue', {
      ...MENTION,
      thread: 'another',
      files: ['other'],
    });
    const kept = world.chat.messages.filter(({ place }) => place.thread === 'another').length;
    await world.says('ann', 'forget me', MENTION);
    expect(world.chat.last('note').message.text).toMatch(/^This deletes all/);
    await world.chat.presses('ann', world.chat.last('note'), 'forget-me');
    await world.idle();
    expect(world.notes).toEqual(['Deleted, for good: 1 request with all pictures.']);
    expect(world.chat.messages).toHaveLength(kept + 1);
    const stored = new Set<string>();
    const call = { signal: new AbortController().signal };
    for await (const { id } of world.images.list(call)) stored.add(id);
    const { base, rounds } = await world.turn(others);
    expect(stored).toEqual(new Set([base?.image.id, ...rounds.map(({ image }) => image.id)]));
    await world.chat.commands('ann', 'forget-me');
    await world.idle();
    expect(world.notes.at(-1)).toBe('There was nothing of yours to delete.');
    expect(world.faults).toEqual([]);
  });

  it('is not asked for where a thread alone is removed: that goes, whoever has written there', async () => {
    const { world } = bench;
    const first = await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const second = await world.says('bob', 'make it warmer', MENTION);
    const elsewhere = { ...MENTION, thread: 'another', files: ['other'] };
    const kept = await world.says('ann', 'make it blue', elsewhere);
    await world.chat.commands('ann', 'forget-conversation');
    await world.idle();
    for (const key of [first, second]) {
      expect(await world.store.turnOfMessage(key)).toBeUndefined();
    }
    expect(await world.turn(kept)).toMatchObject({ state: 'succeeded' });
    expect(world.notes).toEqual([]);
  });

  it('lets go of what is at work', async () => {
    const { world } = bench;
    world.engine.hold('make it warmer');
    const key = await world.mentions('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await world.atWork(key);
    const next = await world.mentions('bob', 'make it blue', { files: ['other'] });
    await world.chat.commands('ann', 'forget-me');
    await world.idle();
    expect(await world.store.turnOfMessage(key)).toBeUndefined();
    expect(await world.turn(next)).toMatchObject({ state: 'succeeded' });
  });
});

describe('the audit log', () => {
  const bench = useConversationWorld();

  it('tells who did what', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    await world.says('ann', 'undo');
    await world.chat.presses('bob', world.chat.last('final'), 'compare');
    await world.idle();
    expect(
      (await world.store.auditEntries({ limit: 9 })).map(({ person, action }) => [person, action]),
    ).toEqual([
      ['recording:bob', 'compare'],
      ['recording:ann', 'undo'],
      ['recording:ann', 'ask'],
    ]);
  });
});

describe('commands', () => {
  const bench = useConversationWorld({
    adapter: {
      notify: async (_destination, { id }, text) => {
        bench.world.chat.whispers.push({ to: id, text });
      },
    },
  });

  it('are answered to the person alone where the platform can do that', async () => {
    const { world } = bench;
    await world.chat.commands('ann', 'help');
    await world.chat.commands('ann', 'history');
    await world.idle();
    expect(world.chat.whispers).toEqual([
      { to: 'ann', text: expect.stringMatching(/^Send me a picture/) },
      { to: 'ann', text: 'You have not asked me for anything yet.' },
    ]);
    expect(world.chat.messages).toEqual([]);
  });
});

describe('the language of who asks', () => {
  const bench = useConversationWorld();

  it('is that of all that comes of it, also where somebody else does it again', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'], locale: 'de-AT' });
    expect(world.chat.last('status').message.line).toBe('Fertig.');
    expect(world.chat.last('round').message.title).toBe('Runde 1');
    const final = world.chat.last('final');
    expect(final.message.buttons.map(({ label }) => label)).toContain('Nochmal versuchen');
    await world.chat.presses('bob', final, 'retry', undefined, { locale: 'ja' });
    await world.idle();
    expect(world.chat.last('status').message.line).toBe('完了しました。');
    expect(world.chat.messages[0]?.message).toMatchObject({ line: 'Fertig.' });
  });
});
