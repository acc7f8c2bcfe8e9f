import { describe, expect, it } from 'vitest';

import { parseCommand } from '../../src/cli/args.ts';
import { runMain, temporaryFolder } from '../support/command-line.ts';
import { FakeDiscord } from '../support/fake-discord/index.ts';

describe('reasonedit register', () => {
  it('takes no arguments', () => {
    expect(parseCommand(['register'])).toEqual({ name: 'register' });
    expect(() => parseCommand(['register', 'now'])).toThrow(/"register" takes no arguments/);
  });

  it('tells Discord the commands, and prints where to invite the bot', async () => {
    await using fake = await FakeDiscord.start();
    const cwd = await temporaryFolder();
    const env = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl };
    const first = await runMain(['register'], { cwd, env });
    expect(first.stdout).toMatch(
      / now has its 6 commands\. Invite it: https:\/\/discord\.com\/oauth2/,
    );
    expect(first.code).toBe(0);
    expect(fake.world.commands).toHaveLength(6);
    const second = await runMain(['register'], { cwd, env });
    expect(second.stdout).toContain('had its 6 commands');
    expect(fake.faults).toEqual([]);
  });

  it('says what is missing', async () => {
    const { code, stderr } = await runMain(['register'], { cwd: await temporaryFolder() });
    expect(stderr).toContain('The setting DISCORD_TOKEN is not there');
    expect(code).toBe(2);
  });
});
