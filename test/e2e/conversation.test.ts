import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { renderScene } from '../../src/demo/scene.ts';
import { openConversationStore } from '../../src/store/sql/index.ts';
import { BotProcess } from '../support/bot-process.ts';
import { Chat } from '../support/chat.ts';
import {
  CONVERSATION_HOMES,
  type Homes,
  type HomeSettings,
} from '../support/conversation-homes.ts';
import type { Kill } from '../support/courier-process.ts';
import { TALK } from '../support/talk.ts';

let lake: Uint8Array;
/** What the thread comes to when nothing goes wrong. */
let undisturbed: string;
/** The kinds of the messages that each step was answered with. */
let answersInPeace: readonly string[];

beforeAll(async () => {
  lake = (await renderScene()).bytes;
  const told = await talk([]);
  undisturbed = told.chat.transcript();
  answersInPeace = told.answers;
}, 120_000);

const kill: fc.Arbitrary<Kill> = fc.record({
  atCall: fc.integer({ min: 1, max: 15 }),
  when: fc.constantFrom('unheard', 'heard', 'answered'),
});

/** The whole conversation with a bot that is killed now and then. */
async function talk(kills: readonly Kill[], { DATABASE_URL }: Partial<HomeSettings> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'reasonedit-talk-'));
  const home = { DATA_DIR: folder, ...(DATABASE_URL !== undefined && { DATABASE_URL }) };
  const chat = new Chat();
  chat.files.set('lake.jpg', lake);
  chat.files.set('broken.jpg', lake.slice(0, 5_000));
  const answers: string[] = [];
  const bot = new BotProcess(chat, home, kills);
  try {
    for (const step of TALK) {
      const before = chat.messages.length;
      await step(chat);
      const news = chat.messages.slice(before);
      answers.push(news.map(({ message }) => message.kind).join(' '));
    }
  } finally {
    await bot.kill();
  }
  const left = await whatIsLeft(home);
  await rm(folder, { recursive: true });
  return { chat, answers, lives: bot.lives, left };
}

/** What a later life would still have to do. */
async function whatIsLeft(home: Omit<HomeSettings, 'AUDIT_TEXT'>) {
  await using store = await openConversationStore({ ...home, AUDIT_TEXT: false });
  return {
    undealt: await store.undealt(9),
    open: await store.openTurns(),
    undelivered: await store.undelivered(9),
  };
}

describe('a conversation of twenty messages', () => {
  it('is answered message by message, where an answer is due', () => {
    expect(answersInPeace).toEqual([
      'status', // which picture?
      'status', // a damaged one
      'status round round final',
      '', // praise
      'status round round final',
      'note', // what was changed
      'note', // was that for me?
      'status round final',
      'note', // undone
      'status round final',
      '', // people among themselves
      'note', // before and after
      'status round final',
      'status', // what this engine can't do
      'status round round final',
      '', // to somebody else
      'note', // undone by the other
      'note', // redone
      'note', // history
      'note', // nothing to stop
    ]);
  });

  describe.each(Object.entries(CONVERSATION_HOMES))('on %s', (_dialect, start) => {
    let homes: Homes;
    beforeAll(async () => {
      homes = await start();
    }, 180_000);
    afterAll(() => homes[Symbol.asyncDispose]());

    it('comes to the same however often the bot is killed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(kill, { minLength: 4, maxLength: 12 }), async (kills) => {
          const { chat, lives, left } = await talk(kills, await homes.make());
          expect(chat.platform.violations).toEqual([]);
          expect(lives).toBeGreaterThan(1);
          expect(left).toEqual({ undealt: [], open: [], undelivered: [] });
          expect(chat.transcript()).toBe(undisturbed);
        }),
        { numRuns: 1 },
      );
    }, 300_000);
  });
});
