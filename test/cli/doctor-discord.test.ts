import { describe, expect, it } from 'vitest';

import { checkDiscord } from '../../src/cli/doctor/discord.ts';
import { parseSettings } from '../../src/config/index.ts';
import { FakeDiscord } from '../support/fake-discord/index.ts';

const settingsOf = (token: string, { apiUrl }: FakeDiscord) =>
  parseSettings({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl });

describe('what the doctor says of Discord', () => {
  it('is whose the token is', async () => {
    await using fake = await FakeDiscord.start();
    const check = await checkDiscord(settingsOf(fake.token, fake));
    expect(check).toEqual({ name: 'Discord', status: 'ok', found: expect.stringMatching(/\w/) });
  });

  it('is that plain messages can not be read', async () => {
    await using fake = await FakeDiscord.start({ grantedIntents: 0 });
    expect(await checkDiscord(settingsOf(fake.token, fake))).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('without the Message Content Intent'),
    });
  });

  it('is that the token is wrong, or none is there', async () => {
    await using fake = await FakeDiscord.start();
    expect(await checkDiscord(settingsOf('another', fake))).toMatchObject({
      status: 'missing',
      found: 'the token is refused',
    });
    expect(await checkDiscord(parseSettings({}))).toMatchObject({ status: 'missing' });
  });
});
