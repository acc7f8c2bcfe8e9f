import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { WebAdapter } from '../../../src/bots/web/adapter.ts';
import type { Incoming } from '../../../src/bots/types.ts';
import { openWebHome, urlOf, type WebHome } from '../../support/web-home.ts';

const call = { signal: new AbortController().signal };

describe('forgetting, in the local chat', () => {
  let home: WebHome;
  let adapter: WebAdapter;
  let heard: Incoming[];
  beforeEach(async () => {
    home = await openWebHome();
    heard = [];
    adapter = home.adapter();
    await adapter.start(async (incoming) => void heard.push(incoming), call);
  });
  afterEach(() => home[Symbol.asyncDispose]());

  const threads = async () =>
    (await home.chat.changes(0, undefined, 100)).threads.filter(({ isDeleted }) => !isDeleted);
  const begin = () => adapter.say('warmer', { name: 'a.png', bytes: Buffer.from('bytes') }, call);

  it('a thread that is removed is forgotten by the bot as well', async () => {
    const { place } = await begin();
    const url = `${urlOf(adapter)}api/threads/${place.thread ?? ''}`;
    const headers = { origin: urlOf(adapter).slice(0, -1) };
    for (let time = 1; time <= 2; time += 1) {
      expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(204);
    }
    expect(await threads()).toEqual([]);
    const told = heard.filter(({ type }) => type === 'command');
    expect(told).toMatchObject([
      { command: 'forget-conversation', place },
      { command: 'forget-conversation', place },
    ]);
    expect(new Set(told.map(({ key }) => key)).size).toBe(1);
  });

  it('a person takes all threads along', async () => {
    await begin();
    await begin();
    expect(await threads()).toHaveLength(2);
    await adapter.forgetPerson?.({ id: 'local' }, call);
    expect(await threads()).toEqual([]);
  });
});
