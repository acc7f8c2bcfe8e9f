import { join } from 'node:path';

import Database from 'libsql';
import { describe, expect, it } from 'vitest';

import { bind } from '../../../src/store/sql/dialects/bind.ts';
import { CONVERSATION_HOMES, useConversationStore } from '../../support/conversation-homes.ts';
import { PLAN, add, converse, fresh, succeed } from '../../support/turns.ts';

describe('a bound value', () => {
  it('is text, a number or nothing', () => {
    expect(bind(['a', 1.5, true, false, null, undefined])).toEqual(['a', 1.5, 1, 0, null, null]);
  });

  it.each([1n, new Uint8Array(1), {}, Symbol('x')])('is never %s', (value) => {
    expect(() => bind([value])).toThrow(TypeError);
  });
});

describe('a column of JSON', () => {
  const bench = useConversationStore(CONVERSATION_HOMES.sqlite);

  it.each([
    ['turns', 'thought', '{"kind":"plan"}'],
    ['turns', 'thought', 'not json'],
    ['turns', 'outcome', '{"best":{"round":0,"reason":"only-round"}}'],
    ['turns', 'context', '{"replyTo":17}'],
    ['rounds', 'kept', '{"restored":"all"}'],
    ['rounds', 'reflection', '{"verdict":"refine","critique":"","scores":{}}'],
  ])('is checked when it is read: %s.%s = %s', async (table, column, text) => {
    const { store } = bench;
    const turn = await add(store, fresh(await converse(store), 'photo'));
    await store.recordThought(turn.id, PLAN);
    await succeed(store, turn, ['one']);
    const database = new Database(join(bench.home.DATA_DIR, 'reasonedit.sqlite'));
    database.prepare(`update ${table} set ${column} = ?`).run([text]);
    database.close();
    await expect(store.turn(turn.id)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
