import { describe, expect, it } from 'vitest';

import type { Home } from '../../../src/bots/home.ts';
import { plainLine } from '../../../src/bots/plain-text.ts';
import type { WorkspaceSettingsChange } from '../../../src/bots/workspace-settings.ts';
import { useConversationWorld } from '../../support/conversation-world.ts';

const HERE = { workspace: 'T1' };
const MENTION = { mentionsBot: true, place: HERE };
const homes: Home[] = [];

const bench = useConversationWorld({
  adapter: {
    notify: async (_destination, { id }, text) => {
      bench.world.chat.whispers.push({ to: id, text });
    },
    namesOf: async (_place, _kind, ids) => ids.map((id) => plainLine(`#${id}`)),
    linkTo: ({ channel }, messageId) => `https://chat.example/${channel}/${messageId}`,
    showHome: async (_destination, _author, home) => void homes.push(home),
  },
});

async function decide(change: WorkspaceSettingsChange): Promise<void> {
  const { world } = bench;
  await world.chat.commands('boss', 'settings', { change, isAdmin: true, place: HERE });
  await world.idle();
}

const whispered = () => bench.world.chat.whispers.at(-1)?.text;

describe('the settings of a workspace', () => {
  it('are told to anybody, and changed by admins alone', async () => {
    const { world } = bench;
    await world.chat.commands('ann', 'settings', { place: HERE });
    await world.idle();
    expect(whispered()).toBe(
      [
        'I work in all channels.',
        'Everybody may ask me.',
        'There is no limit to requests a day.',
        'A request takes up to 3 rounds.',
        'In my threads I also listen to messages that do not mention me.',
      ].join('\n'),
    );
    await world.chat.commands('ann', 'settings', { place: HERE, change: { maxRounds: 1 } });
    await world.idle();
    expect(whispered()).toBe('Only admins can change my settings.');
    await decide({
      channels: ['yard'],
      roles: ['r1', 'r2'],
      dailyPerPerson: 1,
      maxRounds: 9,
      followUps: false,
    });
    expect(whispered()).toBe(
      [
        'I work in these channels only: #yard.',
        'Only these roles may ask me: #r1 and #r2.',
        'Each person has 1 request a day.',
        'A request takes up to 3 rounds.',
        'I answer only who mentions me, replies to me, or answers my question.',
      ].join('\n'),
    );
    expect(await world.store.auditEntries({ limit: 9 })).toMatchObject([
      { person: 'recording:T1:boss', action: 'settings' },
    ]);
  });

  it('are none where there is no workspace', async () => {
    const { world } = bench;
    await world.chat.commands('ann', 'settings', { change: { maxRounds: 1 }, isAdmin: true });
    await world.idle();
    expect(whispered()).toBe('I have no settings here: they belong to a server or workspace.');
  });

  it('keep the bot to its channels: elsewhere who addresses it is told, others hear nothing', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const { length } = world.chat.messages;
    await decide({ channels: ['yard'] });
    world.chat.whispers.length = 0;
    await world.says('ann', 'make it blue', { place: HERE });
    await world.chat.reacts('ann', world.chat.last('final'), '↩️');
    await world.idle();
    expect(world.chat.whispers).toEqual([]);
    await world.says('ann', 'make it blue', MENTION);
    await world.chat.presses('ann', world.chat.last('final'), 'undo');
    await world.idle();
    const sentence = 'I am not to work in this channel. Please ask me in #yard.';
    expect(world.chat.whispers.map(({ text }) => text)).toEqual([sentence, sentence]);
    expect(world.chat.messages).toHaveLength(length);
    const yard = { ...HERE, channel: 'yard', thread: 'thread-9' };
    const there = await world.says('ann', 'make it blue', {
      ...MENTION,
      place: yard,
      files: ['photo'],
    });
    expect(await world.turn(there)).toMatchObject({ state: 'succeeded' });
    const direct = { isDirect: true, place: { ...HERE, channel: 'ann', thread: 'd' } };
    const alone = await world.says('ann', 'make it blue', { ...direct, files: ['photo'] });
    expect(await world.turn(alone)).toMatchObject({ state: 'succeeded' });
    await world.chat.presses('ann', world.chat.last('final'), 'undo');
    await world.idle();
    expect(world.chat.last('note').message.text).toBe('Back at this one.');
  });

  it('let only some roles ask, but anybody stop and be forgotten', async () => {
    const { world } = bench;
    await decide({ roles: ['editors'] });
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    expect(whispered()).toBe(
      'I take requests only from #editors here. Please ask an admin for that role.',
    );
    expect(world.chat.messages).toEqual([]);
    const may = { ...MENTION, roles: ['editors'], files: ['photo'] };
    expect(await world.turn(await world.says('bob', 'make it warmer', may))).toMatchObject({
      state: 'succeeded',
    });
    await world.says('ann', 'stop', MENTION);
    expect(world.chat.last('note').message.text).toMatch(/^I am not working on anything/);
    await world.chat.presses('ann', world.chat.last('final'), 'undo');
    await world.idle();
    expect(whispered()).toMatch(/^I take requests only from/);
    const boss = { ...MENTION, isAdmin: true };
    expect(await world.turn(await world.says('boss', 'make it blue', boss))).toMatchObject({
      state: 'succeeded',
    });
  });

  it('limit what a person asks for on a day, and how many rounds it takes', async () => {
    const { world } = bench;
    await decide({ dailyPerPerson: 1, maxRounds: 2 });
    const key = await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    expect(await world.turn(key)).toMatchObject({ maxRounds: 2, state: 'succeeded' });
    await world.says('ann', 'make it blue', MENTION);
    expect(world.chat.last('note').message.text).toMatch(/^That was your last request here/);
    await decide({ dailyPerPerson: null, maxRounds: null });
    const later = await world.says('ann', 'make it blue', MENTION);
    expect(await world.turn(later)).toMatchObject({ maxRounds: 3 });
  });

  it('turn follow-ups off: what does not address the bot or answer it is chatter', async () => {
    const { world } = bench;
    await decide({ followUps: false });
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const { length } = world.chat.messages;
    await world.says('ann', 'make it blue', { place: HERE });
    await world.says('ann', 'undo', { place: HERE });
    expect(world.chat.messages).toHaveLength(length);
    const reply = { place: HERE, repliedTo: world.chat.last('final') };
    expect(await world.turn(await world.says('ann', 'make it blue', reply))).toBeDefined();
    await world.says('bob', 'make it red', { ...MENTION, thread: 'another' });
    const answer = { thread: 'another', place: HERE, files: ['photo'] };
    expect(await world.turn(await world.says('bob', 'this one', answer))).toMatchObject({
      prompt: 'make it red',
      state: 'succeeded',
    });
  });
});

describe('what a person asked for lately', () => {
  it('is told outside of conversations, with where it was', async () => {
    const { world } = bench;
    await world.says('ann', 'make it warmer', { ...MENTION, files: ['photo'] });
    const { id } = world.chat.last('final');
    await world.says('ann', 'make it red', { ...MENTION, thread: 'another' });
    await world.says('bob', 'make it blue', MENTION);
    await world.chat.commands('ann', 'history', { place: { ...HERE, channel: 'yard' } });
    await world.idle();
    const lines = whispered()?.split('\n') ?? [];
    expect(lines[0]).toBe('What you asked me for lately:');
    expect(lines).toContain('• “make it warmer”: done, now');
    expect(lines[lines.indexOf('• “make it warmer”: done, now') + 1]).toBe(
      `https://chat.example/garden/${id}`,
    );
    expect(lines).toContain('• “make it red”: I asked back, now');
    expect(lines).toHaveLength(5);
  });

  it('is on the page of the bot, with what holds and the way out', async () => {
    const { world } = bench;
    homes.length = 0;
    await world.chat.commands('ann', 'home', { place: HERE });
    await world.idle();
    expect(homes).toMatchObject([
      { locale: 'en', recentTitle: 'You have not asked me for anything yet.', recent: [] },
    ]);
    await world.says('ann', '', { ...MENTION, files: ['photo'] });
    await world.chat.commands('ann', 'home', { place: HERE, isAdmin: true });
    await world.idle();
    expect(homes[1]).toMatchObject({
      recentTitle: 'What you asked me for lately:',
      recent: [{ title: 'A picture', state: 'asked', line: 'I asked back, now', place: HERE }],
      settings: { channels: [], roles: [], followUps: true },
      isAdmin: true,
      forgetMe: { button: { action: 'forget-me', label: 'Delete everything' } },
    });
    expect(homes[1]?.settingsLines).toHaveLength(5);
  });
});
